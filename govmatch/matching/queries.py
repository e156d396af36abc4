"""What is kept for matching: profiles, matches, how frequent terms are, opinions.

Whose right it is to see a thing, its own package says: whoever shows what comes from here asks its
`visible_to` first.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import func, select

from govmatch.kit.db import ReadSession
from govmatch.matching.keeping import Kept, with_facts
from govmatch.matching.models import (
    KeptMatch,
    KeptNear,
    KeptProfile,
    MatchState,
    Opinion,
    TermCount,
)
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms

T = TypeVar("T")

_IN_ONE = 500
"""Values that one statement names."""
_READ_AT_ONCE = 500


def state(session: ReadSession) -> MatchState | None:
    """Return how far matching is; None before it was ever made."""
    return session.get(MatchState, 1)


def kept(session: ReadSession, kind: str, number: int) -> Kept | None:
    """Return one profile with the words that explain it."""
    return kept_of(session, kind, [number]).get(number)


def kept_of(session: ReadSession, kind: str, ids: Collection[int]) -> dict[int, Kept]:
    """Return profiles with the words that explain them, by id; one statement."""
    found = select(KeptProfile).where(KeptProfile.kind == kind, KeptProfile.id.in_(ids))
    return {
        row.id: Kept(with_facts(kind, row.id, row.facts), Terms.loads(row.terms))
        for row in session.scalars(found)
    }


def facts_of(session: ReadSession, kind: str, ids: Sequence[int]) -> dict[int, Profile]:
    """Return profiles without anything of their texts, by id."""
    found: dict[int, Profile] = {}
    for some in _in_parts(ids):
        rows = select(KeptProfile.id, KeptProfile.facts).where(
            KeptProfile.kind == kind, KeptProfile.id.in_(some)
        )
        found |= {n: with_facts(kind, n, facts) for n, facts in session.execute(rows)}
    return found


def proposed(session: ReadSession, kind: str) -> Iterator[tuple[Profile, Terms]]:
    """Yield every profile of a kind that may be a match, in the order of the ids."""
    rows = session.execute(
        select(KeptProfile.id, KeptProfile.facts, KeptProfile.terms)
        .where(KeptProfile.kind == kind, KeptProfile.is_proposed)
        .order_by(KeptProfile.id),
        execution_options={"yield_per": _READ_AT_ONCE},
    )
    for number, facts, terms in rows:
        yield with_facts(kind, number, facts), Terms.loads(terms, written=False)


def proposed_terms(session: ReadSession) -> Iterator[Terms]:
    """Yield the terms of every profile that may be a match."""
    rows = session.execute(
        select(KeptProfile.terms).where(KeptProfile.is_proposed),
        execution_options={"yield_per": _READ_AT_ONCE},
    )
    for (terms,) in rows:
        yield Terms.loads(terms, written=False)


def things(session: ReadSession) -> list[tuple[str, int]]:
    """Return kind and id of every profile that is kept."""
    rows = session.execute(
        select(KeptProfile.kind, KeptProfile.id).order_by(KeptProfile.kind, KeptProfile.id)
    )
    return [(kind, number) for kind, number in rows]


def digest(session: ReadSession, thing: tuple[str, int]) -> str:
    """Return the digest of a profile as it was last read; empty where there is none."""
    found = session.get(KeptProfile, thing)
    return found.digest if found else ""


def is_proposed(session: ReadSession, kind: str, number: int) -> bool:
    found = session.get(KeptProfile, (kind, number))
    return found is not None and found.is_proposed


def counts(session: ReadSession) -> dict[str, dict[str, int]]:
    """Return how many profiles have each term, under `text`, and each code, under `codes`."""
    found: dict[str, dict[str, int]] = {"text": {}, "codes": {}}
    rows = select(TermCount.space, TermCount.term, TermCount.profiles)
    for space, term, profiles in session.execute(rows):
        found[space][term] = profiles
    return found


def rarity(session: ReadSession) -> Rarity:
    """Return how rare every term is."""
    return _rarity(session, counts(session))


def rarity_for(session: ReadSession, all_terms: Iterable[Terms]) -> Rarity:
    """Return how rare the terms of a few profiles are: all that is needed to compare them."""
    found: dict[str, dict[str, int]] = {"text": {}, "codes": {}}
    known = list(all_terms)
    wanted = {
        "text": {term for terms in known for term in terms.text},
        "codes": {code for terms in known for code in terms.codes},
    }
    for space, names in wanted.items():
        for some in _in_parts(sorted(names)):
            rows = select(TermCount.term, TermCount.profiles).where(
                TermCount.space == space, TermCount.term.in_(some)
            )
            found[space] |= dict(session.execute(rows).all())
    return _rarity(session, found)


def _rarity(session: ReadSession, found: dict[str, dict[str, int]]) -> Rarity:
    known = state(session)
    return Rarity(known.profiles if known else 0, found["text"], found["codes"])


def matches(session: ReadSession, kind: str, number: int) -> list[KeptMatch]:
    """Return what was found for a thing, best first for it; also what a gate rules out."""
    rows = select(KeptMatch).where(KeptMatch.kind == kind, KeptMatch.id == number)
    best = (KeptMatch.score - KeptMatch.lowered).desc()
    return list(session.scalars(rows.order_by(best, KeptMatch.other_id)))


def match(session: ReadSession, thing: tuple[str, int], other: tuple[str, int]) -> KeptMatch | None:
    return session.get(KeptMatch, (*thing, *other))


def near(session: ReadSession, kind: str, number: int) -> list[int] | None:
    """Return the ids of all that is near to a thing; None where it was not read yet."""
    found = session.get(KeptNear, (kind, number))
    return array("q", found.other_ids).tolist() if found else None


def lists_with(session: ReadSession, kind: str, number: int) -> set[int]:
    """Return whose lists this thing stands in, by id."""
    rows = select(KeptMatch.id).where(KeptMatch.other_kind == kind, KeptMatch.other_id == number)
    return set(session.scalars(rows))


def ends_of_lists(
    session: ReadSession, kind: str, ids: Sequence[int]
) -> dict[int, tuple[int, float]]:
    """Return how many matches each of these things has, and the score of the last of them."""
    found: dict[int, tuple[int, float]] = {}
    for some in _in_parts(ids):
        rows = (
            select(KeptMatch.id, func.count(), func.min(KeptMatch.score))
            .where(KeptMatch.kind == kind, KeptMatch.id.in_(some))
            .group_by(KeptMatch.id)
        )
        found |= {number: (size, score) for number, size, score in session.execute(rows)}
    return found


def opinions(session: ReadSession, kind: str, number: int) -> list[Opinion]:
    """Return what holds of a thing's opinions, the newest first."""
    rows = select(Opinion).where(
        Opinion.kind == kind, Opinion.thing_id == number, Opinion.taken_back_at.is_(None)
    )
    return list(session.scalars(rows.order_by(Opinion.id.desc())))


def opinion(session: ReadSession, thing: tuple[str, int], other: tuple[str, int]) -> Opinion | None:
    """Return what holds of a thing's opinions of another."""
    found = (one for one in opinions(session, *thing) if (one.other_kind, one.other_id) == other)
    return next(found, None)


def _in_parts(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, _IN_ONE)):
        yield some
