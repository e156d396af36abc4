"""Two texts as one: what stays, what goes and what comes, word by word.

Nothing is lost in it: what stays and what goes is the old text, what stays and what comes the new.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from govmatch.kit.records import dataclass

STAYS, GOES, COMES, LEFT_OUT = " ", "-", "+", "…"
"""What a piece does; lines that stay far from any change are left out."""

AROUND = 1
"""How many unchanged lines stand around a change."""
MOST_LINES = 2_000
MOST_COMPARED = 250_000
"""How many pairs of words are compared at most in one place; more is marked by whole lines."""
ALIKE = 0.4
"""How much of two lines has to be the same for one to be the other with changes; 1 is all of it."""
SHORTEST = 3
"""What stays between two changes and has fewer letters is marked with them, to be read as one."""

_BEGINS = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s|```|~~~)")
_STANDS_ALONE = re.compile(r"\s*(?:[|#]|```|~~~)")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, and whether it stays, goes or comes."""

    sign: str
    text: str


Marked = tuple[Piece, ...]
"""One line of a text with what changes in it."""


def mark_lines(before: Sequence[str], after: Sequence[str], *, whole: bool = False) -> list[Marked]:
    """Return the lines around each change but empty ones; `whole` leaves none out."""
    old, new = list(before[:MOST_LINES]), list(after[:MOST_LINES])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    around = max(len(old), len(new)) if whole else AROUND
    lines: list[Marked] = []
    end = 0
    for group in matcher.get_grouped_opcodes(around):
        if group[0][1] > end:
            lines.append((Piece(LEFT_OUT, ""),))
        end = group[-1][2]
        for kind, low, high, new_low, new_high in group:
            if kind == "equal":
                lines += [(Piece(STAYS, text),) for text in old[low:high] if whole or text.strip()]
            else:
                lines += _changed(old[low:high], new[new_low:new_high])
    if lines and end < len(old):
        lines.append((Piece(LEFT_OUT, ""),))
    return lines


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return Markdown with each paragraph and each item on one line, however it was broken."""
    found: list[str] = []
    for line in lines:
        goes_on = bool(found and found[-1].strip() and line.strip()) and not _BEGINS.match(line)
        if goes_on and not _STANDS_ALONE.match(found[-1]):
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line)
    return found


def _changed(old: list[str], new: list[str]) -> Iterator[Marked]:
    """Pair each new line with the old one that it was made of, in their order."""
    is_short = _count(old) * _count(new) <= MOST_COMPARED
    for text in new:
        alike = (n for n, line in enumerate(old) if is_short and _is_alike(line, text))
        place = next(alike, None)
        if place is None:
            yield (Piece(COMES, text),)
            continue
        yield from ((Piece(GOES, line),) for line in old[:place])
        yield mark_words(old[place], text)
        old = old[place + 1 :]
    yield from ((Piece(GOES, line),) for line in old)


def _count(lines: list[str]) -> int:
    return sum(len(_WORDS.findall(line)) for line in lines)


def _is_alike(one: str, other: str) -> bool:
    if not one.strip() or not other.strip():
        return False
    matcher = SequenceMatcher(None, _WORDS.findall(one), _WORDS.findall(other), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def mark_words(before: str, after: str) -> Marked:
    """Return one line with the words that go and come."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST_COMPARED:
        return mark_whole(before, after)
    pieces: list[Piece] = []
    for kind, low, high, new_low, new_high in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(STAYS, "".join(old[low:high])))
        else:
            pieces += _pair("".join(old[low:high]), "".join(new[new_low:new_high]))
    return tuple(_joined(pieces))


def mark_whole(before: str, after: str) -> Marked:
    """Return the old text, then the new one; such as two dates."""
    return (Piece(STAYS, before),) if before == after else tuple(_pair(before, after))


def _pair(old: str, new: str) -> list[Piece]:
    return [Piece(sign, text) for sign, text in ((GOES, old), (COMES, new)) if text]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Join changes that next to nothing stays between, so that sentences stay readable."""
    old = new = ""
    for place, piece in enumerate(pieces):
        is_inside = 0 < place < len(pieces) - 1
        if piece.sign == STAYS and not (
            is_inside and (old or new) and len(piece.text.strip()) < SHORTEST
        ):
            yield from _pair(old, new)
            old = new = ""
            yield piece
        else:
            old += piece.text if piece.sign != COMES else ""
            new += piece.text if piece.sign != GOES else ""
    yield from _pair(old, new)


def plain(line: Marked) -> str:
    """Return a line for readers without marks: [-goes-] and {+comes+}."""
    shown = {STAYS: "{}", GOES: "[-{}-]", COMES: "{{+{}+}}", LEFT_OUT: "…"}
    return "".join(shown[piece.sign].format(piece.text) for piece in line)
