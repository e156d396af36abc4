"""A second person confirms a decision, or returns it with remarks."""

from datetime import datetime

from govmatch.applications.models import State as Applied
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.holding import happened, hold, move
from govmatch.decisions.actions.proposing import thaw
from govmatch.decisions.events import DecisionConfirmed, DecisionReturned
from govmatch.decisions.models import Decision, Determination, Kind, Outcome, State
from govmatch.decisions.standing import DECIDABLE
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import msg

MAX_REMARKS = 4_000

FITS: dict[Outcome, frozenset[Applied]] = {
    Outcome.SELECTED: DECIDABLE | {Applied.RESERVE},
    Outcome.RESERVE: DECIDABLE,
    Outcome.NOT_SELECTED: DECIDABLE,
    Outcome.INELIGIBLE: frozenset({Applied.INELIGIBLE}),
    Outcome.WITHDRAWN: frozenset({Applied.WITHDRAWN}),
    Outcome.ENDED: frozenset(Applied) - {Applied.DRAFT},
}
"""The states in which an application can still be told each outcome."""


def confirm(
    session: Session,
    decision: Decision,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Confirm the decision as it stands, so that its letters may go out.

    Refused to whoever prepared or proposed it, and to whoever reviewed. Raises `Conflict` where
    reviews or applications have changed since the proposal.
    """
    hold(session, decision, revision=revision)
    require(
        rules.may_confirm(
            actor,
            decision,
            own_approvers=queries.own_approvers(session, decision.challenge, now=real_now),
            reviewers=queries.reviewers_of(session, decision.challenge),
        )
    )
    require_unconflicted(session, decision, actor=actor)
    require_current(session, decision)
    move(decision, State.CONFIRMED, now=now)
    decision.confirmed_by, decision.confirmed_at = actor.person_id, now
    more = {"revision": decision.revision}
    happened(session, decision, DecisionConfirmed, actor=actor, now=now, more=more)


def return_(
    session: Session,
    decision: Decision,
    *,
    remarks: str,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Send it back to be changed, with remarks that say what; refused without remarks."""
    hold(session, decision, revision=revision)
    require(
        rules.may_return(
            actor,
            decision,
            own_approvers=queries.own_approvers(session, decision.challenge, now=real_now),
            reviewers=queries.reviewers_of(session, decision.challenge),
        )
    )
    said = remarks.strip()
    if not said:
        raise Invalid({"remarks": msg("Please say what should be changed.")})
    if len(said) > MAX_REMARKS:
        raise Invalid({"remarks": msg("At most {limit} characters fit here.", limit=MAX_REMARKS)})
    was = move(decision, State.RETURNED, now=now)
    decision.remarks = said
    decision.confirmed_by = decision.confirmed_at = None
    thaw(session, decision, actor=actor, now=now)
    more = {"from_state": was.value}
    happened(session, decision, DecisionReturned, actor=actor, now=now, more=more)


def require_unconflicted(session: Session, decision: Decision, *, actor: Actor) -> None:
    """Go on where no application of the challenge is closed to the actor."""
    if queries.is_conflicted(session, actor, decision.challenge):
        raise NotAllowed(
            msg("You have a conflict of interest in this challenge, so others decide.")
        )


def require_current(session: Session, decision: Decision) -> dict[int, Determination]:
    """Return the lines of a decision where everything is as it was proposed.

    Raises `Conflict` where an application was withdrawn or moved since, or where a review that
    counted was set aside: then the decision is returned, and proposed anew.
    """
    said = queries.determinations_of(session, decision)
    moved = any(one.application.state not in FITS[Outcome(one.outcome)] for one in said.values())
    if moved or _is_short(session, decision, said):
        raise Conflict(
            msg(
                "An application was withdrawn or changed since the proposal. Return it, so that it "
                "is proposed anew."
            )
        )
    if decision.kind == Kind.SELECTION and _has_other_means(session, decision, said):
        raise Conflict(
            msg(
                "The reviews that count have changed since the proposal. Return it, so that it is "
                "proposed anew."
            )
        )
    return said


def _is_short(session: Session, decision: Decision, said: dict[int, Determination]) -> bool:
    """True where somebody who has to get a letter has no line."""
    if decision.kind == Kind.SUCCESSION:
        return False
    if decision.kind == Kind.ENDING and decision.challenge.opened_at is None:
        return False
    waiting = queries.without_letter(session, decision.challenge)
    return any(one.id not in said for one in waiting)


def _has_other_means(session: Session, decision: Decision, said: dict[int, Determination]) -> bool:
    now = {one.application.id: one for one in queries.standings_of(session, decision.challenge)}
    return any(
        number in now and (now[number].mean, now[number].count) != (line.mean, line.reviews)
        for number, line in said.items()
    )
