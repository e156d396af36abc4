"""Which applications there are, for whom. Nobody but the firm is answered before the opening."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import defer, joinedload

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.applications import rules
from govmatch.applications.models import Access, Application, State, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import JournalRow, rows_about
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import own_firms

_WITH_CHALLENGE = (
    joinedload(Application.firm),
    joinedload(Application.challenge).joinedload(Challenge.authority),
    joinedload(Application.challenge).selectinload(Challenge.texts),
)


def own_to(actor: Actor) -> ColumnElement[bool]:
    return Application.firm_id.in_(sorted(rules.firms_of(actor)))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Narrow a selection of applications as `rules.may_see` decides on each."""
    opened = exists().where(
        Challenge.id == Application.challenge_id, Challenge.opened_at.is_not(None)
    )
    granted = exists().where(
        Access.application_id == Application.id,
        Access.person_id == actor.person_id,
        Access.how != "closed",
    )
    return or_(own_to(actor), and_(Application.state != State.DRAFT, opened, granted))


def get_visible(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return one application that the actor may see; raises `NotFound` for every other."""
    found = _one(session, public_id, visible_to(actor))
    if found is None:
        raise NotFound
    return found


def get_own(session: ReadSession, actor: Actor, public_id: str) -> Application:
    """Return an application of a firm of the actor's; raises `NotFound` for every other."""
    found = _one(session, public_id, own_to(actor))
    if found is None:
        raise NotFound
    return found


def get_own_to_change(session: Session, actor: Actor, public_id: str) -> Application:
    """Return an application of a firm of the actor's as nobody else can change it now.

    Its challenge and then its row are locked until the transaction ends, so that two people who
    save follow each other, and so that neither dates nor opening change between check and commit.
    """
    if _needs_locks(session):
        found = select(Application.challenge_id).where(Application.public_id == public_id)
        challenge_id = session.scalars(found.where(own_to(actor))).first()
        if challenge_id is None:
            raise NotFound
        lock_call(session, challenge_id)
        own_row = select(Application.id).where(Application.public_id == public_id)
        session.execute(own_row.with_for_update())
    return get_own(session, actor, public_id)


def lock_call(session: Session, challenge_id: int) -> None:
    """Keep a challenge as it is until the transaction ends, while others may do so too."""
    if _needs_locks(session):
        held = select(Challenge).where(Challenge.id == challenge_id).with_for_update(read=True)
        session.execute(held.execution_options(populate_existing=True))


def _needs_locks(session: Session) -> bool:
    """SQLite has one writer at a time, so whoever writes is alone already."""
    return session.get_bind().dialect.name == "postgresql"


def _one(
    session: ReadSession, public_id: str, condition: ColumnElement[bool]
) -> Application | None:
    found = select(Application).where(Application.public_id == public_id, condition)
    challenge = joinedload(Application.challenge)
    terms = (challenge.joinedload(Challenge.programme), challenge.joinedload(Challenge.version))
    return session.scalars(found.options(*_WITH_CHALLENGE, *terms)).first()


def visible_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    """Return those of the ids whose applications this reader may see and find.

    Drafts and withdrawn ones are found by nobody.
    """
    found = select(Application.id).where(
        Application.id.in_(list(ids)),
        Application.state.in_(rules.COUNTING),
        Application.submitted_at <= now,
        visible_to(actor),
    )
    return set(session.scalars(found))


@dataclass(frozen=True)
class Counted:
    """How many applications of the actor's firms there are, in all and by state."""

    total: int
    by_state: dict[str, int]


def count_own(session: ReadSession, actor: Actor) -> Counted:
    found = select(Application.state, func.count()).where(own_to(actor))
    rows = session.execute(found.group_by(Application.state))
    by_state = {row[0]: row[1] for row in rows}
    return Counted(sum(by_state.values()), by_state)


def own(
    session: ReadSession, actor: Actor, *, states: Collection[str] = (), offset: int, size: int
) -> list[Application]:
    """Return applications of the actor's firms, newest first, ready to be shown in a list."""
    found = select(Application).where(own_to(actor)).options(*_WITH_CHALLENGE)
    if states:
        found = found.where(Application.state.in_(states))
    page = found.order_by(Application.id.desc()).offset(offset).limit(size)
    return list(session.scalars(page))


def own_for(
    session: ReadSession, challenge: Challenge, firm_ids: Collection[int]
) -> list[Application]:
    """Return what these firms have for a challenge, newest first."""
    found = select(Application).where(
        Application.challenge_id == challenge.id, Application.firm_id.in_(sorted(firm_ids))
    )
    return list(session.scalars(found.order_by(Application.id.desc())))


def find_single(session: ReadSession, single_key: str) -> Application | None:
    """Return the one application of a firm for a challenge that allows one."""
    return session.scalars(select(Application).where(Application.single_key == single_key)).first()


def count_drafts(session: ReadSession, firm: Firm, programme_id: int) -> int:
    """Return how many drafts a firm has in one programme."""
    found = (
        select(func.count())
        .select_from(Application)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(Application.firm_id == firm.id, Application.state == State.DRAFT)
        .where(Challenge.programme_id == programme_id)
    )
    return session.execute(found).scalar_one()


def applying_firms(session: ReadSession, actor: Actor) -> list[Firm]:
    """Return the firms for which the actor may apply, by name."""
    ids = rules.firms_of(actor)
    return [f for f in own_firms(session, actor) if f.id in ids and f.closed_at is None]


def every_role(session: ReadSession, actor: Actor, *, real_now: datetime) -> set[Held]:
    """Return all roles of the person in force, those too that wait for a second factor."""
    person = session.get(Person, actor.person_id) if actor.person_id is not None else None
    return roles_of(session, person, now=real_now) if person is not None else set()


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


def names_of(session: ReadSession, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people; that of somebody who was erased is empty."""
    found = select(Person.id, Person.name).where(Person.id.in_(sorted(set(ids))))
    return {row.id: row.name for row in session.execute(found)}


def timeline(session: ReadSession, actor: Actor, application: Application) -> list[JournalRow]:
    """Return what happened to an application, oldest first; for its own firm alone."""
    if not rules.is_applicant(actor, application):
        return []
    return rows_about(session, "application", application.id)


def indexed_ids(session: ReadSession) -> list[int]:
    """Return every application that somebody may find."""
    found = select(Application.id).where(Application.state.in_(rules.COUNTING))
    return list(session.scalars(found.order_by(Application.id)))


def with_texts(session: ReadSession, application_id: int) -> Application | None:
    """Return one application with its challenge's texts, for work in the background."""
    found = select(Application).where(Application.id == application_id)
    texts = joinedload(Application.challenge).selectinload(Challenge.texts)
    return session.scalars(found.options(texts)).first()
