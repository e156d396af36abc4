"""What the journal holds about opened challenges: rows of the right shape, in one whole chain."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain, islice
from typing import Any

from sqlalchemy import insert, select, update

from govmatch.applications import events as applications
from govmatch.applications.models import State as Applied
from govmatch.challenges.events import ChallengeMovedOn, ChallengePublished
from govmatch.challenges.models import State as Stage
from govmatch.decisions import events as decisions
from govmatch.kit.db import Session
from govmatch.kit.journal import Event, Head, JournalRow, row_hash
from govmatch.pilots import events as pilots
from govmatch.reviews import events as reviews
from govmatch.reviews.models import State as Reviewed
from govmatch.triage import events as triage
from tests.bench.cases import Case, Desk, Entry

BATCH = 2000
Told = tuple[datetime, int, Event]
"""(when, by whom, what)"""
_COLUMNS = [column.key for column in JournalRow.__table__.columns]


def write(session: Session, cases: Iterable[Case], desk: Desk, *, now: datetime) -> int:
    """Append what happened in all cases to the journal, by time, as done; return how many rows."""
    stories = [sorted(_story(one, desk), key=lambda told: told[0]) for one in cases]
    head = session.execute(select(Head)).scalar_one()
    last_id, last_hash = head.last_id, head.last_hash
    told = merge(*stories, key=lambda one: one[0])
    while batch := list(islice(told, BATCH)):
        rows = []
        for at, by, event in batch:
            row = JournalRow(
                id=last_id + 1,
                at=at,
                actor_id=by,
                event=type(event).__name__,
                subject_kind=event.subject_kind,
                subject_id=event.subject_id,
                data=event.data(),
                previous_hash=last_hash,
                dispatched_at=now,
            )
            row.hash = row_hash(row)
            last_id, last_hash = row.id, row.hash
            rows.append({name: getattr(row, name) for name in _COLUMNS})
        session.execute(insert(JournalRow), rows)
    count = last_id - head.last_id
    session.execute(update(Head).values(last_id=last_id, last_hash=last_hash, public_id=last_id))
    return count


def _story(case: Case, desk: Desk) -> Iterator[Told]:
    yield from _of_challenge(case, desk)
    for entry in case.entries:
        yield from chain(_of_entry(case, entry, desk), _of_reviews(case, entry, desk))
        if entry.letter:
            yield from _of_letter(case, entry, desk)
        if entry.pilot:
            yield from _of_pilot(case, entry, desk)


def _of_challenge(case: Case, desk: Desk) -> Iterator[Told]:
    opens, opened, told = case.closes - _days(42), case.opened_at, case.closes + _days(30)
    yield opens, desk.manager, ChallengePublished(case.id, published_at=opens.isoformat())
    yield opened - timedelta(hours=2), desk.manager, triage.OpeningBegun(case.id)
    entries = [(one.id, 1, one.content_hash) for one in case.entries]
    found = triage.ApplicationsOpened(case.id, begun_by=desk.manager, entries=entries)
    yield opened, desk.second, found
    yield opened, desk.second, _moved_on(case, Stage.PUBLISHED, Stage.IN_SELECTION)
    for person in case.jury:
        yield opened + _days(1), person, reviews.ConflictsDeclared(case.id, person_id=person)
    if case.stage is Stage.IN_SELECTION:
        return
    said: dict[str, Any] = {"decision": 1, "kind": "selection"}
    yield told - _days(9), desk.manager, decisions.DecisionBegun(case.id, **said)
    yield told - _days(5), desk.manager, reviews.ReviewsFrozen(case.id)
    yield told - _days(5), desk.manager, decisions.DecisionProposed(case.id, **said, revision=2)
    yield told - _days(2), desk.approver, decisions.DecisionConfirmed(case.id, **said, revision=4)
    yield told, desk.manager, decisions.DecisionReleased(case.id, **said)
    yield told, desk.manager, _moved_on(case, Stage.IN_SELECTION, Stage.DECIDED)
    if case.stage is not Stage.DECIDED:
        yield told + _days(10), desk.manager, _moved_on(case, Stage.DECIDED, Stage.PILOTING)
    if case.stage is Stage.COMPLETED:
        yield told + _days(120), desk.manager, _moved_on(case, Stage.PILOTING, Stage.COMPLETED)


def _moved_on(case: Case, was: Stage, to: Stage) -> ChallengeMovedOn:
    return ChallengeMovedOn(case.id, from_state=was.value, to_state=to.value)


def _of_entry(case: Case, entry: Entry, desk: Desk) -> Iterator[Told]:
    number, opened = entry.id, case.opened_at
    begun = applications.DraftStarted(number, challenge_id=case.id, firm_id=entry.firm_id)
    yield entry.submitted_at - _days(6), entry.by, begun
    submitted = applications.ApplicationSubmitted(
        number, number=1, content_hash=entry.content_hash, to_person=True, copies=()
    )
    yield entry.submitted_at, entry.by, submitted
    yield opened, desk.second, triage.ApplicationOpened(number, number=1)
    at = opened + timedelta(minutes=number % 5000)
    given = triage.HandlerAssigned(number, from_id=None, to_id=desk.manager)
    yield at, desk.manager, given
    if entry.state == Applied.WITHDRAWN:
        gone = applications.ApplicationWithdrawn(number, number=1, is_final=True)
        yield opened + _days(1), entry.by, gone
    elif entry.state != Applied.SUBMITTED:
        yield at, desk.manager, _moved(number, Applied.SUBMITTED, Applied.IN_REVIEW)


def _moved(number: int, was: str, to: str) -> applications.ApplicationMoved:
    return applications.ApplicationMoved(number, from_state=str(was), to_state=str(to))


def _of_reviews(case: Case, entry: Entry, desk: Desk) -> Iterator[Told]:
    assigned = case.opened_at + _days(2)
    due = (assigned + _days(14)).isoformat()
    for review, person, state in entry.reviews:
        about: dict[str, Any] = {"review_id": review, "person_id": person}
        granted = applications.AccessGranted(entry.id, person_id=person, how="full", why="review")
        yield assigned, desk.manager, granted
        given = reviews.ReviewAssigned(entry.id, **about, is_blind=False, due_at=due)
        yield assigned, desk.manager, given
        read = assigned + timedelta(days=1, minutes=review % 8000)
        if state != Reviewed.ASSIGNED:
            yield read, person, reviews.ApplicationShown(entry.id, **about)
        if state == Reviewed.SUBMITTED:
            done = reviews.ReviewSubmitted(entry.id, **about, content_hash=entry.content_hash)
            yield assigned + timedelta(days=1, minutes=review % 9000), person, done


def _of_letter(case: Case, entry: Entry, desk: Desk) -> Iterator[Told]:
    told = case.closes + _days(30)
    is_in = entry.state in {Applied.CONFIRMED, Applied.SELECTED}
    became = Applied.SELECTED if is_in else Applied(entry.state)
    checked = decisions.LetterChecked(entry.id, letter=entry.letter, revision=1)
    yield told - _days(1), desk.manager, checked
    yield told, desk.manager, _moved(entry.id, Applied.IN_REVIEW, became)
    yield told, desk.manager, decisions.LetterReleased(entry.id, letter=entry.letter)
    read = decisions.LetterRead(entry.id, letter=entry.letter)
    yield told + timedelta(hours=3), entry.by, read
    if entry.state == Applied.CONFIRMED:
        yield told + _days(3), entry.by, decisions.SelectionConfirmed(entry.id)


def _of_pilot(case: Case, entry: Entry, desk: Desk) -> Iterator[Told]:
    number, agreed = entry.pilot, case.closes + _days(40)
    about = {"application_id": entry.id, "challenge_id": case.id}
    yield agreed - _days(5), desk.manager, pilots.PilotPlanned(number, **about)
    yield agreed - _days(1), desk.manager, pilots.PlanOffered(number, revision=1)
    yield agreed, entry.by, pilots.PilotAgreed(number, revision=1)
    for turn in range(12):
        measured = pilots.KpiMeasured(number, kpi_id=turn % 3 + 1, value_id=turn + 1)
        yield agreed + _days(7 * turn + 5), entry.by, measured
    if case.stage is Stage.COMPLETED:
        end = pilots.OutcomeStated(number, outcome="scale", from_state="running")
        yield agreed + _days(100), desk.manager, end


def _days(number: int) -> timedelta:
    return timedelta(days=number)
