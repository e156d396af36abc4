"""Cases as auditors read them: which they may open, and what the journal holds about one."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    Text,
    and_,
    func,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import joinedload, selectinload

from govmatch.accounts.models import Invitation, Person, Role, RoleRow
from govmatch.applications.models import Application, LateCode
from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.decisions.models import Decision, Letter
from govmatch.kit.actor import SITE, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.journal import GENESIS, JournalRow, row_hash
from govmatch.kit.records import dataclass
from govmatch.overview.queries.people import contains
from govmatch.overview.things import THINGS, Thing
from govmatch.pilots import queries as pilots
from govmatch.pilots.models import Pilot
from govmatch.questions.models import Question
from govmatch.triage.queries import readable_to

SIZE = 20
ROWS = 50


@dataclass(frozen=True)
class CasesPage:
    cases: list[Challenge]
    total: int


@dataclass(frozen=True)
class Checked:
    """A row of the journal, and whether it still has the hash and the predecessor it was given."""

    row: JournalRow
    is_whole: bool


@dataclass(frozen=True)
class Filters:
    """What an auditor narrows a case to: one kind of thing, and who acted (0: the site itself)."""

    thing: Thing | None = None
    actor_id: int | None = None


@dataclass(frozen=True)
class RowsPage:
    """One page of rows; `things` counts all rows of the case by kind, `actors` are all who acted.

    `actors` names nobody by the id 0: the site itself.
    """

    rows: list[Checked]
    total: int
    things: Mapping[Thing, int]
    actors: frozenset[int]


@dataclass(frozen=True)
class Subject:
    """What a row is about, as people call it, and where it is; no path where it cannot be opened"""

    name: str
    path: str = ""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Cases of the whole site, of a programme or of an authority, as the auditor's role says."""
    if actor.holds(Role.AUDITOR, SITE, 0):
        return true()
    return or_(
        Challenge.programme_id.in_(actor.objects("programme", Role.AUDITOR)),
        Challenge.authority_id.in_(actor.objects("authority", Role.AUDITOR)),
    )


def find_cases(session: ReadSession, text: str, *, actor: Actor, page: int) -> CasesPage:
    """Return the cases whose short name or title has every word of `text`, newest first."""
    found = select(Challenge).where(visible_to(actor))
    for word in text.split()[:10]:
        titled = select(ChallengeText.challenge_id).where(contains(ChallengeText.title, word))
        found = found.where(or_(contains(Challenge.slug, word), Challenge.id.in_(titled)))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    shown = (
        found.options(joinedload(Challenge.authority), selectinload(Challenge.texts))
        .order_by(Challenge.id.desc())
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    )
    return CasesPage(list(session.scalars(shown)), total)


def get_visible(session: ReadSession, slug: str, *, actor: Actor) -> Challenge:
    """Return the case; raises `NotFound` where this auditor may not open it."""
    found = select(Challenge).where(Challenge.slug == slug, visible_to(actor))
    challenge = session.scalars(found.options(joinedload(Challenge.authority))).first()
    if challenge is None:
        raise NotFound
    return challenge


def rows_of(
    session: ReadSession,
    challenge: Challenge,
    filters: Filters,
    *,
    actor: Actor,
    now: datetime,
    page: int,
    size: int = ROWS,
) -> RowsPage:
    """Return what the journal holds about a case, oldest first, each row checked.

    Rows about its applications, late codes and pilots are there only once it was opened, and only
    of what the opening found: before, nobody but the firm may know that there is one. What a
    conflict of interest closes to the auditor is left out.
    """
    every = _every(session, challenge, actor=actor, now=now).subquery()
    kinds = select(every.c.event, every.c.actor_id, func.count())
    counted = session.execute(kinds.group_by(every.c.event, every.c.actor_id)).all()
    fitting = select(every.c.id).where(*_narrowed(every, filters)).order_by(every.c.id)
    ids = session.scalars(fitting.offset((page - 1) * size).limit(size)).all()
    shown = select(JournalRow).where(JournalRow.id.in_(ids))
    rows = list(session.scalars(shown.order_by(JournalRow.id)))
    before = _hashes(session, {row.id - 1 for row in rows})
    things: Counter[Thing] = Counter()
    for event, _, number in counted:
        if event in THINGS:
            things[THINGS[event]] += number
    return RowsPage(
        rows=[Checked(row, _is_whole(row, before)) for row in rows],
        total=sum(number for event, by, number in counted if _fits(event, by, filters)),
        things=things,
        actors=frozenset(by or 0 for _, by, _ in counted),
    )


