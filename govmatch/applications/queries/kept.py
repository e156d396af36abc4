"""What is kept of one application: versions, receipts, what happened."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from govmatch.applications import rules
from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import JournalRow


def versions(session: ReadSession, application: Application) -> list[Version]:
    """Return what was submitted, newest first; form and answers of each are read when asked for."""
    found = select(Version).where(Version.application_id == application.id)
    large = (defer(Version.form), defer(Version.answers))
    return list(session.scalars(found.options(*large).order_by(Version.number.desc())))


def find_version(session: ReadSession, application: Application, number: int) -> Version | None:
    found = select(Version).where(
        Version.application_id == application.id, Version.number == number
    )
    return session.scalars(found).first()


def get_version(session: ReadSession, application: Application, number: int) -> Version:
    """Return one submission of this application; raises `NotFound`."""
    found = find_version(session, application, number)
    if found is None:
        raise NotFound
    return found


def is_submitted_file(session: ReadSession, application: Application, file_id: str) -> bool:
    """True where some submitted version names this file, which then has to stay."""
    found = select(Version.answers).where(Version.application_id == application.id)
    return any(
        isinstance(answer, list) and file_id in answer
        for answers in session.scalars(found)
        for answer in answers.values()
    )


def timeline(
    session: ReadSession, actor: Actor, application: Application, *, events: Collection[str]
) -> list[JournalRow]:
    """Return what happened to an application, oldest first, of these events; for its firm alone."""
    if not rules.is_applicant(actor, application):
        return []
    found = select(JournalRow).where(
        JournalRow.subject_kind == "application",
        JournalRow.subject_id == application.id,
        JournalRow.event.in_(sorted(events)),
    )
    return list(session.scalars(found.order_by(JournalRow.id)))


def has_unread_letter(session: ReadSession, actor: Actor, application: Application) -> bool:
    """True where a letter about it is out that this person of its firm has not opened yet.

    Letters belong to a higher package; that they went out and were opened, the journal says.
    """
    if application.decision_released_at is None:
        return False
    found = select(JournalRow.event, JournalRow.actor_id, JournalRow.data).where(
        JournalRow.subject_kind == "application",
        JournalRow.subject_id == application.id,
        JournalRow.event.in_(["LetterReleased", "LetterRead"]),
    )
    rows = session.execute(found).all()
    out = {row.data["letter"] for row in rows if row.event == "LetterReleased"}
    mine = (row for row in rows if row.event == "LetterRead" and row.actor_id == actor.person_id)
    return bool(out - {row.data["letter"] for row in mine})


def indexed_ids(session: ReadSession, *, opened: bool = False) -> list[int]:
    """Return every application that somebody may find, or that others than its firm may."""
    found = select(Application.id).where(Application.state.in_(rules.COUNTING))
    if opened:
        there = select(Challenge.id).where(Challenge.opened_at.is_not(None))
        found = found.where(Application.challenge_id.in_(there))
    return list(session.scalars(found.order_by(Application.id)))


def opened_of_firm(session: ReadSession, firm_id: int) -> list[int]:
    """Return a firm's applications that others than the firm may find."""
    there = select(Challenge.id).where(Challenge.opened_at.is_not(None))
    found = select(Application.id).where(
        Application.firm_id == firm_id,
        Application.state.in_(rules.COUNTING),
        Application.challenge_id.in_(there),
    )
    return list(session.scalars(found.order_by(Application.id)))


def with_texts(session: ReadSession, application_id: int) -> Application | None:
    """Return one application with its challenge's texts, for work in the background."""
    found = select(Application).where(Application.id == application_id)
    texts = joinedload(Application.challenge).selectinload(Challenge.texts)
    return session.scalars(found.options(texts, joinedload(Application.firm))).first()
