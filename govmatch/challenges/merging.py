"""What two people made of one thing, put together: texts by lines, lists by what stands in them.

Both began from `base`. What only one of them changed is taken from that one, what both changed
alike is taken once; the rest is a conflict, which a person decides.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from govmatch.kit.records import dataclass

T = TypeVar("T")

MOST_LINES = 1_500
"""Longer texts are not compared by lines, since that takes quadratic time."""


@dataclass(frozen=True, slots=True)
class Both:
    """Lines that both changed, each otherwise."""

    theirs: tuple[str, ...]
    mine: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedText:
    """What came of two texts; where both changed the same lines it has mine, and `both` tells."""

    text: str
    both: tuple[Both, ...] = ()


def merged_text(base: str, theirs: str, mine: str) -> MergedText:
    """Return two texts in one."""
    if mine in {base, theirs}:
        return MergedText(theirs)
    if theirs == base:
        return MergedText(mine)
    parts = [text.split("\n") for text in (base, theirs, mine)]
    if max(len(one) for one in parts) > MOST_LINES:
        return MergedText(mine, (Both(tuple(parts[1]), tuple(parts[2])),))
    lines: list[str] = []
    both: list[Both] = []
    for one in _regions(*parts):
        if isinstance(one, Both):
            both.append(one)
            lines += one.mine
        else:
            lines += one
    return MergedText("\n".join(lines), tuple(both))


def _regions(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[Sequence[str] | Both]:
    """Yield the lines in their order: what is decided, and what both changed.

    The places where neither changed anything cut the texts into regions; within one of them at
    least one side did something.
    """
    was, at, here = 0, 0, 0
    for start, end, there_at, here_at in _kept_by_both(base, theirs, mine):
        one, other = theirs[at:there_at], mine[here:here_at]
        yield from _decided(base[was:start], one, other)
        yield base[start:end]
        was, at, here = end, there_at + end - start, here_at + end - start


def _decided(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[Sequence[str] | Both]:
    if mine in (theirs, base):
        yield theirs
    elif theirs == base:
        yield mine
    else:
        yield Both(tuple(theirs), tuple(mine))


def _kept_by_both(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches of `base` that both kept: (start, end, start in theirs, start in mine).

    The last one is the empty end of all three.
    """
    one, other = _blocks(base, theirs), _blocks(base, mine)
    place, other_place = 0, 0
    while place < len(one) and other_place < len(other):
        a_start, a_there, a_size = one[place]
        b_start, b_there, b_size = other[other_place]
        start, end = max(a_start, b_start), min(a_start + a_size, b_start + b_size)
        if start < end:
            yield start, end, a_there + start - a_start, b_there + start - b_start
        if a_start + a_size <= b_start + b_size:
            place += 1
        else:
            other_place += 1
    yield len(base), len(base), len(theirs), len(mine)


def _blocks(base: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return what stands in both: (start in base, start in other, lines)."""
    first = 0
    while first < min(len(base), len(other)) and base[first] == other[first]:
        first += 1
    last = 0
    most = min(len(base), len(other)) - first
    while last < most and base[-1 - last] == other[-1 - last]:
        last += 1
    middle = SequenceMatcher(
        None, base[first : len(base) - last], other[first : len(other) - last], autojunk=False
    )
    found = [(0, 0, first)]
    found += [(a + first, b + first, size) for a, b, size in middle.get_matching_blocks()]
    found.append((len(base) - last, len(other) - last, last))
    return [one for one in found if one[2]]


def merged_list(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> tuple[T, ...]:
    """Return what one of them put in or both kept, in my order, then what only they have.

    A list of chosen things has no conflict: each thing is in it or not.
    """
    gone = [one for one in base if one not in theirs]
    new = [one for one in theirs if one not in base and one not in mine]
    return (*(one for one in mine if one not in gone), *new)


def merged_items(
    base: Sequence[T], theirs: Sequence[T], mine: Sequence[T], key: Callable[[T], str]
) -> tuple[T, ...] | None:
    """Return two lists of things with names in one; None where both changed the same thing."""
    was, at, here = ({key(one): one for one in items} for items in (base, theirs, mine))
    chosen: dict[str, T] = {}
    for name in (*here, *(name for name in at if name not in here)):
        if here.get(name) == was.get(name) or here.get(name) == at.get(name):
            found = at.get(name)
        elif at.get(name) == was.get(name):
            found = here.get(name)
        else:
            return None
        if found is not None:
            chosen[name] = found
    return tuple(chosen.values())
