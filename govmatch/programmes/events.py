"""What happens to programmes. What is said of one is public."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutProgramme(Event):
    """The subject is the programme."""

    subject_kind: ClassVar[str] = "programme"
    public: ClassVar[bool] = True


@dataclass(frozen=True)
class ProgrammeCreated(AboutProgramme):
    template_id: int | None


@dataclass(frozen=True)
class ProgrammeChanged(AboutProgramme):
    digest: str
    """Of form, criteria, rules, limits and letters; what is published keeps the earlier ones."""


@dataclass(frozen=True)
class AuthoritiesSet(AboutProgramme):
    """Who takes part, afterwards."""

    authority_ids: list[int]


@dataclass(frozen=True)
class RoundLoaded(AboutProgramme):
    """A round was added or changed."""

    round_id: int
