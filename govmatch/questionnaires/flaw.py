"""What is wrong with an answer: a code that stays the same, and words in the reader's language."""

from enum import StrEnum

from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass


class Code(StrEnum):
    """Every reason for which an answer needs another look; programs and tests rely on these."""

    MISSING = "missing"
    CUT = "cut"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_DATE = "not_a_date"
    NOT_AN_OPTION = "not_an_option"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_URL = "not_a_url"
    NOT_A_TABLE = "not_a_table"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_MANY_WORDS = "too_many_words"
    TOO_MANY_CHARACTERS = "too_many_characters"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, eq=False)
class Flaw(Message):
    """A message with the code of what it says; equal to the message without it."""

    code: Code = Code.MISSING

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return _said(self) == _said(other)

    __hash__ = None  # type: ignore[assignment]  # as a message, whose values cannot be hashed


def _said(message: Message) -> tuple[object, ...]:
    return message.text, dict(message.values), message.plural, message.n


def flaw(code: Code, message: Message) -> Flaw:
    """Return a message as a flaw of this code."""
    return Flaw(message.text, message.values, message.plural, message.n, code)


def code_of(message: Message) -> Code | None:
    """Return the code of a message; None where it says something else than a flaw of an answer."""
    return message.code if isinstance(message, Flaw) else None
