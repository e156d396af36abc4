"""The words of applications as they are compared with others, read in their own language."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from govmatch.applications.models import Version
from govmatch.matching.likeness import NEAR_DUPLICATES, Likeness
from govmatch.matching.profile import Profile, Text
from govmatch.questionnaires import Kind
from govmatch.questionnaires.answers import is_blank
from govmatch.questionnaires.conditions import asked
from govmatch.questionnaires.loading import load_kept
from govmatch.search.bridge.concepts import Bridge

if TYPE_CHECKING:
    from govmatch.matching.alike import Readable

LETTERS = 20_000
"""Of one application, about ten pages; what comes after is not compared."""
MISSES = 2
"""After so many that only share words with a text, nobody further down says the same."""
AT_FIRST = 4
"""So many are read before the first is compared, where there are so many: how rare words are cannot
be told by translations of one text alone."""
T = TypeVar("T")
_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})


def words_of(version: Version) -> str:
    """Return what the firm wrote, without the words of the form and what was only chosen.

    What is hidden from the reader, and what a condition has left out, is not among it.
    """
    form = load_kept(version.form)
    given = [
        version.answers.get(question.id)
        for question in asked(form, version.answers)
        if question.kind in _WRITTEN
    ]
    parts = [one for one in given if isinstance(one, str) and not is_blank(one)]
    return "\n\n".join(parts)[:LETTERS]


def profile(version: Version) -> Profile:
    """Return a version as a profile that has nothing but its words."""
    return Profile(
        "application", str(version.application_id), texts=(Text(words_of(version), version.lang),)
    )


def readable(version: Version, *, bridge: Bridge) -> "Readable":
    """Return a version as `matching.alike` compares it; for the worker."""
    return _readable(profile(version), bridge)


@lru_cache(maxsize=64)
def _readable(one: Profile, bridge: Bridge) -> "Readable":
    from govmatch.matching.alike import read  # noqa: PLC0415 - the site asks aside for it

    return read(one, bridge=bridge)


def alike(
    here: "Readable", likely: Sequence[T], read: "Callable[[Sequence[T]], Sequence[Readable]]"
) -> list[tuple[T, Likeness]]:
    """Return what says the same as a text, of others of which the likeliest come first.

    The first four are compared, and those after them until two of all say something else, so of
    what was handed in many times each copy is found.
    """
    from govmatch.matching.alike import compare, rarity_of  # noqa: PLC0415

    known: list[Readable] = []
    found: list[tuple[T, Likeness]] = []
    misses = 0
    for place, other in enumerate(likely):
        if misses >= MISSES and place >= AT_FIRST:
            break
        if place == len(known):
            known += read(likely[place : place + (MISSES - misses if known else AT_FIRST)])
        likeness = compare(here, known[place], rarity=rarity_of([here, *known]))
        if likeness.kind in NEAR_DUPLICATES:
            found.append((other, likeness))
        else:
            misses += 1
    return found
