"""What the triage screens ask beside `triage.queries`: people by address, history, what waits."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import load_only, selectinload

from govmatch.accounts.models import Person
from govmatch.applications.events import ApplicationMoved, ApplicationWithdrawn
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge, ChallengeText, State
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.overview.things import READINGS
from govmatch.programmes.models import Programme
from govmatch.reviews.events import ReviewSubmitted
from govmatch.triage.events import (
    ApplicationOpened,
    GateRuled,
    HandlerAssigned,
    NoteDeleted,
    NoteWritten,
    RequestAnswered,
    RequestSent,
    RequestSettled,
    TagsChanged,
)
from govmatch.triage.queries.seeing import challenges_of

MOST_WAITING = 5


def people_by_key(session: ReadSession, keys: Collection[str]) -> dict[str, int]:
    """Return people's ids by the public id that stands in addresses."""
    if not keys:
        return {}
    found = select(Person.public_id, Person.id).where(Person.public_id.in_(sorted(keys)))
    return dict(session.execute(found).all())


def keys_of_people(session: ReadSession, ids: Iterable[int]) -> dict[int, str]:
    """Return the public ids of people, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = select(Person.id, Person.public_id).where(Person.id.in_(wanted))
    return dict(session.execute(found).all())


def waiting_for_opening(session: ReadSession, actor: Actor, *, now: datetime) -> list[Challenge]:
    """Return challenges past their deadline that nobody has opened yet, longest waiting first."""
    found = select(Challenge).where(
        Challenge.state == State.PUBLISHED,
        Challenge.opened_at.is_(None),
        Challenge.closes <= now,
        challenges_of(actor),
    )
    ordered = found.order_by(Challenge.closes, Challenge.id).limit(MOST_WAITING)
    return list(session.scalars(ordered.options(*_BY_TITLE)))


_BY_TITLE = (
    load_only(
        Challenge.slug,
        Challenge.state,
        Challenge.main_lang,
        Challenge.programme_id,
        Challenge.authority_id,
        Challenge.published_at,
        Challenge.closes,
        Challenge.opened_at,
    ),
    selectinload(Challenge.texts).load_only(
        ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title
    ),
)
"""These lines stand above every page of the table, so the long texts are left where they are."""


WATCHED = (
    ApplicationOpened,
    ApplicationMoved,
    ApplicationWithdrawn,
    HandlerAssigned,
    TagsChanged,
    GateRuled,
    RequestSent,
    RequestAnswered,
    RequestSettled,
    NoteWritten,
    NoteDeleted,
    ReviewSubmitted,
)
"""What changes a row of the table; that somebody has read something does not."""
MOST_FOLLOWED = 5_000


def changed_since(session: ReadSession, row_id: int) -> list[int]:
    """Return the applications that changed in the table since a row of the journal.

    Of what follows it, the first 5,000 rows are looked at; whether the reader may know of the
    applications has to be asked.
    """
    # By id alone: with the kind, SQLite would walk through every row about an application.
    found = select(JournalRow.subject_id, JournalRow.event).where(JournalRow.id > row_id)
    watched = {one.__name__ for one in WATCHED}
    rows = session.execute(found.order_by(JournalRow.id).limit(MOST_FOLLOWED))
    return list(dict.fromkeys(subject for subject, event in rows if event in watched))


def programme_names(
    session: ReadSession, ids: Collection[int]
) -> list[tuple[str, int, dict[str, str]]]:
    """Return short name, id and names of programmes, by short name."""
    found = select(Programme.slug, Programme.id, Programme.names).where(
        Programme.id.in_(sorted(ids))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found.order_by(Programme.slug))]


def history(
    session: ReadSession,
    application: Application,
    *,
    read_since: datetime | None,
    offset: int,
    size: int,
) -> list[JournalRow]:
    """Return what the journal holds about an application, newest first; the caller asked who may.

    Of who read it only what is not older than `read_since`, where that is given. None of it is for
    the firm, which has its own history.
    """
    ordered = _about(application, read_since).order_by(JournalRow.id.desc())
    return list(session.scalars(ordered.offset(offset).limit(size)))


def count_history(
    session: ReadSession, application: Application, *, read_since: datetime | None
) -> int:
    counted = select(func.count()).select_from(_about(application, read_since).subquery())
    return session.execute(counted).scalar_one()


def _about(application: Application, read_since: datetime | None) -> Select[JournalRow]:
    found = select(JournalRow).where(
        JournalRow.subject_kind == "application", JournalRow.subject_id == application.id
    )
    if read_since is None:
        return found
    is_act = JournalRow.event.not_in(sorted(READINGS))
    return found.where(or_(is_act, JournalRow.at >= read_since))
