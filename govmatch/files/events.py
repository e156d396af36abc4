"""What is found in files, told of the content, which several files may share.

Nobody reads these rows: the index, and who is told of a virus, go by them.
"""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class ContentReleased(Event):
    """The scanner found nothing: whoever may have it gets it from now on."""

    subject_kind: ClassVar[str] = "content"


@dataclass(frozen=True)
class ContentBlocked(Event):
    """It has a virus, or cannot be scanned: nobody gets it."""

    subject_kind: ClassVar[str] = "content"

    scan: str


@dataclass(frozen=True)
class ContentRead(Event):
    """Its text and its pictures are there."""

    subject_kind: ClassVar[str] = "content"
