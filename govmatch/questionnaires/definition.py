"""What a form asks: a questionnaire of sections of questions, each text in several languages."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from govmatch.kit.i18n import Lang, pick
from govmatch.kit.records import dataclass

Texts = Mapping[str, str]


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    SEVERAL = "several"
    DECLARATION = "declaration"
    FILE = "file"
    EMAIL = "email"
    URL = "url"
    TABLE = "table"


# What names its writer by its nature is hidden in a blind review unless the form says otherwise.
HIDDEN_BY_NATURE = frozenset({Kind.EMAIL, Kind.FILE, Kind.URL})
ALWAYS_HIDDEN = frozenset({Kind.EMAIL, Kind.URL})
IN_TABLES = (Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.CHOICE)
"""What a column of a table may ask for."""
SETTLED = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.DECLARATION})
"""What has a known set of answers, so that another question may depend on one of them."""
TICKED = "yes"
"""What a condition calls a declaration that was confirmed."""


class Text(NamedTuple):
    """One text for a reader and the language that it is really in."""

    text: str
    lang: str


def text_for(texts: Texts, lang: Lang) -> Text:
    """Return the text in `lang`, else in English, else in the first language there is."""
    return Text(*pick(texts, lang))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only where an earlier one has one of these answers: values of options.

    `before` is the condition of that earlier question itself, where it has one and the form is at
    hand (`conditions.linked`): then both have to hold.
    """

    question: str
    answers: tuple[str, ...]
    before: "Condition | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and its limits.

    `minimum` and `maximum` bound what the kind has: the value of a number or an amount, the day of
    a date, how many options are chosen, how many files are added (one unless said otherwise), how
    many rows a table has.
    `max_mb` is per file, in units of 1,000,000 bytes; `accept` holds file name extensions without
    the dot, empty for whatever the site allows. `redact` hides the answer in a blind review;
    `receipt_copy` of an e-mail address sends a copy of the receipt there. `columns` of a table are
    questions themselves; with `total` the figures of a column are added up. `guide` names the part
    of a guide that helps here (`guides.GUIDES`), `profile` what the firm says of itself that
    answers it (`guides.PROFILE`).
    """

    id: str
    kind: Kind
    label: Texts
    help: Texts = field(default_factory=dict)
    required: bool = False
    criterion: str | None = None
    redact: bool = False
    max_words: int | None = None
    max_chars: int | None = None
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    decimals: int | None = None
    unit: Texts = field(default_factory=dict)
    currency: str | None = None
    options: tuple[Option, ...] = ()
    accept: tuple[str, ...] = ()
    max_mb: int | None = None
    receipt_copy: bool = False
    columns: "tuple[Question, ...]" = ()
    total: bool = False
    when: Condition | None = None
    guide: str | None = None
    profile: str | None = None

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q-{self.id}"

    @property
    def anchor(self) -> str:
        """The id of its first input on the page, for links to it."""
        return f"f-{self.field}"

    @property
    def removal_field(self) -> str:
        """The name of the boxes that take away a file which was added before."""
        return f"remove-{self.id}"

    @property
    def asked_field(self) -> str:
        """The name of the hidden field that says that a box stood on the page.

        A box that is not ticked sends nothing, and must not be taken for one that was not shown.
        """
        return f"asked-{self.id}"

    def cell(self, row: int, column: str) -> str:
        """Return the name of a field in a table; rows count from 1, and column ids have no hyphen,
        so that no two cells of a form share a name.
        """
        return f"cell-{self.id}-{row}-{column}"

    def column(self, column_id: str) -> "Question | None":
        return next((column for column in self.columns if column.id == column_id), None)

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    title: Texts
    intro: Texts = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    sections: tuple[Section, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)


class Asking(Protocol):
    """A section or a whole questionnaire: whatever asks questions."""

    @property
    def questions(self) -> tuple[Question, ...]: ...
