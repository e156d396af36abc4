"""Names revealed as an act of its own, and read by whoever has declared their ties since."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from govmatch.applications.actions import access
from govmatch.applications.models import Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.declaring import close_own, declare
from govmatch.reviews.models import Review
from govmatch.reviews.reveal_models import NameReveal


def reveal(
    session: Session,
    challenge: Challenge,
    applications: Sequence[Application],
    why: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Let the names of these applications be read by whoever declares their ties from now on.

    Nobody reads one more name by this alone. Allowed to a manager of the programme until the
    decision is proposed. Raises `Invalid` without a reason, and where nothing is chosen that is on
    the shortlist and not revealed yet.
    """
    require(rules.may_reveal(actor, challenge, is_frozen=queries.is_frozen(session, challenge)))
    assert actor.person_id is not None
    errors = {}
    if not why:
        errors["why"] = msg("Please say why.")
    if not applications or not all(rules.can_be_revealed(one) for one in applications):
        errors["items"] = msg("Please choose applications on the shortlist without shown names.")
    if errors:
        raise Invalid(errors)
    for one in applications:
        one.names_shown_at = now
    session.add(NameReveal(challenge_id=challenge.id, by=actor.person_id, at=now, why=why))
    session.flush()
    ids = tuple(sorted(one.id for one in applications))
    event = events.NamesRevealed(challenge.id, application_ids=ids)
    journal.record(session, event, actor=actor, now=now)


def read_names(
    session: Session,
    challenge: Challenge,
    *,
    other_ties: str,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> int:
    """Keep that a juror's declaration is whole, close what it closes, and show the other names.

    Names are shown of what was revealed and is open to the juror without names; how many, is
    returned. What an interest closes stays closed, whatever was revealed.

    Raises `NotAllowed` for who is not on the jury or has not declared at all, and `Conflict` where
    the declaration was changed since the page of this `revision` was opened.
    """
    require(rules.may_declare(actor, challenge))
    kept = queries.declaration_of(session, challenge.id, actor.person_id)
    require(rules.may_confirm_ties(has_declared=kept is not None))
    assert kept is not None
    assert actor.person_id is not None
    if kept.revision != revision:
        raise Conflict(msg("You have declared in another window meanwhile. Please look again."))
    if other_ties:
        declare(
            session, challenge, firm_ids=(), other_ties=other_ties, revision=revision,
            actor=actor, now=now, real_now=real_now,
        )  # fmt: skip
    kept.confirmed_at = now
    kept.revision += 1
    event = events.TiesConfirmed(challenge.id, person_id=actor.person_id)
    journal.record(session, event, actor=actor, now=now)
    close_own(session, challenge, actor=actor, now=now, real_now=real_now)
    return _open(session, challenge, actor.person_id, actor=actor, now=now)


def _open(
    session: Session, challenge: Challenge, person_id: int, *, actor: Actor, now: datetime
) -> int:
    found = queries.hidden_to(session, challenge, person_id)
    for application, why in found:
        access.grant(session, application, person_id, how=How.FULL, why=why, actor=actor, now=now)
    ids = [one.id for one, _ in found]
    own = select(Review).where(Review.person_id == person_id, Review.application_id.in_(ids))
    for review in session.scalars(own):
        review.is_blind = False
    session.flush()
    return len(found)
