"""Who sits on a jury, what they declared, and which applications are closed to whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import field
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Access, Application, How, Partner, PartnerState
from govmatch.applications.rules import firms_in
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.organisations.names import name_key
from govmatch.reviews import rules
from govmatch.reviews.models import Conflict, ConflictKind, Declaration, Tie
from govmatch.reviews.queries.conflicts import HOLDS


@dataclass(frozen=True)
class Juror:
    """Somebody on a jury; `declared_at` is None until conflicts were declared."""

    person: Person
    roles: tuple[str, ...]
    declared_at: datetime | None


def jury(session: ReadSession, challenge: Challenge, *, now: datetime) -> list[Juror]:
    """Return who sits on the jury and can sign in, by name; `now` is the machine's time."""
    rows = accounts.holders(session, "challenge", challenge.id, now=now, roles=rules.JURY)
    found = select(Declaration.person_id, Declaration.at)
    declared = dict(session.execute(found.where(Declaration.challenge_id == challenge.id)).all())
    by_person: dict[int, list[RoleRow]] = defaultdict(list)
    for row in rows:
        if row.person.disabled_at is None:
            by_person[row.person_id].append(row)
    return [
        Juror(held[0].person, tuple(row.role for row in held), declared.get(person_id))
        for person_id, held in by_person.items()
    ]


def own_juries(session: ReadSession, actor: Actor) -> list[Challenge]:
    """Return the challenges on whose jury the actor sits, with their texts, by deadline."""
    found = select(Challenge).where(Challenge.id.in_(sorted(rules.jury_of(actor))))
    ordered = found.order_by(Challenge.closes, Challenge.id)
    terms = (joinedload(Challenge.programme), joinedload(Challenge.version))
    return list(session.scalars(ordered.options(selectinload(Challenge.texts), *terms)))


def declaration_of(
    session: ReadSession, challenge_id: int, person_id: int | None
) -> Declaration | None:
    found = select(Declaration).where(
        Declaration.challenge_id == challenge_id, Declaration.person_id == person_id
    )
    return session.scalars(found).first()


def declared_among(
    session: ReadSession, challenge_ids: Collection[int], person_ids: Collection[int]
) -> set[tuple[int, int]]:
    """Return every (challenge, person) where the person declared their conflicts."""
    found = select(Declaration.challenge_id, Declaration.person_id).where(
        Declaration.challenge_id.in_(sorted(challenge_ids)),
        Declaration.person_id.in_(sorted(person_ids)),
    )
    return set(session.execute(found))


def ties_of(session: ReadSession, declaration: Declaration) -> list[Firm]:
    """Return the firms that were named, by name."""
    found = select(Firm).join(Tie, Tie.firm_id == Firm.id)
    named = found.where(Tie.declaration_id == declaration.id)
    return list(session.scalars(named.order_by(Firm.name_key, Firm.id)))


def listed_firms(session: ReadSession, slugs: Collection[str]) -> list[Firm]:
    """Return the firms of these addresses in the directory, by name."""
    found = select(Firm).where(Firm.slug.in_(slugs), Firm.is_public, Firm.closed_at.is_(None))
    return list(session.scalars(found.order_by(Firm.name_key, Firm.id)))


def firms_called(session: ReadSession, lines: Iterable[str]) -> list[Firm]:
    """Return every open firm, listed or not, whose whole name stands on one of the lines.

    For closing applications to whoever wrote the lines, and for nothing that is shown: a firm that
    is not listed must not be found by asking.
    """
    keys = {key for line in lines if (key := name_key(line))}
    if not keys:
        return []
    return list(session.scalars(select(Firm).where(Firm.name_key.in_(sorted(keys)))))


@dataclass
class Closed:
    """For some people and applications: what is closed to whom, and why it will be.

    `known` are those already closed; `by_tie` and `by_membership` those that have to be.
    """

    known: set[tuple[int, int]] = field(default_factory=set)
    by_tie: set[tuple[int, int]] = field(default_factory=set)
    by_membership: set[tuple[int, int]] = field(default_factory=set)

    def __contains__(self, pair: tuple[int, int]) -> bool:
        """Tell of (application, person) whether it is closed or has to be."""
        return pair in self.known or pair in self.by_tie or pair in self.by_membership


