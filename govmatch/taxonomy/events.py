"""What happens to the terms."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class TermsLoaded(Event):
    """Themes or technologies were added or changed; the subject is always 0, the whole of them."""

    subject_kind: ClassVar[str] = "taxonomy"
    public: ClassVar[bool] = True
    count: int
