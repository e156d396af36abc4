"""Deleting what applications said, when the time of keeping is over.

The row of an application stays, without its content: its number, firm, state and days are what
reports count, and pilots hang on it. Nobody sees it any more (`applications.rules.how`). Journal
rows stay too: they hold ids, states and salted digests.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from govmatch.applications.models import Application, LateCode
from govmatch.challenges.models import Challenge
from govmatch.correspondence.models import Message, Thread
from govmatch.files.models import StoredFile
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Base, Session
from govmatch.pilots.models import Change, Delivery, KpiValue, LogEntry, Milestone, Pilot
from govmatch.privacy.events import ApplicationEmptied, CaseEmptied
from govmatch.privacy.tables import ROOT, hanging_on
from govmatch.questions.models import Asking, Question
from govmatch.reviews.models import Declaration, Tie

OWNERS = {"application": ROOT, "deficiency": "deficiencies", "letter": "letters"}
"""By what files and threads call their owner: the table that it is a row of."""


def empty_application(
    session: Session, application: Application, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Delete everything that an application said, its files and whatever hangs on it."""
    _empty(session, [application.id], actor=actor, now=now, real_now=real_now)


def empty_case(
    session: Session, challenge: Challenge, *, actor: Actor, now: datetime, real_now: datetime
) -> int:
    """Delete the file of a case and return how many applications were in it.

    With the applications go reviews, findings, letters, requests, notes and messages, what was
    written in their pilots, who asked the questions, what reviewers said of their ties, and late
    codes. What was published stays.
    """
    found = select(Application.id).where(
        Application.challenge_id == challenge.id, Application.emptied_at.is_(None)
    )
    ids = list(session.scalars(found))
    _empty_pilots(session, challenge, real_now=real_now)
    _empty(session, ids, actor=actor, now=now, real_now=real_now)
    _forget_people(session, challenge)
    event = CaseEmptied(challenge.id, applications=len(ids))
    journal.record(session, event, actor=actor, now=now)
    return len(ids)


def _empty(
    session: Session, ids: Collection[int], *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    rows = hanging_on(session, ids)
    session.flush()
    for kind, table in OWNERS.items():
        _forget_owned(session, kind, rows.get(table, ()), real_now=real_now)
    _delete(session, rows)
    nothing = {"answers": {}, "saved": {}, "title": "", "emptied_at": real_now}
    session.execute(update(Application).where(Application.id.in_(ids)).values(nothing))
    session.expire_all()
    for number in sorted(ids):
        journal.record(session, ApplicationEmptied(number), actor=actor, now=now)


def _delete(session: Session, rows: Mapping[str, Collection[int]]) -> None:
    """Delete the rows, children first; the applications themselves stay."""
    for name in reversed([name for name in rows if name != ROOT]):
        table = Base.metadata.tables[name]
        key = next(iter(table.primary_key.columns))
        session.execute(delete(table).where(key.in_(rows[name])))


def _forget_owned(session: Session, kind: str, ids: Collection[int], *, real_now: datetime) -> None:
    """Remove the files and delete the messages of these things."""
    owned = (StoredFile.owner_kind == kind) & StoredFile.owner_id.in_(ids)
    gone = update(StoredFile).where(owned, StoredFile.removed_at.is_(None))
    session.execute(gone.values(removed_at=real_now))
    threads = select(Thread.id).where(Thread.subject_kind == kind, Thread.subject_id.in_(ids))
    session.execute(delete(Message).where(Message.thread_id.in_(threads)))


def _empty_pilots(session: Session, challenge: Challenge, *, real_now: datetime) -> None:
    """Delete the words and papers of a challenge's pilots; plan, figures and outcome stay."""
    pilots = list(session.scalars(select(Pilot.id).where(Pilot.challenge_id == challenge.id)))
    if not pilots:
        return
    milestones = select(Milestone.id).where(Milestone.pilot_id.in_(pilots))
    deliveries = list(
        session.scalars(select(Delivery.id).where(Delivery.milestone_id.in_(milestones)))
    )
    _forget_owned(session, "pilot", pilots, real_now=real_now)
    _forget_owned(session, "delivery", deliveries, real_now=real_now)
    session.execute(delete(LogEntry).where(LogEntry.pilot_id.in_(pilots)))
    said = update(Delivery).where(Delivery.id.in_(deliveries))
    session.execute(said.values(text="", html="", reasons=""))
    changed = update(Change).where(Change.pilot_id.in_(pilots))
    session.execute(changed.values(reason="", answer=""))
    noted = update(KpiValue).where(KpiValue.milestone_id.in_(milestones))
    session.execute(noted.values(note=""))


def _forget_people(session: Session, challenge: Challenge) -> None:
    """Delete what else leads from the case to people: who asked, whose ties, whose late code."""
    questions = select(Question.id).where(Question.challenge_id == challenge.id)
    session.execute(delete(Asking).where(Asking.question_id.in_(questions)))
    declared = select(Declaration.id).where(Declaration.challenge_id == challenge.id)
    session.execute(delete(Tie).where(Tie.declaration_id.in_(declared)))
    session.execute(delete(Declaration).where(Declaration.challenge_id == challenge.id))
    session.execute(delete(LateCode).where(LateCode.challenge_id == challenge.id))
