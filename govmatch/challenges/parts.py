"""The parts of a description: one Markdown text, divided at the headings that challenges have.

A part reaches from its known heading to the next known one, so a heading of the author's own stays
in the part in which it stands; what comes before the first is the introduction. Putting the parts
together again gives the same text, byte for byte.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.records import dataclass


class Part(StrEnum):
    """In the order in which they are read."""

    INTRODUCTION = "introduction"
    PROBLEM = "problem"
    GOAL = "goal"
    USERS = "users"
    DATA = "data"
    CONSTRAINTS = "constraints"
    OFFER = "offer"
    AFTERWARDS = "afterwards"


HEADINGS: Mapping[Part, Mapping[str, str]] = {
    Part.PROBLEM: {"en": "The problem", "de": "Das Problem", "da": "Problemet"},
    Part.GOAL: {
        "en": "What a good solution would change",
        "de": "Was eine gute Lösung verändern würde",
        "da": "Hvad en god løsning vil ændre",
    },
    Part.USERS: {
        "en": "Who would use it",
        "de": "Wer sie nutzen würde",
        "da": "Hvem der skal bruge den",
    },
    Part.DATA: {
        "en": "Data and systems at hand",
        "de": "Vorhandene Daten und Systeme",
        "da": "Data og systemer, der er til rådighed",
    },
    Part.CONSTRAINTS: {"en": "Constraints", "de": "Rahmenbedingungen", "da": "Rammer"},
    Part.OFFER: {
        "en": "What we offer in the pilot",
        "de": "Was wir im Pilotprojekt bieten",
        "da": "Hvad vi tilbyder i pilotprojektet",
    },
    Part.AFTERWARDS: {
        "en": "What happens afterwards",
        "de": "Wie es danach weitergeht",
        "da": "Hvad der sker bagefter",
    },
}
"""The heading of each part; the introduction has none."""

_ORDER = list(Part)
_KNOWN = {
    heading.casefold(): part for part, names in HEADINGS.items() for heading in names.values()
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part as it stands: the line of its heading, its text, and the empty lines after each."""

    part: Part
    head: str
    text: str
    tail: str

    @property
    def raw(self) -> str:
        return self.head + self.text + self.tail


def split(body: str) -> tuple[Piece, ...]:
    """Return the parts of a text in its order; the first of each heading counts."""
    starts, seen = [(0, Part.INTRODUCTION)], set()
    place = 0
    for line in body.split("\n"):
        part = heading_in(line)
        if part is not None and part not in seen:
            seen.add(part)
            starts.append((place, part))
        place += len(line) + 1
    ends = [*(start for start, _ in starts[1:]), len(body)]
    pieces = (
        _piece(part, body[start:end]) for (start, part), end in zip(starts, ends, strict=True)
    )
    return tuple(piece for piece in pieces if piece.raw)


def heading_in(line: str) -> Part | None:
    """Return the part that a line begins, where it is a heading of the highest level.

    A single # counts too, as readers see both as the same.
    """
    name = line.lstrip("#")
    if not 1 <= len(line) - len(name) <= 2:
        return None
    return _KNOWN.get(" ".join(name.split()).rstrip("# :").casefold())


def _piece(part: Part, raw: str) -> Piece:
    head, rest = "", raw
    if part is not Part.INTRODUCTION:
        line, end, rest = raw.partition("\n")
        head = line + end
    if not rest.strip():
        return Piece(part, head, "", rest)
    lines = rest.split("\n")
    first = next(n for n, line in enumerate(lines) if line.strip())
    last = next(n for n in range(len(lines), 0, -1) if lines[n - 1].strip())
    before = "".join(f"{line}\n" for line in lines[:first])
    after = "".join(f"\n{line}" for line in lines[last:])
    return Piece(part, head + before, "\n".join(lines[first:last]), after)


def joined(pieces: tuple[Piece, ...]) -> str:
    """Return the text of which these are the parts."""
    return "".join(piece.raw for piece in pieces)


def texts(body: str) -> dict[Part, str]:
    """Return the text below each heading that there is, without the empty lines around it."""
    return {piece.part: piece.text for piece in split(body)}


def with_texts(body: str, lang: str, changed: Mapping[Part, str]) -> str:
    """Return the text with other words in some parts; the rest stays byte for byte.

    A part without words loses its heading; a new one gets that of the language, at its place.
    """
    pieces = list(split(body))
    for part in sorted(changed, key=_ORDER.index):
        text = changed[part]
        place = next((n for n, one in enumerate(pieces) if one.part is part), None)
        if place is None:
            if text:
                _insert(pieces, part, lang, text)
        elif not text:
            pieces[place : place + 1] = _emptied(pieces, place)
        else:
            pieces[place] = _filled(pieces[place], text, is_last=place == len(pieces) - 1)
    return joined(tuple(pieces))


def _emptied(pieces: list[Piece], place: int) -> list[Piece]:
    """Return nothing; where the heading stands once more further on, the heading alone.

    Otherwise the second one would begin the part, and what is below it would change its place.
    """
    gone = pieces[place]
    lines = (line for one in pieces[place + 1 :] for line in one.text.split("\n"))
    comes_again = gone.head and any(heading_in(line) is gone.part for line in lines)
    return [replace(gone, text="")] if comes_again else []


def _filled(piece: Piece, text: str, *, is_last: bool) -> Piece:
    if piece.text:
        return replace(piece, text=text)
    head = piece.head.rstrip("\n") + "\n\n" if piece.head else ""
    return replace(piece, head=head, text=text, tail="" if is_last else "\n\n")


def _insert(pieces: list[Piece], part: Part, lang: str, text: str) -> None:
    place = next(
        (n for n, one in enumerate(pieces) if _ORDER.index(one.part) > _ORDER.index(part)),
        len(pieces),
    )
    before = joined(tuple(pieces[:place]))
    gap = "" if not before or before.endswith("\n\n") else "\n" if before[-1] == "\n" else "\n\n"
    heading = _heading(part, lang)
    head = f"{gap}## {heading}\n\n" if heading else gap
    pieces.insert(place, Piece(part, head, text, "\n\n" if place < len(pieces) else ""))


def _heading(part: Part, lang: str) -> str:
    names = HEADINGS.get(part, {})
    return names.get(lang) or names.get(LANGUAGES[0], "")
