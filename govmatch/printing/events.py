"""What happened to prints."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class PrintAsked(Event):
    """Somebody wants a page that they were just shown as a PDF; the worker makes it."""

    subject_kind: ClassVar[str] = "print"