def closed_among(
    session: ReadSession,
    applications: Collection[Application],
    person_ids: Collection[int],
    *,
    now: datetime,
) -> Closed:
    """Return what is closed between these applications and people; three statements.

    `now` is the machine's time: a membership closes while it is in force.
    """
    found = Closed()
    ids = sorted(one.id for one in applications)
    people = sorted(person_ids)
    if not ids or not people:
        return found
    found.known = _known(session, ids, people)
    tied = _tied(session, applications, people)
    members = members_among(session, applications, people, now=now)
    for one in applications:
        for person_id in people:
            for firm_id in firms_in(one):
                if (one.challenge_id, person_id, firm_id) in tied:
                    found.by_tie.add((one.id, person_id))
                if (person_id, firm_id) in members:
                    found.by_membership.add((one.id, person_id))
    return found


def _known(session: ReadSession, ids: list[int], people: list[int]) -> set[tuple[int, int]]:
    conflicts = select(Conflict.application_id, Conflict.person_id).where(
        Conflict.application_id.in_(ids), Conflict.person_id.in_(people), HOLDS
    )
    closed = select(Access.application_id, Access.person_id).where(
        Access.application_id.in_(ids), Access.person_id.in_(people), Access.how == How.CLOSED
    )
    return set(session.execute(conflicts.union(closed)))


def _tied(
    session: ReadSession, applications: Collection[Application], people: list[int]
) -> set[tuple[int, int, int]]:
    found = (
        select(Declaration.challenge_id, Declaration.person_id, Tie.firm_id)
        .join(Tie, Tie.declaration_id == Declaration.id)
        .where(
            Declaration.challenge_id.in_(sorted({one.challenge_id for one in applications})),
            Declaration.person_id.in_(people),
        )
    )
    return set(session.execute(found))


def members_among(
    session: ReadSession,
    applications: Collection[Application],
    people: Collection[int],
    *,
    now: datetime,
) -> set[tuple[int, int]]:
    """Return every (person, firm) where the person belongs to a firm that applied, or a partner.

    `now` is the machine's time.
    """
    found = select(RoleRow.person_id, RoleRow.object_id).where(
        RoleRow.object_kind == "firm",
        RoleRow.object_id.in_(sorted({firm for one in applications for firm in firms_in(one)})),
        RoleRow.person_id.in_(people),
        _lasts(RoleRow.until, now),
    )
    return set(session.execute(found))


@dataclass(frozen=True, slots=True)
class Closing:
    """An application that has to be closed to a person, and why."""

    application: Application
    person_id: int
    kind: ConflictKind


def to_close(session: ReadSession, *, now: datetime, most: int) -> list[Closing]:
    """Return what ties and memberships of jurors close and nobody has closed yet.

    Drafts and sealed applications too: they must be closed at the very moment of the opening.
    `now` is the machine's time.
    """
    by_tie = (
        select(Application, Declaration.person_id)
        .join(Declaration, Declaration.challenge_id == Application.challenge_id)
        .join(Tie, (Tie.declaration_id == Declaration.id) & _takes_part(Tie.firm_id))
        .where(~_is_noted(Declaration.person_id))
        .limit(most)
    )
    juror, member = aliased(RoleRow), aliased(RoleRow)
    by_membership = (
        select(Application, juror.person_id)
        .join(juror, juror.object_id == Application.challenge_id)
        .join(member, _takes_part(member.object_id))
        .where(
            juror.object_kind == "challenge", juror.role.in_(rules.JURY), _lasts(juror.until, now)
        )
        .where(member.object_kind == "firm", _lasts(member.until, now))
        .where(member.person_id == juror.person_id, ~_is_noted(juror.person_id))
        .limit(most)
    )
    found = [
        Closing(application, person_id, kind)
        for kind, statement in (
            (ConflictKind.DECLARED, by_tie),
            (ConflictKind.MEMBER, by_membership),
        )
        for application, person_id in session.execute(statement)
    ]
    once = {(one.application.id, one.person_id): one for one in reversed(found)}
    return list(once.values())


def _takes_part(firm_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """True of a firm that leads an application, or is a partner that agreed."""
    partner = exists().where(
        Partner.application_id == Application.id,
        Partner.firm_id == firm_id,
        Partner.state == PartnerState.ACCEPTED,
    )
    return or_(firm_id == Application.firm_id, partner.correlate_except(Partner))


def _is_noted(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    known = select(Conflict.id).where(
        Conflict.application_id == Application.id, Conflict.person_id == person_id, HOLDS
    )
    return known.exists()


def _lasts(until: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    return or_(until.is_(None), until > now)
