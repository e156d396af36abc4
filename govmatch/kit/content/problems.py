"""What is wrong with a file, and what became of the files that are right."""

from dataclasses import field
from enum import StrEnum

from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file below the content folder, the line (from 1), the field, the remedy.

    `field` is written as in `budget.min` or `questions.2.label` (the second question); it is empty
    for the file as a whole.
    """

    path: str
    line: int
    field: str
    message: Message
    remedy: Message


class Wrong(Exception):
    """A file cannot be read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.path}:{problem.line}: {problem.message.text}")
        self.problem = problem


class Done(StrEnum):
    """What became of one thing that files describe."""

    CHECKED = "checked"
    CREATED = "created"
    PUBLISHED = "published"
    CHANGED = "changed"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FILE_GONE = "file gone"
    """Its files are no longer there; the thing itself stays."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing; `note` says what the reader of the report should know."""

    kind: str
    slug: str
    done: Done
    note: Message | None = None


@dataclass(slots=True)
class Report:
    """Everything that one reading found and did."""

    files: int = 0
    problems: list[Problem] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not self.problems

    def note(self, kind: str, slug: str, done: Done, note: Message | None = None) -> None:
        self.outcomes.append(Outcome(kind, slug, done, note))
