"""What happens to the glossary. Everybody may read it."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass

SUBJECT = "glossary"


@dataclass(frozen=True)
class AboutGlossary(Event):
    """The subject is the entry; its version says how it reads from then on."""

    subject_kind: ClassVar[str] = SUBJECT
    public: ClassVar[bool] = True
    version: int


@dataclass(frozen=True)
class GlossaryEntryAdded(AboutGlossary):
    """The site has an entry of its own, or words of its own for one that ships."""


@dataclass(frozen=True)
class GlossaryEntryChanged(AboutGlossary):
    """Words or note read differently."""


@dataclass(frozen=True)
class GlossaryEntrySwitched(AboutGlossary):
    """From now on the search uses the entry, or does not."""

    is_on: bool
