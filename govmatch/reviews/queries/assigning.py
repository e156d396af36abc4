"""What an assignment by hand would do, before and while it is done."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Application
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.reviews import rules
from govmatch.reviews.models import Review, State
from govmatch.reviews.queries.jury import Closed, closed_among
from govmatch.reviews.queries.suspicions import open_suspicions


class Outcome(StrEnum):
    """What becomes of one application and one person: only `NEW` changes something."""

    NEW = "new"
    ALREADY = "already"
    ENDED = "ended"
    """They had it and abstained, or it was set aside."""
    CONFLICT = "conflict"
    SUSPECTED = "suspected"
    """It has to be decided first whether there is a conflict."""
    NOT_ON_JURY = "not_on_jury"
    NOT_OPEN = "not_open"
    """Not opened yet, or the selection is over, or the decision is proposed."""
    NOT_IN_STATE = "not_in_state"
    """Withdrawn, ineligible or decided."""


@dataclass(frozen=True, slots=True)
class Planned:
    application: Application
    person: Person
    outcome: Outcome


@dataclass(frozen=True)
class Plan:
    """Each pair of an application and a person, and what is closed between them."""

    pairs: list[Planned]
    closed: Closed

    @property
    def new(self) -> list[Planned]:
        return [one for one in self.pairs if one.outcome is Outcome.NEW]

    def narrowed(self, only: Collection[tuple[int, int]]) -> "Plan":
        """Return these pairs of application and person alone, by their ids."""
        kept = [one for one in self.pairs if (one.application.id, one.person.id) in only]
        return Plan(kept, self.closed)

    @property
    def refused(self) -> list[Planned]:
        return [one for one in self.pairs if one.outcome is not Outcome.NEW]


def preview(
    session: ReadSession,
    applications: Sequence[Application],
    people: Sequence[Person],
    *,
    now: datetime,
) -> Plan:
    """Return what assigning these applications to these people would do, and what not and why.

    The same number of statements for any number of either. `now` is the machine's time.
    """
    ids, people_ids = {one.id for one in applications}, {one.id for one in people}
    challenges = {one.challenge_id for one in applications}
    known = _Known(
        states=_states(session, ids, people_ids),
        juries=_juries(session, challenges, people_ids, now=now),
        frozen=_frozen(session, challenges),
        closed=closed_among(session, applications, people_ids, now=now),
        suspected=open_suspicions(session, ids, people_ids),
    )
    pairs = [
        Planned(one, person, _outcome(one, person, known))
        for one in applications
        for person in people
    ]
    return Plan(pairs, known.closed)


@dataclass(frozen=True)
class _Known:
    """What decides about pairs: reviews by (application, person), juries by (challenge, person)."""

    states: dict[tuple[int, int], str]
    juries: set[tuple[int, int]]
    frozen: set[int]
    closed: Closed
    suspected: set[tuple[int, int]]


def _outcome(application: Application, person: Person, known: _Known) -> Outcome:
    challenge, pair = application.challenge, (application.id, person.id)
    is_over = challenge.opened_at is None or challenge.state != ChallengeState.IN_SELECTION
    if is_over or challenge.id in known.frozen:
        return Outcome.NOT_OPEN
    if pair in known.closed:
        return Outcome.CONFLICT
    if pair in known.states:
        return Outcome.ALREADY if known.states[pair] in _IN_HAND else Outcome.ENDED
    if pair in known.suspected:
        return Outcome.SUSPECTED
    if (challenge.id, person.id) not in known.juries or person.disabled_at is not None:
        return Outcome.NOT_ON_JURY
    return Outcome.NEW if application.state in rules.ASSIGNABLE else Outcome.NOT_IN_STATE


_IN_HAND = frozenset({State.ASSIGNED, State.DRAFT, State.SUBMITTED})


def _states(
    session: ReadSession, ids: Collection[int], people: Collection[int]
) -> dict[tuple[int, int], str]:
    found = select(Review.application_id, Review.person_id, Review.state).where(
        Review.application_id.in_(sorted(ids)), Review.person_id.in_(sorted(people))
    )
    return {(row.application_id, row.person_id): row.state for row in session.execute(found)}


def _juries(
    session: ReadSession, challenges: Collection[int], people: Collection[int], *, now: datetime
) -> set[tuple[int, int]]:
    found = select(RoleRow.object_id, RoleRow.person_id).where(
        RoleRow.object_kind == "challenge",
        RoleRow.object_id.in_(sorted(challenges)),
        RoleRow.person_id.in_(sorted(people)),
        RoleRow.role.in_(rules.JURY),
        RoleRow.since <= now,
        RoleRow.until.is_(None) | (RoleRow.until > now),
    )
    return set(session.execute(found))


def _frozen(session: ReadSession, challenges: Collection[int]) -> set[int]:
    found = (
        select(Application.challenge_id)
        .join(Review, Review.application_id == Application.id)
        .where(Application.challenge_id.in_(sorted(challenges)), Review.frozen_at.is_not(None))
    )
    return set(session.scalars(found.distinct()))
