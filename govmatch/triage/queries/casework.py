"""What staff keep about applications: who looks after them, tags, notes, acts. For staff alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.applications.models import Access, Application, How
from govmatch.applications.queries import OF_MANY
from govmatch.applications.rules import firms_in
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.triage import rules
from govmatch.triage.models import Handling, Move, Note, Tag
from govmatch.triage.queries.seeing import closed_among, in_order, readable_to
from govmatch.triage.rules import Case

_FIRST = 1
"""The revision of an application that nobody has touched."""


def cases_of(session: ReadSession, applications: Sequence[Application]) -> list[Case]:
    """Return each with how far staff are with it; two statements. The caller asked who may."""
    ids = [application.id for application in applications]
    handlings = handling_of(session, ids)
    tags = tags_of(session, ids)
    return [_case(one, handlings.get(one.id), tags.get(one.id, ())) for one in applications]


def _case(application: Application, handling: Handling | None, tags: tuple[str, ...]) -> Case:
    if handling is None:
        return Case(application, _FIRST, None, tags)
    return Case(application, handling.revision, handling.handler_id, tags)


def readable_cases(session: ReadSession, actor: Actor, public_ids: Sequence[str]) -> list[Case]:
    """Return those of the applications that the actor reads in triage, in the order asked for.

    What is left out is not there for this actor, and nothing says why.
    """
    found = select(Application).where(Application.public_id.in_(public_ids), readable_to(actor))
    whole = found.options(*OF_MANY)
    return cases_of(session, in_order(list(session.scalars(whole)), public_ids))


def handling_of(session: ReadSession, ids: Collection[int]) -> dict[int, Handling]:
    """Return how far staff are with applications, by the application's id."""
    found = select(Handling).where(Handling.application_id.in_(sorted(ids)))
    return {row.application_id: row for row in session.scalars(found)} if ids else {}


def tags_of(session: ReadSession, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of applications, by the application's id, in the order of their letters."""
    found = select(Tag.application_id, Tag.word).where(Tag.application_id.in_(sorted(ids)))
    words: dict[int, list[str]] = {}
    for application_id, word in session.execute(found) if ids else ():
        words.setdefault(application_id, []).append(word)
    return {number: tuple(sorted(there)) for number, there in words.items()}


def notes_of(session: ReadSession, actor: Actor, application: Application) -> list[Note]:
    """Return the internal notes, oldest first; deleted ones have no text. None for others."""
    if not rules.may_read(actor, application):
        return []
    found = select(Note).where(Note.application_id == application.id)
    return list(session.scalars(found.order_by(Note.id)))


def get_note(session: ReadSession, application: Application, public_id: str) -> Note:
    """Return a note on this very application that was not deleted; raises `NotFound`."""
    found = select(Note).where(
        Note.application_id == application.id,
        Note.public_id == public_id,
        Note.deleted_at.is_(None),
    )
    note = session.scalars(found).first()
    if note is None:
        raise NotFound
    return note


def possible_handlers(
    session: ReadSession, applications: Iterable[Application], *, real_now: datetime
) -> list[Person]:
    """Return who may look after at least one of the applications, by name; two statements."""
    asked = list(applications)
    people = _workers(session, asked, real_now=real_now)
    ids = {person_id for several in people.values() for person_id in several}
    found = select(Person).where(Person.id.in_(sorted(ids)), Person.disabled_at.is_(None))
    return list(session.scalars(found.order_by(Person.name, Person.id)))


def can_handle(
    session: ReadSession,
    person_id: int | None,
    applications: Iterable[Application],
    *,
    real_now: datetime,
) -> frozenset[int]:
    """Return the ids of those that a person may look after: no conflict, not of the own firm."""
    asked = list(applications)
    if person_id is None or not asked:
        return frozenset()
    people = _workers(session, asked, real_now=real_now)
    firms = _firms_of(session, person_id, real_now=real_now)
    fitting = {one.id for one in asked if person_id in people[one.challenge_id]}
    fitting -= {one.id for one in asked if not firms.isdisjoint(firms_in(one))}
    return frozenset(fitting - closed_among(session, person_id, fitting))


def _workers(
    session: ReadSession, applications: Sequence[Application], *, real_now: datetime
) -> dict[int, set[int]]:
    """Return by challenge the people who run or own it now; one statement."""
    challenges = {one.challenge_id: one.challenge for one in applications}
    programmes = {one.programme_id for one in challenges.values()}
    authorities = {one.authority_id for one in challenges.values()}
    found = (
        select(RoleRow.object_kind, RoleRow.object_id, RoleRow.person_id)
        .join(Person, Person.id == RoleRow.person_id)
        .where(
            in_force(real_now),
            Person.disabled_at.is_(None),
            (
                (RoleRow.object_kind == "programme")
                & RoleRow.object_id.in_(sorted(programmes))
                & (RoleRow.role == Role.MANAGER)
            )
            | (
                (RoleRow.object_kind == "authority")
                & RoleRow.object_id.in_(sorted(authorities))
                & RoleRow.role.in_([Role.STAFF, Role.APPROVER])
            ),
        )
    )
    people: dict[tuple[str, int], set[int]] = {}
    for kind, number, person_id in session.execute(found):
        people.setdefault((kind, number), set()).add(person_id)
    return {
        number: people.get(("programme", one.programme_id), set())
        | people.get(("authority", one.authority_id), set())
        for number, one in challenges.items()
    }


def _firms_of(session: ReadSession, person_id: int, *, real_now: datetime) -> frozenset[int]:
    found = select(RoleRow.object_id).where(
        RoleRow.person_id == person_id, RoleRow.object_kind == "firm", in_force(real_now)
    )
    return frozenset(session.scalars(found))


def get_own_move(session: ReadSession, actor: Actor, public_id: str) -> Move:
    """Return an act of the actor's own; raises `NotFound` for every other."""
    found = select(Move).where(Move.public_id == public_id, Move.by == actor.person_id)
    move = session.scalars(found).first()
    if move is None:
        raise NotFound
    return move


def last_move(session: ReadSession, actor: Actor, *, now: datetime) -> Move | None:
    """Return the actor's last act where it can still be undone."""
    found = select(Move).where(Move.by == actor.person_id).order_by(Move.id.desc()).limit(1)
    move = session.scalars(found).first()
    return move if move is not None and rules.may_undo(actor, move, now=now) else None


def moved(session: ReadSession, actor: Actor, move: Move) -> dict[int, Application]:
    """Return the applications of an act that the actor reads in triage, by id."""
    ids = [item["application"] for item in move.items]
    found = select(Application).where(Application.id.in_(ids), readable_to(actor))
    whole = found.options(*OF_MANY)
    return {application.id: application for application in session.scalars(whole)}


def is_closed_to(session: ReadSession, actor: Actor, application: Application) -> bool:
    """True where a conflict of interest closes an application to the actor."""
    found = select(Access.id).where(
        Access.application_id == application.id,
        Access.person_id == actor.person_id,
        Access.how == How.CLOSED,
    )
    return session.execute(found).first() is not None
