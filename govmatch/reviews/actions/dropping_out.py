"""Somebody of the jury drops out: what they had still to do is taken back at once."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.reviews import events, rules
from govmatch.reviews.actions.assigning import set_aside, unassign
from govmatch.reviews.models import State
from govmatch.reviews.queries.proposing import open_reviews_of


def drop_out(
    session: Session,
    challenge: Challenge,
    person_id: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Take back everything that somebody has still to do here; return how many reviews.

    What was not begun is unassigned, what was is set aside and kept; what was submitted counts on.
    The applications lack reviews then, which a proposal finds others for. Raises `Conflict` where
    there is nothing to take back.
    """
    require(rules.may_assign(actor, challenge))
    if not reason:
        raise Invalid({"drop_reason": msg("Please fill in this field.")})
    reviews = open_reviews_of(session, challenge, person_id)
    if not reviews:
        raise Conflict(msg("This person has nothing left to do here."))
    for review in reviews:
        if review.state == State.ASSIGNED:
            unassign(session, review, actor=actor, now=now)
        else:
            set_aside(session, review, reason, actor=actor, now=now)
    event = events.ReviewerWithdrawn(challenge.id, person_id=person_id)
    journal.record(session, event, actor=actor, now=now)
    return len(reviews)
