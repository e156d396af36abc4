"""What a conflict of interest does: closes the application, and ends the person's review of it."""

from datetime import datetime

from govmatch.applications.actions import access
from govmatch.applications.models import Application
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.models import Conflict, ConflictKind, Review, State

WHY = "conflict"
MOST = 500
"""How many applications one round of the background closes."""


def note(
    session: Session,
    application: Application,
    person_id: int,
    *,
    kind: ConflictKind,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Close an application to a person, and end their review of it.

    What was scored is set aside and kept; what was not is recused. Nothing happens where it is
    noted already; one that was cleared holds again. Who may say so, the caller has asked.
    """
    conflict = queries.noted(session, application.id, person_id)
    if conflict is None:
        conflict = Conflict(application_id=application.id, person_id=person_id, reason="")
        session.add(conflict)
    elif conflict.kind != ConflictKind.CLEARED:
        return
    conflict.kind, conflict.at, conflict.by = kind.value, now, actor.person_id
    conflict.reason = said_too(conflict, reason)
    access.close(session, application, person_id, why=WHY, actor=actor, now=now)
    event = events.ConflictNoted(application.id, person_id=person_id, kind=kind.value)
    journal.record(session, event, actor=actor, now=now)
    review = queries.review_of(session, application.id, person_id)
    if review is not None:
        _end(session, review, reason, actor=actor, now=now)


def said_too(conflict: Conflict, words: str) -> str:
    """Return what was said about a conflict so far, with these words after it."""
    return "\n\n".join(part for part in (conflict.reason, words) if part)


def _end(session: Session, review: Review, reason: str, *, actor: Actor, now: datetime) -> None:
    """Recuse what was never scored, set aside what was."""
    if review.state in {State.RECUSED, State.WITHDRAWN}:
        return
    ids = {"review_id": review.id, "person_id": review.person_id}
    if review.saved_at is None:
        review.state = State.RECUSED.value
        recused = events.ReviewRecused(review.application_id, **ids)
        journal.record(session, recused, actor=actor, now=now)
        return
    put_aside(session, review, reason, actor=actor, now=now)


def put_aside(
    session: Session, review: Review, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Take a review out of what counts; it is kept as it is, and shown to staff as set aside."""
    review.state = State.WITHDRAWN.value
    review.set_aside_at, review.set_aside_reason = now, reason
    review.revision += 1
    aside = events.ReviewSetAside(
        review.application_id, review_id=review.id, person_id=review.person_id
    )
    journal.record(session, aside, actor=actor, now=now)


def declare_conflict(
    session: Session, review: Review, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Note that the reviewer has a conflict with this application, before or after scoring.

    Raises `NotAllowed` with the reason that the reviewer is shown.
    """
    require(rules.may_declare_conflict(actor, review))
    note(
        session, review.application, review.person_id,
        kind=ConflictKind.DECLARED, reason=reason, actor=actor, now=now,
    )  # fmt: skip


def find_conflict(
    session: Session,
    application: Application,
    person_id: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note a conflict that those who run the selection found, with what they know of it.

    Raises `NotAllowed` for others and for somebody who is not on the jury and has no review of it,
    and `Conflict` where one is noted already.
    """
    require(rules.may_find_conflict(actor, application.challenge))
    jurors = queries.jury(session, application.challenge, now=real_now)
    is_theirs = queries.review_of(session, application.id, person_id) is not None
    if not is_theirs and person_id not in {juror.person.id for juror in jurors}:
        raise NotAllowed(msg("This person is not on the jury."))
    if queries.conflict_of(session, application.id, person_id) is not None:
        raise Changed(msg("A conflict with this application is noted for this person already."))
    note(
        session, application, person_id,
        kind=ConflictKind.FOUND, reason=reason, actor=actor, now=now,
    )  # fmt: skip


def settle(session: Session, *, now: datetime, real_now: datetime) -> int:
    """Close what ties and memberships of jurors close and nobody has closed yet; return how many.

    Harmless when run twice, and run by the background each minute: firms apply, and people join
    firms, after a reviewer has declared.
    """
    found = queries.to_close(session, now=real_now, most=MOST)
    for one in found:
        note(session, one.application, one.person_id, kind=one.kind, actor=VISITOR, now=now)
    return len(found)
