"""The proposal of a challenge: what it was asked of, what stands in it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.reviews.models import Review, State
from govmatch.reviews.proposal_models import Expertise, Proposal, Proposed
from govmatch.reviews.queries.assigning import Outcome, Plan, preview
from govmatch.reviews.queries.expertise import expertise_among, in_hand
from govmatch.reviews.queries.jury import Juror, jury

COUNTED = frozenset({State.ASSIGNED, State.DRAFT, State.SUBMITTED})
"""What an application has of the reviews that it should have."""


def proposal_of(session: ReadSession, challenge: Challenge) -> Proposal | None:
    """Return what was asked for and is neither taken over nor dropped."""
    return session.scalars(select(Proposal).where(Proposal.challenge_id == challenge.id)).first()


def proposal_by_id(session: ReadSession, number: object) -> Proposal | None:
    return session.get(Proposal, number)


def proposed_in(session: ReadSession, proposal: Proposal) -> list[Proposed]:
    """Return what stands in a proposal, application by application."""
    found = select(Proposed).where(Proposed.proposal_id == proposal.id)
    return list(session.scalars(found.order_by(Proposed.application_id, Proposed.person_id)))


def applications_in(session: ReadSession, ids: Collection[int]) -> list[Application]:
    """Return these applications by alias, with firm and challenge."""
    found = (
        select(Application)
        .where(Application.id.in_(sorted(ids)))
        .options(
            joinedload(Application.firm),
            joinedload(Application.challenge).selectinload(Challenge.texts),
            joinedload(Application.challenge).selectinload(Challenge.terms),
        )
        .order_by(Application.alias, Application.id)
    )
    return list(session.scalars(found))


def counting_versions(
    session: ReadSession, applications: Sequence[Application]
) -> dict[int, Version]:
    """Return what was submitted last of each application, by its id; one statement."""
    found = (
        select(Version)
        .join(Application, Application.id == Version.application_id)
        .where(
            Application.id.in_(sorted(one.id for one in applications)),
            Version.number == Application.current_version,
        )
    )
    return {one.application_id: one for one in session.scalars(found)}


@dataclass(frozen=True)
class Pool:
    """Everything that a proposal is made of.

    `plan` says of each pair whether it can be. `loads` are reviews in hand by person, `given` how
    many each application has already.
    """

    applications: list[Application]
    jurors: list[Juror]
    expertise: dict[int, Expertise]
    loads: dict[int, int]
    given: dict[int, int]
    plan: Plan

    @property
    def allowed(self) -> set[tuple[int, int]]:
        """Each (application, person) that can be: no conflict, not even a suspected one."""
        return {(one.application.id, one.person.id) for one in self.plan.new}


def pool_of(session: ReadSession, proposal: Proposal, *, now: datetime) -> Pool:
    """Return what a proposal is made of as it is now; `now` is the machine's time."""
    applications = applications_in(session, proposal.application_ids)
    challenge = session.get_one(Challenge, proposal.challenge_id)
    jurors = jury(session, challenge, now=now)
    people = [one.person for one in jurors]
    ids, numbers = [one.id for one in applications], [one.id for one in people]
    return Pool(
        applications,
        jurors,
        expertise_among(session, numbers),
        in_hand(session, numbers),
        _given(session, ids),
        preview(session, applications, people, now=now),
    )


def _given(session: ReadSession, ids: Collection[int]) -> dict[int, int]:
    found = select(Review.application_id).where(
        Review.application_id.in_(sorted(ids)), Review.state.in_(sorted(COUNTED))
    )
    return Counter(session.scalars(found))


def reviewers_by_application(session: ReadSession, ids: Collection[int]) -> dict[int, list[int]]:
    """Return who reviews each application already, by person id."""
    found = (
        select(Review.application_id, Review.person_id)
        .where(Review.application_id.in_(sorted(ids)), Review.state.in_(sorted(COUNTED)))
        .order_by(Review.id)
    )
    people: dict[int, list[int]] = defaultdict(list)
    for application_id, person_id in session.execute(found):
        people[application_id].append(person_id)
    return people


def refusal(plan: Plan) -> Outcome | None:
    """Return why the one pair of a plan cannot be, None where it can."""
    (pair,) = plan.pairs
    return None if pair.outcome is Outcome.NEW else pair.outcome


def open_reviews_of(session: ReadSession, challenge: Challenge, person_id: int) -> list[Review]:
    """Return what somebody still has to do in a challenge, begun or not."""
    found = (
        select(Review)
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.person_id == person_id,
            Review.state.in_([State.ASSIGNED, State.DRAFT]),
            Review.frozen_at.is_(None),
        )
        .options(joinedload(Review.application).joinedload(Application.challenge),
                 selectinload(Review.scores))
        .order_by(Review.id)
    )  # fmt: skip
    return list(session.scalars(found))
