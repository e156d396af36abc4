"""Letters as texts of a programme: which there are, what may stand in them, and filling them in.

A text has a subject and a body in Markdown, both with `{placeholders}`. What a programme does not
say itself, its template says; what that does not say either, the texts that come with govmatch.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.settings import shipped

MAX_SUBJECT = 150
MAX_BODY = 10_000
DEFAULT = "govtech"
"""The programme whose letters come with govmatch."""
MOST_SHOWN = 60

Texts = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Letter -> language -> {subject, body}."""


class LetterName(StrEnum):
    """For what a letter is written; the first is a request, all others tell of a decision."""

    INCOMPLETE = "incomplete"
    INELIGIBLE = "ineligible"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    PROMOTED = "promoted"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    ENDED_SEALED = "ended_sealed"


LABELS: Mapping[LetterName, Message] = {
    LetterName.INCOMPLETE: msg("Something formal is missing"),
    LetterName.INELIGIBLE: msg("The requirements are not met"),
    LetterName.SELECTED: msg("Selected for a pilot"),
    LetterName.RESERVE: msg("On the reserve list"),
    LetterName.NOT_SELECTED: msg("Not selected"),
    LetterName.PROMOTED: msg("Moved up from the reserve list"),
    LetterName.WITHDRAWN: msg("Withdrawn after the deadline"),
    LetterName.ENDED: msg("The challenge did not proceed"),
    LetterName.ENDED_SEALED: msg("The challenge ended before the opening"),
}

CHALLENGE = "challenge"
MISSING = "missing"
"""Stays as it stands until whoever asks for something has written it down."""
ALWAYS = frozenset({CHALLENGE, "authority", "contact", "reference"})
"""What every letter says: about which challenge and application, from whom, and whom to ask."""

NEEDED: Mapping[LetterName, frozenset[str]] = {
    LetterName.INCOMPLETE: frozenset({MISSING}),
    LetterName.INELIGIBLE: frozenset({"reasons"}),
    LetterName.SELECTED: frozenset({"confirm_by"}),
    LetterName.RESERVE: frozenset({"place"}),
    LetterName.NOT_SELECTED: frozenset({"assessment"}),
    LetterName.PROMOTED: frozenset({"confirm_by"}),
    LetterName.WITHDRAWN: frozenset(),
    LetterName.ENDED: frozenset({"reasons"}),
    LetterName.ENDED_SEALED: frozenset({"reasons"}),
}
"""Without these the letter would not say what it is for; `ALWAYS` comes to them."""

_ALSO: Mapping[LetterName, frozenset[str]] = {
    LetterName.SELECTED: frozenset({"assessment"}),
    LetterName.RESERVE: frozenset({"assessment"}),
    LetterName.PROMOTED: frozenset({"reasons"}),
    LetterName.WITHDRAWN: frozenset({"assessment"}),
    LetterName.ENDED: frozenset({"assessment"}),
}

_MARK = re.compile(r"{([^{}\n]*)}")
_TAG = re.compile(r"<[A-Za-z/!?]")
_EXAMPLE = "{challenge}"


class HasLetters(Protocol):
    """A programme, or one version of it."""

    @property
    def letters(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of a letter in one language; both parts hold placeholders."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class LetterFault:
    """What is wrong with a text: in `subject` or `body`, at which of its characters."""

    field: str
    at: int
    message: Message
    remedy: Message


def placeholders(name: LetterName) -> frozenset[str]:
    """Return what may stand in the body of a letter; in a subject only the challenge may."""
    return ALWAYS | {"firm"} | NEEDED[name] | _ALSO.get(name, frozenset())


def read_text(raw: str) -> LetterText:
    """Return the text of a file: its first line is the subject, the rest the body."""
    subject, _, body = raw.partition("\n")
    return LetterText(subject.strip(), body.strip())


def letter_faults(name: LetterName, text: LetterText) -> Iterator[LetterFault]:
    """Yield what is wrong with a text, in the order of its lines."""
    yield from _length("subject", text.subject, MAX_SUBJECT)
    yield from _unknown("subject", text.subject, frozenset({CHALLENGE}))
    yield from _length("body", text.body, MAX_BODY)
    yield from _unknown("body", text.body, placeholders(name))
    if found := _TAG.search(text.body):
        yield LetterFault(
            "body",
            found.start(),
            msg("HTML is not read; it would be shown as it stands."),
            msg("Write Markdown, or a blank after the sign <."),
        )
    for mark in sorted((ALWAYS | NEEDED[name]) - set(_MARK.findall(text.body))):
        yield LetterFault(
            "body",
            0,
            msg("{mark} is missing.", mark=f"{{{mark}}}"),
            msg("Write it where it belongs; it is filled in for each firm."),
        )


def _length(field: str, text: str, limit: int) -> Iterator[LetterFault]:
    if not text:
        yield LetterFault(
            field,
            0,
            msg("There is no text."),
            msg("Write the subject on the first line, and the letter below it."),
        )
    elif len(text) > limit:
        yield LetterFault(
            field,
            limit,
            msg("The text has {n} characters.", n=len(text)),
            msg("Shorten it to at most {limit} characters.", limit=limit),
        )


def _unknown(field: str, text: str, known: frozenset[str]) -> Iterator[LetterFault]:
    for found in _MARK.finditer(text):
        if found[1] not in known:
            marks = ", ".join(f"{{{one}}}" for one in sorted(known))
            yield LetterFault(
                field,
                found.start(),
                msg("{mark} is nothing that can be filled in here.", mark=found[0][:MOST_SHOWN]),
                msg("Leave it out; here may stand: {marks}.", marks=marks),
            )
    # Blanks in the place of marks, so that what is left stands where it stood.
    rest = _MARK.sub(lambda found: " " * len(found[0]), text)
    if lone := re.search(r"[{}]", rest):
        yield LetterFault(
            field,
            lone.start(),
            msg("A brace stands alone."),
            msg("Write {example} for what is filled in, and no other braces.", example=_EXAMPLE),
        )


def letter_text(terms: HasLetters, name: LetterName, lang: Lang) -> LetterText:
    """Return a letter of a programme, or of a version, in one language."""
    own = terms.letters.get(name, {}).get(lang)
    return LetterText(own["subject"], own["body"]) if own else default_text(name, lang)


@lru_cache(maxsize=len(LetterName) * 3)
def default_text(name: LetterName, lang: Lang) -> LetterText:
    """Return the letter that comes with govmatch."""
    path = default_folder() / f"{name}.{lang}.md"
    return read_text(path.read_text("utf-8"))


def default_folder() -> Path:
    return shipped("content") / "programmes" / DEFAULT / "letters"


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return a text with values in the places of its marks; other braces stay as they stand.

    Values are put in as they are, and what they hold is not looked through again.
    """
    return _MARK.sub(lambda found: values.get(found[1], found[0]), text)
