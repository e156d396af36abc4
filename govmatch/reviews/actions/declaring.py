"""The declaration of a juror: what ties they have, before any name or application is shown."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from govmatch.applications.actions import access
from govmatch.applications.models import Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.conflicts import note
from govmatch.reviews.actions.hiding import has_declared_since
from govmatch.reviews.models import SCORING, ConflictKind, Declaration, Review, Tie

WHY = "review"


def declare(
    session: Session,
    challenge: Challenge,
    *,
    firm_ids: Collection[int],
    other_ties: str,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Declaration:
    """Keep what ties a juror has, close every application of these firms, open the others.

    Ties are added and never taken back here: a reviewer who has seen names must not choose again,
    and who runs the selection clears what was named by mistake. A line of `other_ties` that is the
    whole name of a firm which is not listed closes that firm's applications too, without a word
    about it. What was assigned before can be read from now on.

    Raises `NotAllowed` for who is not on the jury or after the selection, and `Conflict` where the
    declaration was changed since the page of this `revision` was opened.
    """
    require(rules.may_declare(actor, challenge))
    assert actor.person_id is not None
    declaration = queries.declaration_of(session, challenge.id, actor.person_id)
    is_first = declaration is None
    if revision != (0 if declaration is None else declaration.revision):
        raise Conflict(msg("You have declared in another window meanwhile. Please look again."))
    if declaration is None:
        declaration = Declaration(
            challenge_id=challenge.id, person_id=actor.person_id, at=now, revision=1
        )
        session.add(declaration)
        session.flush()
    else:
        declaration.revision += 1
    declaration.other_ties = "\n".join(
        part for part in (declaration.other_ties, other_ties) if part
    )
    _tie(session, declaration, firm_ids, new_words=other_ties)
    event = events.ConflictsDeclared if is_first else events.ConflictsAdded
    journal.record(session, event(challenge.id, person_id=actor.person_id), actor=actor, now=now)
    close_own(session, challenge, actor=actor, now=now, real_now=real_now)
    if is_first:
        _open_assigned(session, challenge, actor=actor, now=now)
    return declaration


def _tie(
    session: Session, declaration: Declaration, firm_ids: Collection[int], *, new_words: str
) -> None:
    """Add the named firms, and those whose names stand among the words, old ones too.

    A firm that was named before and cleared since counts only where it is named anew.
    """
    before = {one.id for one in queries.firms_called(session, declaration.other_ties.splitlines())}
    anew = {one.id for one in queries.firms_called(session, new_words.splitlines())}
    named = (before - queries.cleared_firms(session, declaration)) | anew
    known = select(Tie.firm_id).where(Tie.declaration_id == declaration.id)
    new = (set(firm_ids) | named) - set(session.scalars(known))
    session.add_all(Tie(declaration_id=declaration.id, firm_id=number) for number in sorted(new))
    session.flush()


def close_own(
    session: Session, challenge: Challenge, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Close to a juror what their ties and memberships close, sealed applications too."""
    assert actor.person_id is not None
    found = select(Application).where(Application.challenge_id == challenge.id)
    applications = list(session.scalars(found.order_by(Application.id)))
    closed = queries.closed_among(session, applications, [actor.person_id], now=real_now)
    for application in applications:
        pair = (application.id, actor.person_id)
        kind = ConflictKind.DECLARED if pair in closed.by_tie else ConflictKind.MEMBER
        if pair in closed.by_tie | closed.by_membership:
            note(session, application, actor.person_id, kind=kind, actor=actor, now=now)


def _open_assigned(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Let the juror read what was assigned before they declared."""
    found = (
        select(Review)
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.person_id == actor.person_id,
            Review.state.in_(sorted(SCORING)),
        )
    )
    for review in session.scalars(found.order_by(Review.id)):
        if has_declared_since(now, review.application.names_shown_at):
            review.is_blind = False
        give_access(session, review, actor=actor, now=now)


def give_access(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Let the reviewer see the application as this review asks: with names, or without."""
    how = How.BLIND if review.is_blind else How.FULL
    access.grant(
        session, review.application, review.person_id, how=how, why=WHY, actor=actor, now=now
    )


def end_access(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    access.end(session, review.application, review.person_id, why=WHY, actor=actor, now=now)
