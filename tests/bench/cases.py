"""Challenges whose applications were opened, and the people who work on them; in bulk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select, update

from govmatch.accounts.actions import create_person, give_role, open_session
from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.challenges.models import Challenge, State
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Base, Session
from govmatch.kit.ids import ALPHABET
from govmatch.organisations.models import Authority, Firm
from govmatch.programmes.models import Programme
from govmatch.reviews.models import Declaration
from govmatch.triage.models import Opening
from tests.bench.texts import Texts

JURY = 7
EACH = 5
"""How many of a jury review an application."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is made: `big` applications in each of the `told` cases and in the judged one."""

    applications: int
    cases: int
    pilots: int
    told: int = 0
    big: int = 200
    pilots_each: int = 3


@dataclass(slots=True)
class Entry:
    """One application, as much of it as later rows refer to."""

    id: int
    public_id: str
    state: str
    firm_id: int
    by: int
    submitted_at: datetime
    content_hash: str
    reviews: list[tuple[int, int, str]] = field(default_factory=list)
    """(review, person, state)"""
    letter: int = 0
    pilot: int = 0


@dataclass
class Case:
    """One opened challenge; `is_big` are those told and the judged one."""

    id: int
    slug: str
    authority_id: int
    stage: State
    closes: datetime
    opened_at: datetime
    currency: str
    size: int
    is_big: bool
    jury: list[int]
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Who acts in the cases: ids of people."""

    manager: int
    second: int
    approver: int
    auditor: int
    reviewers: list[int]
    of_firms: dict[int, int]
    """Somebody of each firm."""


def next_id(session: Session, model: type[Base]) -> int:
    """Return the first free id of a table."""
    column: Any = model.__table__.c.id
    return (session.execute(select(func.max(column))).scalar() or 0) + 1


def key(texts: Texts) -> str:
    """Return a made-up public id."""
    return "".join(texts.dice.choices(ALPHABET, k=12))


def add_desk(session: Session, size: Size, texts: Texts, *, now: datetime) -> Desk:
    """Add those who run, approve, audit and review, and somebody of each firm."""
    programme = session.scalars(select(Programme.id).where(Programme.slug == "govtech")).one()
    made = [
        create_person(
            session, address=f"{name}@office.example", name=f"{name.title()} Bench", lang="en",
            actor=VISITOR, now=now, real_now=now,
        )
        for name in ("mara", "sven", "agda", "judit")
    ]  # fmt: skip
    mara, sven, agda, judit = made
    roles = [(mara, Role.MANAGER, "programme", programme)]
    roles += [(sven, Role.MANAGER, "programme", programme), (judit, Role.AUDITOR, "site", 0)]
    authorities = session.scalars(select(Authority.id)).all()
    roles += [(agda, Role.APPROVER, "authority", one) for one in authorities]
    for person, role, kind, number in roles:
        give_role(session, person, role, kind, number, actor=VISITOR, now=now, real_now=now)
    firms = session.scalars(select(Firm.id).order_by(Firm.id)).all()
    first = next_id(session, Person)
    reviewers = list(range(first, first + max(JURY, size.cases * 3 // 2)))
    members = dict(zip(firms, count(reviewers[-1] + 1), strict=False))
    everybody = [_person(n, texts, now) for n in (*reviewers, *members.values())]
    session.execute(insert(Person), everybody)
    held = [_role(person, "lead", "firm", firm, now) for firm, person in members.items()]
    session.execute(insert(RoleRow), held)
    return Desk(mara.id, sven.id, agda.id, judit.id, reviewers, members)


def _person(number: int, texts: Texts, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "public_id": key(texts),
        "email": f"person-{number}@office.example",
        "name": f"Person {number}",
        "lang": texts.dice.choice(("en", "de", "da")),
        "salt": key(texts),
        "created_at": now - timedelta(days=400),
        "verified_at": now - timedelta(days=400),
    }


def _role(person: int, role: str, kind: str, number: int, now: datetime) -> dict[str, Any]:
    since = now - timedelta(days=300)
    return {
        "person_id": person, "role": role, "object_kind": kind, "object_id": number, "since": since,
    }  # fmt: skip


def sign_in(session: Session, person_id: int, *, now: datetime) -> str:
    """Return the token of a session with the second factor given."""
    return open_session(
        session,
        session.get_one(Person, person_id),
        way="bench",
        user_agent="bench",
        session_days=14,
        with_factor=True,
        actor=VISITOR,
        now=now,
        real_now=now,
    ).token


def open_cases(
    session: Session, size: Size, desk: Desk, texts: Texts, *, now: datetime
) -> list[Case]:
    """Open the oldest challenges, each at its stage, with a jury that declared its ties."""
    oldest = select(Challenge).order_by(Challenge.closes, Challenge.id).limit(size.cases)
    rows = session.scalars(oldest).all()
    cases = [_case(row, place, size, desk, texts, now) for place, row in enumerate(rows)]
    changed = [_opened(one) for one in cases]
    session.execute(update(Challenge), changed)
    seats = [(one, person) for one in cases for person in one.jury]
    session.execute(
        insert(RoleRow),
        [_role(person, "reviewer", "challenge", one.id, one.closes) for one, person in seats],
    )
    session.execute(insert(Opening), [_opening(one, desk) for one in cases])
    declared = timedelta(days=1)
    session.execute(
        insert(Declaration),
        [
            {"challenge_id": one.id, "person_id": person, "at": one.opened_at + declared}
            for one, person in seats
        ],
    )
    session.expire_all()
    return cases


def _case(row: Challenge, place: int, size: Size, desk: Desk, texts: Texts, now: datetime) -> Case:
    big = size.told + 1
    is_big = place < big
    share, more = divmod(size.applications - size.big * big, max(1, size.cases - big))
    closes = now.replace(microsecond=0) - timedelta(days=60 + place % 300, minutes=place)
    jury = texts.dice.sample(desk.reviewers, k=JURY)
    if place == size.told:
        # Whoever is measured reading is on the judged one's jury.
        jury = [desk.reviewers[0], *(one for one in jury if one != desk.reviewers[0])][:JURY]
    return Case(
        id=row.id,
        slug=row.slug,
        authority_id=row.authority_id,
        stage=_stage(place - big, size),
        closes=closes,
        opened_at=closes + timedelta(days=1),
        currency=row.currency,
        size=size.big if is_big else share + (place - big < more),
        is_big=is_big,
        jury=jury,
    )


def _stage(place: int, size: Size) -> State:
    """Return where a case stands; those with pilots come first, the big ones (below 0) wait."""
    with_pilots = size.pilots // size.pilots_each
    if 0 <= place < with_pilots:
        return State.COMPLETED if place % 10 > 6 else State.PILOTING
    if with_pilots <= place < with_pilots + 12:
        return State.DECIDED
    return State.IN_SELECTION


def _opened(one: Case) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.stage.value,
        "published_at": one.closes - timedelta(days=50),
        "opens": one.closes - timedelta(days=42),
        "closes": one.closes,
        "questions_until": one.closes - timedelta(days=14),
        "opened_at": one.opened_at,
    }


def _opening(one: Case, desk: Desk) -> dict[str, Any]:
    return {
        "challenge_id": one.id,
        "begun_by": desk.manager,
        "begun_at": one.opened_at - timedelta(hours=2),
        "completed_by": desk.second,
        "completed_at": one.opened_at,
        "entries": one.size,
    }