def _narrowed(every: Subquery, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the same as `_fits` decides, in SQL."""
    found: list[ColumnElement[bool]] = []
    if filters.thing is not None:
        names = sorted(event for event, thing in THINGS.items() if thing is filters.thing)
        found.append(every.c.event.in_(names))
    if filters.actor_id is not None:
        found.append(func.coalesce(every.c.actor_id, 0) == filters.actor_id)
    return found


def _fits(event: str, actor_id: int | None, filters: Filters) -> bool:
    if filters.thing is not None and THINGS.get(event) is not filters.thing:
        return False
    return filters.actor_id is None or (actor_id or 0) == filters.actor_id


def _every(
    session: ReadSession, challenge: Challenge, *, actor: Actor, now: datetime
) -> CompoundSelect[int, str, int | None]:
    """Return id, event and actor of every row of the case.

    One part for each kind of subject, each found by the journal's index: one condition over all of
    them would make PostgreSQL read the whole journal.
    """
    is_opened = challenge.opened_at is not None and challenge.opened_at <= now
    trials = pilots.ids_of_challenges(session, [challenge.id]) if is_opened else []
    held_for = [("challenge", challenge.id), *(("pilot", number) for number in trials)]
    parts = [
        _subject("challenge", select(Challenge.id).where(Challenge.id == challenge.id)),
        _subject("question", select(Question.id).where(Question.challenge_id == challenge.id)),
        _subject("invitation", _invitations(held_for)),
        _subject("person", _holders(held_for)).where(_names(held_for)),
    ]
    if is_opened:
        own = Application.challenge_id == challenge.id
        late = select(LateCode.id).where(LateCode.challenge_id == challenge.id)
        tried = select(Pilot.id).where(Pilot.id.in_(trials), pilots.visible_to(actor))
        parts += [
            _subject("application", select(Application.id).where(own, readable_to(actor))),
            _subject("late_code", late),
            _subject("pilot", tried),
        ]
    return union_all(*parts)


def _subject(kind: str, ids: Select[int]) -> Select[int, str, int | None]:
    return select(JournalRow.id, JournalRow.event, JournalRow.actor_id).where(
        JournalRow.subject_kind == kind, JournalRow.subject_id.in_(ids)
    )


HeldFor = Collection[tuple[str, int]]
"""Objects of roles, as (kind, id)."""


def _invitations(held_for: HeldFor) -> Select[int]:
    return select(Invitation.id).where(
        or_(*(_is(Invitation.object_kind, Invitation.object_id, one) for one in held_for))
    )


def _holders(held_for: HeldFor) -> Select[int]:
    return select(RoleRow.person_id).where(
        or_(*(_is(RoleRow.object_kind, RoleRow.object_id, one) for one in held_for))
    )


def _is(
    kind: ColumnElement[str] | Any, number: ColumnElement[int] | Any, one: tuple[str, int]
) -> ColumnElement[bool]:
    return and_(kind == one[0], number == one[1])


def _names(held_for: HeldFor) -> ColumnElement[bool]:
    """True for giving and ending a role for these very objects; data is JSON with sorted keys."""
    data = type_coerce(JournalRow.data, Text)
    likes = [
        data.like(f'%"object_id":{number},"object_kind":"{kind}"%') for kind, number in held_for
    ]
    return JournalRow.event.in_(("RoleGiven", "RoleEnded")) & or_(*likes)


def _hashes(session: ReadSession, ids: set[int]) -> dict[int, str]:
    found = select(JournalRow.id, JournalRow.hash).where(JournalRow.id.in_(ids))
    return dict(session.execute(found).all())


def _is_whole(row: JournalRow, before: dict[int, str]) -> bool:
    """True when neither the row nor the link to the one before it was changed."""
    return row.hash == row_hash(row) and row.previous_hash == before.get(row.id - 1, GENESIS)


def applications_of(session: ReadSession, ids: Collection[int]) -> dict[int, Subject]:
    """Return what people quote of these applications, and where staff and auditors read them."""
    found = select(Application.id, Application.reference, Application.public_id).where(
        Application.id.in_(ids)
    )
    return {row[0]: Subject(row[1], f"/triage/{row[2]}") for row in session.execute(found)}


def pilots_of(session: ReadSession, ids: Collection[int]) -> dict[int, Subject]:
    found = select(Pilot.id, Pilot.title, Pilot.public_id).where(Pilot.id.in_(ids))
    return {row[0]: Subject(row[1], f"/pilots/{row[2]}") for row in session.execute(found)}


def decision_paths(session: ReadSession, challenge: Challenge) -> dict[int, str]:
    """Return where each decision of the case is read, by its number."""
    found = select(Decision.number, Decision.public_id).where(Decision.challenge_id == challenge.id)
    return {row[0]: f"/decisions/{row[1]}" for row in session.execute(found)}


def letter_paths(session: ReadSession, ids: Collection[int]) -> dict[int, str]:
    """Return where released letters are read, by id; the others are read by nobody else yet."""
    found = select(Letter.id, Letter.public_id).where(
        Letter.id.in_(ids), Letter.released_at.is_not(None)
    )
    return {row[0]: f"/letters/{row[1]}" for row in session.execute(found)}


def people_of(session: ReadSession, ids: Collection[int]) -> list[Person]:
    """Return the people of a case, by name."""
    found = select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id)
    return list(session.scalars(found))


def person_id(session: ReadSession, public_id: str) -> int:
    """Return the id of the person whom an address names, -1 where there is none."""
    found = session.scalars(select(Person.id).where(Person.public_id == public_id)).first()
    return -1 if found is None else found
