"""Proposing who reviews what: asked for, worked out, changed by hand, taken over or dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.assigning import assign
from govmatch.reviews.proposal_models import Proposal, Proposed, Stage
from govmatch.reviews.proposing import Chosen
from govmatch.reviews.queries import Plan
from govmatch.reviews.queries.proposing import applications_in, proposal_of, proposed_in

CHANGED = msg("The proposal was changed meanwhile. Please look again.")


@dataclass(frozen=True)
class Wish:
    """What is asked for: reviews for each application, and what those can take who did not say."""

    wanted: int
    most: int
    heeds_languages: bool
    seed: int
    due_at: datetime


def propose(
    session: Session,
    challenge: Challenge,
    applications: Sequence[Application],
    wish: Wish,
    *,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Ask who should review these; one that was asked for before is replaced.

    Nothing is assigned by that. Raises `Invalid` for a date that has passed.
    """
    require(rules.may_assign(actor, challenge))
    assert actor.person_id is not None
    if wish.due_at <= now:
        raise Invalid({"due": msg("Please choose a day that has not passed.")})
    _remove(session, challenge)
    proposal = Proposal(
        challenge_id=challenge.id,
        stage=Stage.ASKED.value,
        asked_by=actor.person_id,
        asked_at=now,
        application_ids=[one.id for one in applications],
        wanted=wish.wanted,
        most=wish.most,
        heeds_languages=wish.heeds_languages,
        seed=wish.seed,
        due_at=wish.due_at,
    )
    session.add(proposal)
    session.flush()
    event = events.AssignmentAsked(challenge.id, proposal_id=proposal.id)
    journal.record(session, event, actor=actor, now=now)
    return proposal


def keep_proposal(
    session: Session, proposal_id: int, chosen: Sequence[Chosen], lacking: Mapping[str, Any]
) -> None:
    """Keep what was worked out; nothing happens where it was replaced, or kept before."""
    proposal = _asked(session, proposal_id)
    if proposal is None:
        return
    session.add_all(
        Proposed(
            proposal_id=proposal.id,
            application_id=one.application,
            person_id=one.person,
            why={"knows": list(one.knows), "reads": one.lang},
        )
        for one in chosen
    )
    proposal.stage = Stage.MADE.value
    proposal.lacking = dict(lacking)
    proposal.revision += 1
    session.flush()


def fail_proposal(session: Session, proposal_id: int) -> None:
    """Note that nothing could be worked out, so that nobody waits for it."""
    proposal = _asked(session, proposal_id)
    if proposal is not None:
        proposal.stage = Stage.FAILED.value
        proposal.revision += 1


def _asked(session: Session, proposal_id: int) -> Proposal | None:
    held = select(Proposal).where(Proposal.id == proposal_id, Proposal.stage == Stage.ASKED)
    return session.scalars(held.with_for_update()).first()


def leave_out(
    session: Session,
    challenge: Challenge,
    pairs: Sequence[tuple[int, int]],
    *,
    revision: int,
    actor: Actor,
) -> int:
    """Take pairs of application and person out of the proposal; return how many."""
    proposal = _held(session, challenge, revision=revision, actor=actor)
    gone = [
        one
        for one in proposed_in(session, proposal)
        if (one.application_id, one.person_id) in pairs
    ]
    for one in gone:
        session.delete(one)
    proposal.revision += bool(gone)
    session.flush()
    return len(gone)


def put_in(
    session: Session,
    challenge: Challenge,
    application: Application,
    person: Person,
    *,
    revision: int,
    actor: Actor,
    real_now: datetime,
) -> Plan | None:
    """Add one pair by hand; return the plan that says why it cannot be, or None where it was added.

    Already there is not wrong: then nothing changes.
    """
    proposal = _held(session, challenge, revision=revision, actor=actor)
    plan = queries.preview(session, [application], [person], now=real_now)
    if not plan.new:
        return plan
    pair = (application.id, person.id)
    if pair not in {(one.application_id, one.person_id) for one in proposed_in(session, proposal)}:
        session.add(
            Proposed(
                proposal_id=proposal.id,
                application_id=application.id,
                person_id=person.id,
                is_by_hand=True,
                why={},
            )
        )
        proposal.revision += 1
        session.flush()
    return None


def take_over(
    session: Session,
    challenge: Challenge,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Plan:
    """Assign everything that stands in the proposal, at once; return what became of it.

    What is not possible any more, such as a conflict that was declared since, is left out.
    """
    proposal = _held(session, challenge, revision=revision, actor=actor)
    lines = proposed_in(session, proposal)
    pairs = {(one.application_id, one.person_id) for one in lines}
    mine = {one.id for one in queries.assignable_to(session, actor, challenge)}
    pairs = {pair for pair in pairs if pair[0] in mine}
    applications = applications_in(session, {number for number, _ in pairs})
    people = select(Person).where(Person.id.in_(sorted({person for _, person in pairs})))
    plan = assign(
        session,
        applications,
        list(session.scalars(people.order_by(Person.id))),
        due_at=proposal.due_at,
        actor=actor,
        now=now,
        real_now=real_now,
        only=pairs,
    )
    event = events.AssignmentTaken(challenge.id, proposal_id=proposal.id)
    journal.record(session, event, actor=actor, now=now)
    _remove(session, challenge)
    return plan


def drop(
    session: Session, challenge: Challenge, *, revision: int, actor: Actor, now: datetime
) -> None:
    """Throw the proposal away."""
    proposal = _held(session, challenge, revision=revision, actor=actor, waits=True)
    event = events.AssignmentDropped(challenge.id, proposal_id=proposal.id)
    journal.record(session, event, actor=actor, now=now)
    _remove(session, challenge)


def _held(
    session: Session, challenge: Challenge, *, revision: int, actor: Actor, waits: bool = False
) -> Proposal:
    """Return the proposal as the actor has seen it, and keep it from others; raises `Conflict`."""
    require(rules.may_assign(actor, challenge))
    held = select(Proposal).where(Proposal.challenge_id == challenge.id)
    proposal = session.scalars(held.with_for_update()).first()
    if proposal is None or proposal.revision != revision:
        raise Conflict(CHANGED)
    if proposal.stage != Stage.MADE and not waits:
        raise Conflict(CHANGED)
    return proposal


def _remove(session: Session, challenge: Challenge) -> None:
    kept = proposal_of(session, challenge)
    if kept is not None:
        session.execute(delete(Proposed).where(Proposed.proposal_id == kept.id))
        session.delete(kept)
        session.flush()


def reason_of(plan: Plan, words: Mapping[Any, Message]) -> Message:
    """Return in words why the one pair of a plan cannot be."""
    return words[plan.pairs[0].outcome]
