"""Reviews, decisions and letters of opened challenges; in bulk."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from govmatch.applications.models import Access, How
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions.models import Answer, Decision, Determination, Letter, Receipt
from govmatch.kit.db import Session
from govmatch.kit.markdown import render
from govmatch.reviews.actions.hiding import is_blind
from govmatch.reviews.models import Review, Score, State
from govmatch.reviews.scoring import weighed, weighted_mean
from tests.bench.cases import EACH, Case, Desk, Entry, key, next_id
from tests.bench.texts import Texts

Rows = dict[Any, list[dict[str, Any]]]
DONE = (
    State.ASSIGNED,
    *(State.SUBMITTED,) * 3,
    State.DRAFT,
    *(State.SUBMITTED,) * 3,
    State.ABSTAINED,
    State.SUBMITTED,
)
"""The states of ten reviews of a case that is not decided."""
NOT_YET = frozenset({Applied.SUBMITTED, Applied.INCOMPLETE})


def add_reviews(session: Session, case: Case, first: int, texts: Texts, *, is_told: bool) -> None:
    """Add five reviews of each application, numbered from `first`, with points and access."""
    challenge = session.get_one(Challenge, case.id)
    how = How.BLIND if is_blind(challenge) else How.FULL
    numbers = count(first)
    kept: Rows = {Review: [], Score: [], Access: []}
    for place, entry in enumerate(case.entries):
        for seat in range(EACH):
            person = case.jury[(place + seat) % len(case.jury)]
            state = _state(case, entry, place * EACH + seat, is_told=is_told)
            entry.reviews.append((next(numbers), person, state.value))
            _add_review(kept, case, entry, challenge.criteria, texts)
            kept[Review][-1]["is_blind"] = how is How.BLIND
            kept[Access].append(_access(case, entry, person, how))
    for model, rows in kept.items():
        if rows:
            session.execute(insert(model), rows)


def _state(case: Case, entry: Entry, turn: int, *, is_told: bool) -> State:
    if entry.state in NOT_YET:
        return State.ASSIGNED
    if is_told or case.stage is not Stage.IN_SELECTION:
        return State.SUBMITTED
    return DONE[turn * 3 % len(DONE)]


def _add_review(
    kept: Rows, case: Case, entry: Entry, weights: Sequence[Mapping[str, Any]], texts: Texts
) -> None:
    number, person, state = entry.reviews[-1]
    is_done, has_points = state == State.SUBMITTED, state in {State.SUBMITTED, State.DRAFT}
    criteria = weighed(weights)
    points = {one.id: min(5, texts.dice.randint(2, 6)) for one in criteria} if has_points else {}
    assigned = case.opened_at + timedelta(days=2)
    at = assigned + timedelta(days=1, minutes=number % 9000)
    is_frozen = case.stage is not Stage.IN_SELECTION
    kept[Review].append(
        {
            "id": number,
            "public_id": key(texts),
            "application_id": entry.id,
            "person_id": person,
            "state": state,
            "assigned_at": assigned,
            "due_at": assigned + timedelta(days=14 if is_frozen else 90),
            "frozen_at": case.closes + timedelta(days=25) if is_frozen else None,
            # Reminders are behind everybody, so that the worker has nothing else to do.
            "reminded_at": assigned,
            "overdue_reminded_at": assigned,
            "revision": 3 if has_points else 1,
            "saved_at": at if has_points else None,
            "comment": texts.words("en", 200) if has_points else "",
            "private_note": texts.words("en", 80) if has_points else "",
            "submitted_at": at if is_done else None,
            "mean": weighted_mean(points, criteria) if is_done else None,
            "salt": f"salt-{number}",
            "abstain_reason": "no time" if state == State.ABSTAINED else "",
        }
    )
    kept[Score] += [
        {"review_id": number, "criterion": name, "points": n, "comment": texts.words("en", 120)}
        for name, n in points.items()
    ]


def _access(case: Case, entry: Entry, person: int, how: How) -> dict[str, Any]:
    return {
        "application_id": entry.id,
        "person_id": person,
        "how": how.value,
        "why": "review",
        "since": case.opened_at + timedelta(days=2),
    }


def add_decision(session: Session, case: Case, desk: Desk, texts: Texts) -> None:
    """Add the released selection of a case, with a letter for everybody and the firms' answers."""
    released = case.closes + timedelta(days=30)
    decision, line, letter = (next_id(session, one) for one in (Decision, Determination, Letter))
    session.execute(insert(Decision), [_decision(case, decision, desk, texts)])
    kept: Rows = {Determination: [], Letter: [], Receipt: [], Answer: []}
    places = count(1)
    for rank, entry in enumerate(case.entries, 1):
        entry.letter = letter + rank
        is_in = entry.state in {Applied.CONFIRMED, Applied.SELECTED}
        outcome = "selected" if is_in else entry.state
        about = {"application_id": entry.id}
        said = {
            **about,
            "id": line + rank,
            "decision_id": decision,
            "outcome": outcome,
            "rank": rank,
            "reserve_place": next(places) if outcome == "reserve" else None,
            "is_written": True,
            "mean": max(1.0, 5 - rank / 30),
            "criterion_means": {},
            "reviews": EACH,
            "reasons": {"": texts.words("en", 200)},
        }
        kept[Determination].append(said)
        kept[Letter].append({**about, **_letter(entry, line + rank, desk, texts, case)})
        kept[Receipt].append(
            {
                "letter_id": entry.letter,
                "person_id": entry.by,
                "delivered_at": released,
                "read_at": released + timedelta(hours=3) if rank % 3 else None,
            }
        )
        if entry.state == Applied.CONFIRMED:
            answer = {"decision_id": decision, "answer": "confirmed", "by": entry.by}
            kept[Answer].append({**about, **answer, "at": released + timedelta(days=3)})
    for model, rows in kept.items():
        if rows:
            session.execute(insert(model), rows)


def _decision(case: Case, number: int, desk: Desk, texts: Texts) -> dict[str, Any]:
    released = case.closes + timedelta(days=30)
    return {
        "id": number,
        "public_id": key(texts),
        "challenge_id": case.id,
        "number": 1,
        "kind": "selection",
        "state": "released",
        "revision": 5,
        "created_by": desk.manager,
        "created_at": released - timedelta(days=9),
        "updated_at": released,
        "editors": [desk.manager],
        "weights": [],
        "reasons": {"en": texts.words("en", 300)},
        "confirm_by": case.closes + timedelta(days=44),
        "proposed_by": desk.manager,
        "proposed_at": released - timedelta(days=5),
        "confirmed_by": desk.approver,
        "confirmed_at": released - timedelta(days=2),
        "released_by": desk.manager,
        "released_at": released,
    }


def _letter(entry: Entry, line: int, desk: Desk, texts: Texts, case: Case) -> dict[str, Any]:
    body = texts.words("en", 500)
    released = case.closes + timedelta(days=30)
    return {
        "id": entry.letter,
        "public_id": key(texts),
        "determination_id": line,
        "lang": ("en", "de", "da")[entry.id % 3],
        "subject": "Your application",
        "body": body,
        "html": str(render(body)),
        "checked_by": desk.manager,
        "checked_at": released - timedelta(days=1),
        "released_at": released,
    }
