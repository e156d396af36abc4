"""What of one application would go to the public, and what not: the shape of a proposal."""

from enum import StrEnum
from typing import Any

from govmatch.applications.queries.secrecy import Secrecy
from govmatch.applications.secrecy import Mark
from govmatch.dossiers.blocking import Hidden, Piece, Why, given
from govmatch.dossiers.reading_models import PublicReading
from govmatch.kit.db import canonical_json
from govmatch.kit.i18n import Lang
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass


class Way(StrEnum):
    """How a file goes out."""

    WORDS = "words"
    """What stands in it, without names and secrets."""
    WHOLE = "whole"
    """Itself, as it was handed in: somebody has read it and found that it may."""
    OUT = "out"


class Standing(StrEnum):
    """How far an application is on its way to the public."""

    UNDECIDED = "undecided"
    UNHEARD = "unheard"
    ASKED = "asked"
    UNREAD = "unread"
    CHANGED = "changed"
    """It was read, and is another one since."""
    RELEASED = "released"


@dataclass(frozen=True)
class Said:
    """One answer: its lines in pieces, or why the whole of it is left out."""

    question: str
    label: str
    lines: list[list[Piece]]
    why: Why | None = None
    reason: str = ""
    """Why, in the words of whoever left it out; never for the public."""
    mark: Mark | None = None


@dataclass(frozen=True)
class Sheet:
    """One file: how it goes out, and why not; `name` is for people of the case alone."""

    key: str
    number: int
    kind: str
    name: str
    sha256: str
    way: Way
    ways: tuple[Way, ...]
    """What people may choose from."""
    pieces: list[Piece]
    why: Why | None = None
    reason: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Proposal:
    version: int
    answers: list[Said]
    sheets: list[Sheet]
    hidden: Hidden
    secrecy: Secrecy
    row: PublicReading | None
    is_decided: bool
    is_asked: bool
    """The firm still has time to answer what it was asked."""
    digest: str = ""
    """SHA-256 of exactly what goes out; empty while it is being made."""

    @property
    def standing(self) -> Standing:
        waiting = waits_for(
            self.row, self.secrecy, is_decided=self.is_decided, is_asked=self.is_asked
        )
        if waiting is not None:
            return waiting
        assert self.row is not None
        return Standing.RELEASED if self.row.released_digest == self.digest else Standing.CHANGED


def waits_for(
    row: PublicReading | None, secrecy: Secrecy, *, is_decided: bool, is_asked: bool
) -> Standing | None:
    """Return why nothing was let out yet; None where something was, at some time."""
    if not is_decided:
        return Standing.UNDECIDED
    if is_asked:
        return Standing.ASKED
    if not secrecy.is_heard:
        return Standing.UNHEARD
    return Standing.UNREAD if row is None or not row.released_digest else None


def public_data(found: Proposal, lang: Lang) -> dict[str, Any]:
    """Return what goes out, in words of a language, with a reason for each thing left out."""
    return {
        "version": found.version,
        "answers": [
            {"question": one.label, "answer": [given(line, lang) for line in one.lines]}
            if one.why is None
            else {"question": one.label, "left_out": one.why.value}
            for one in found.answers
        ],
        "files": [
            {"file": one.number, "kind": one.kind, "given": one.way.value}
            if one.way is not Way.OUT
            else {"file": one.number, "kind": one.kind, "left_out": (one.why or Why.KEPT).value}
            for one in found.sheets
        ],
    }


def words_of(sheet: Sheet, lang: Lang) -> str:
    """Return the words of a file as the public reads them."""
    return given(sheet.pieces, lang)


def digest_of(found: Proposal) -> str:
    """Return what tells whether something else would go out than was read; in English."""
    content = {
        **public_data(found, "en"),
        "words": [words_of(one, "en") for one in found.sheets if one.way is Way.WORDS],
        "whole": [one.sha256 for one in found.sheets if one.way is Way.WHOLE],
    }
    return digest(canonical_json(content))
