"""Writing what matching has made. Only the background does; a page never waits for it."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from govmatch.kit.db import Session
from govmatch.matching import queries
from govmatch.matching.keeping import Kept, facts_of
from govmatch.matching.models import KeptMatch, KeptNear, KeptProfile, MatchState, TermCount
from govmatch.matching.proposing import MOST, Proposal

Thing = tuple[str, int]

_DIGITS = 5
"""Of a score, that make it another."""


def lock(session: Session) -> MatchState:
    """Return the one row of the state, and keep other workers waiting until this transaction ends.

    Its digest is empty before everything was made once.
    """
    found = session.get(MatchState, 1, with_for_update=True)
    if found is None:
        found = MatchState(id=1, cursor=0, reader="", profiles=0, changed=0)
        session.add(found)
        session.flush()
    return found


def put_profile(session: Session, one: Kept, *, digest: str, is_proposed: bool) -> None:
    """Keep a profile in place of the one before."""
    profile = one.profile
    row = session.get(KeptProfile, (profile.kind, int(profile.id)))
    if row is None:
        row = KeptProfile(kind=profile.kind, id=int(profile.id))
        session.add(row)
    row.is_proposed, row.digest = is_proposed, digest
    row.facts, row.terms = facts_of(profile), one.terms.dumps()
    if not is_proposed:
        leave_lists(session, (profile.kind, int(profile.id)))
    session.flush()


def drop_profile(session: Session, thing: Thing) -> bool:
    """Forget a profile with all its matches; return whether there was one."""
    kind, number = thing
    session.execute(delete(KeptMatch).where(KeptMatch.kind == kind, KeptMatch.id == number))
    leave_lists(session, thing)
    session.execute(delete(KeptNear).where(KeptNear.kind == kind, KeptNear.id == number))
    found = delete(KeptProfile).where(KeptProfile.kind == kind, KeptProfile.id == number)
    return bool(session.execute(found.returning(KeptProfile.id)).all())


def put_near(session: Session, thing: Thing, ids: Iterable[int]) -> None:
    """Keep these as all that is near to a thing; nothing is written where they are the same."""
    kind, number = thing
    packed = array("q", sorted(ids)).tobytes()
    row = session.get(KeptNear, thing)
    if row is None:
        session.add(KeptNear(kind=kind, id=number, other_ids=packed))
    elif row.other_ids != packed:
        row.other_ids = packed


def leave_lists(session: Session, thing: Thing) -> None:
    """Take a thing out of the lists of all others."""
    kind, number = thing
    session.execute(
        delete(KeptMatch).where(KeptMatch.other_kind == kind, KeptMatch.other_id == number)
    )


def put_list(session: Session, thing: Thing, proposals: Iterable[Proposal]) -> None:
    """Keep these as the matches of a thing, and no others; nothing is written where all is so."""
    kind, number = thing
    rows = [_row(thing, (one.match.kind, int(one.match.id)), one) for one in proposals]
    before = {_known(vars(one)) for one in queries.matches(session, kind, number)}
    if before != {_known(row) for row in rows}:
        session.execute(delete(KeptMatch).where(KeptMatch.kind == kind, KeptMatch.id == number))
        _insert(session, rows)


def _known(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what makes two rows of one list the same."""
    scores = round(row["score"], _DIGITS), round(row["lowered"], _DIGITS)
    return row["other_kind"], row["other_id"], *scores, row["is_ruled_out"]


def put_into_lists(session: Session, thing: Thing, proposals: Sequence[Proposal]) -> None:
    """Have a thing in the lists of those that it fits, where it is among the best or they are few.

    What opinions take off in those lists stays as it was for this thing, and is worked out anew
    with the whole list at its next change.
    """
    if not proposals:
        leave_lists(session, thing)
        return
    kind = proposals[0].match.kind
    ends = queries.ends_of_lists(session, kind, [int(one.match.id) for one in proposals])
    before = _lowered_before(session, kind, thing)
    leave_lists(session, thing)
    rows = []
    for one in proposals:
        number = int(one.match.id)
        size, least = ends.get(number, (0, 0.0))
        if size < MOST or one.match.score > least:
            row = _row((kind, number), thing, one)
            rows.append({**row, "lowered": one.match.score * before.get(number, 0.0)})
    _insert(session, rows)


def _lowered_before(session: Session, kind: str, thing: Thing) -> dict[int, float]:
    """Return which share of its score a thing loses in the lists of others, by their ids."""
    rows = select(KeptMatch.id, KeptMatch.lowered, KeptMatch.score).where(
        KeptMatch.kind == kind,
        KeptMatch.other_kind == thing[0],
        KeptMatch.other_id == thing[1],
        KeptMatch.lowered > 0,
    )
    return {number: low / score for number, low, score in session.execute(rows) if score}


def _row(thing: Thing, other: Thing, one: Proposal) -> dict[str, Any]:
    parts = one.match.parts
    return {
        "kind": thing[0],
        "id": thing[1],
        "other_kind": other[0],
        "other_id": other[1],
        "score": one.match.score,
        "lowered": one.lowered,
        "is_ruled_out": one.is_ruled_out,
        "parts": {"text": parts.text, "codes": parts.codes, "facts": parts.facts},
    }


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(KeptMatch), rows)


def count(session: Session) -> None:
    """Count the terms of all profiles that may be proposed, and keep the counts."""
    size, text, codes = 0, Counter[str](), Counter[str]()
    for terms in queries.proposed_terms(session):
        size += 1
        text.update(terms.text.keys())
        codes.update(terms.codes.keys())
    before = queries.counts(session)
    _count(session, "text", text, before["text"])
    _count(session, "codes", codes, before["codes"])
    known = lock(session)
    known.profiles, known.changed = size, 0
    session.flush()


def _count(session: Session, space: str, now: Mapping[str, int], before: Mapping[str, int]) -> None:
    """Write what differs: most counts of a large site stay as they are."""
    new = [
        {"space": space, "term": term, "profiles": n}
        for term, n in now.items()
        if term not in before
    ]
    if new:
        session.execute(insert(TermCount), new)
    for term in before.keys() - now.keys():
        session.execute(delete(TermCount).where(TermCount.space == space, TermCount.term == term))
    other = [
        {"space": space, "term": term, "profiles": n}
        for term, n in now.items()
        if term in before and before[term] != n
    ]
    if other:
        session.execute(update(TermCount), other)
