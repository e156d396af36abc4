"""Decisions of a challenge, what they say of each application, and what reviews they rest on."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from govmatch.applications.models import Access, Application, How
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import is_opened
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import get_visible
from govmatch.decisions import rules
from govmatch.decisions.models import Decision, Determination, Kind, Outcome
from govmatch.decisions.queries.people import approvers_left
from govmatch.decisions.standing import Choice, Standing, standings
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.i18n import msg
from govmatch.panels.queries import ranking
from govmatch.reviews.models import Review, Score
from govmatch.reviews.models import State as Reviewed
from govmatch.triage.models import GateRuling

_REVIEWED = (Reviewed.DRAFT.value, Reviewed.SUBMITTED.value, Reviewed.WITHDRAWN.value)


def readers_challenge(
    session: ReadSession, actor: Actor, slug: str, *, now: datetime, real_now: datetime
) -> Challenge:
    """Return a challenge whose decisions the actor reads; raises `NotFound` for every other.

    Raises `NotAllowed` for who has a conflict of interest with one of its applications.
    """
    challenge = get_visible(session, actor=actor, now=now, slug=slug)
    _guard(session, actor, challenge, real_now=real_now)
    return challenge


def find_decision(
    session: ReadSession, actor: Actor, public_id: str, *, real_now: datetime
) -> Decision:
    """Return a decision that the actor reads, with its challenge; raises as above."""
    found = (
        select(Decision)
        .join(Decision.challenge)
        .options(
            contains_eager(Decision.challenge).options(
                joinedload(Challenge.authority),
                joinedload(Challenge.programme),
                joinedload(Challenge.version),
                selectinload(Challenge.texts),
            )
        )
        .where(Decision.public_id == public_id)
    )
    decision = session.scalars(found).first()
    if decision is None:
        raise NotFound
    _guard(session, actor, decision.challenge, real_now=real_now)
    return decision


def _guard(session: ReadSession, actor: Actor, challenge: Challenge, *, real_now: datetime) -> None:
    steps_in = bool(actor.objects("programme")) and not approvers_left(
        session, challenge, barred=_barred(session, challenge), real_now=real_now
    )
    if not rules.is_reader(actor, challenge, steps_in=steps_in):
        raise NotFound
    if is_conflicted(session, actor, challenge):
        raise NotAllowed(
            msg("You have a conflict of interest in this challenge, so others decide.")
        )


def _barred(session: ReadSession, challenge: Challenge) -> frozenset[int]:
    """Return everybody who prepared one of its decisions or reviewed for it."""
    prepared = [rules.prepared(one) for one in decisions_of(session, challenge)]
    return frozenset().union(*prepared, reviewers_of(session, challenge))


def is_conflicted(session: ReadSession, actor: Actor, challenge: Challenge) -> bool:
    """True where an application of the challenge is closed to the actor."""
    return actor.person_id is not None and has_conflict(session, actor.person_id, challenge)


def has_conflict(session: ReadSession, person_id: int, challenge: Challenge) -> bool:
    """True where an application of the challenge is closed to a person."""
    found = (
        select(Access.id)
        .join(Application, Application.id == Access.application_id)
        .where(
            Application.challenge_id == challenge.id,
            Access.person_id == person_id,
            Access.how == How.CLOSED,
        )
    )
    return session.execute(found.limit(1)).first() is not None


def decisions_of(session: ReadSession, challenge: Challenge) -> list[Decision]:
    """Return every decision of a challenge, the first one first."""
    found = select(Decision).where(Decision.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(Decision.number)))


def selection_of(session: ReadSession, challenge: Challenge) -> Decision | None:
    found = select(Decision).where(
        Decision.challenge_id == challenge.id, Decision.kind == Kind.SELECTION
    )
    return session.scalars(found).first()


def decision_of(session: ReadSession, challenge: Challenge, number: int) -> Decision | None:
    found = select(Decision).where(Decision.challenge_id == challenge.id, Decision.number == number)
    return session.scalars(found).first()


def determinations_of(session: ReadSession, decision: Decision) -> dict[int, Determination]:
    """Return what a decision says, by application id; the applications and firms are loaded."""
    found = (
        select(Determination)
        .join(Determination.application)
        .options(contains_eager(Determination.application).joinedload(Application.firm))
        .where(Determination.decision_id == decision.id)
        .order_by(Determination.id)
        .execution_options(populate_existing=True)
    )
    return {one.application_id: one for one in session.scalars(found)}


def opened_applications(session: ReadSession, challenge: Challenge) -> list[Application]:
    """Return what the opening found, withdrawn later or not; nothing before it."""
    if challenge.opened_at is None:
        return []
    found = (
        select(Application)
        .options(joinedload(Application.firm))
        .where(Application.challenge_id == challenge.id, Application.state != Applied.DRAFT)
        .order_by(Application.alias, Application.id)
        .execution_options(populate_existing=True)
    )
    return [one for one in session.scalars(found) if is_opened(one)]


def standings_of(session: ReadSession, challenge: Challenge) -> list[Standing]:
    """Return the ranking of what can be decided on, as reviews and consensus are now."""
    return standings(ranking(session, challenge))


def unsettled(applications: Collection[Application]) -> int:
    """Return how many still wait for the formal check."""
    return sum(one.state in {Applied.SUBMITTED, Applied.INCOMPLETE} for one in applications)


def own_choices(determinations: dict[int, Determination]) -> dict[int, Choice]:
    return {
        number: Choice(Outcome(one.outcome), one.reserve_place)
        for number, one in determinations.items()
    }


def reviewers_of(session: ReadSession, challenge: Challenge) -> frozenset[int]:
    """Return who gave points to an application of the challenge, set aside or not."""
    found = (
        select(Review.person_id)
        .join(Review.application)
        .where(Application.challenge_id == challenge.id, Review.state.in_(_REVIEWED))
    )
    return frozenset(session.scalars(found.distinct()))


def wordings(session: ReadSession, challenge: Challenge) -> dict[int, dict[str, str]]:
    """Return by application what reviewers wrote for the firm, by criterion; "" is the whole.

    Of submitted reviews alone, and never a private note; several comments follow each other in an
    order that does not name who wrote them. For what is ineligible, the requirements not met.
    """
    about: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    scored = (
        select(Review.application_id, Score.criterion, Score.comment)
        .join(Score, Score.review_id == Review.id)
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.state == Reviewed.SUBMITTED,
            Score.comment != "",
        )
    )
    whole = (
        select(Review.application_id, Review.comment)
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.state == Reviewed.SUBMITTED,
            Review.comment != "",
        )
    )
    unmet = (
        select(GateRuling.application_id, GateRuling.evidence)
        .join(Application, Application.id == GateRuling.application_id)
        .where(
            Application.challenge_id == challenge.id,
            Application.state == Applied.INELIGIBLE,
            GateRuling.is_met.is_(False),
        )
    )
    for application_id, criterion, comment in session.execute(scored):
        about[application_id][criterion].append(comment.strip())
    for statement in (whole, unmet):
        for application_id, comment in session.execute(statement):
            about[application_id][""].append(comment.strip())
    return {
        number: {key: "\n\n".join(sorted(filter(None, texts))) for key, texts in found.items()}
        for number, found in about.items()
    }
