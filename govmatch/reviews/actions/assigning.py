"""Who reviews what: assigned and taken back by hand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id, token
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.conflicts import note, put_aside
from govmatch.reviews.actions.declaring import end_access, give_access
from govmatch.reviews.actions.hiding import is_blind
from govmatch.reviews.models import ConflictKind, Review, State
from govmatch.reviews.queries import Plan, Planned


def assign(
    session: Session,
    applications: Sequence[Application],
    people: Sequence[Person],
    *,
    due_at: datetime,
    actor: Actor,
    now: datetime,
    real_now: datetime,
    only: Collection[tuple[int, int]] | None = None,
) -> Plan:
    """Give each application to each person, as far as that is possible; return what became of it.

    With `only` these pairs of application and person alone, by their ids. Existing reviews stay as
    they are, conflicts of interest prevent, and everything else that `queries.preview` says no to
    is left out. Who has declared can read at once; the others once they have. Each person gets one
    mail about all of it.

    Raises `NotAllowed` where one of the applications is not the actor's to assign, and `Invalid`
    for a date that has passed.
    """
    challenges = {one.challenge_id: one.challenge for one in applications}
    for challenge in challenges.values():
        require(rules.may_assign(actor, challenge))
    if due_at <= now:
        raise Invalid({"due": msg("Please choose a day that has not passed.")})
    _hold(session, applications)
    plan = queries.preview(session, applications, people, now=real_now)
    if only is not None:
        plan = plan.narrowed(only)
    _close(session, plan, actor=actor, now=now)
    declared = queries.confirmed_among(session, challenges, [one.id for one in people])
    made = [
        _make(session, one, declared=declared, due_at=due_at, actor=actor, now=now)
        for one in plan.new
    ]
    session.flush()
    for review in made:
        _record(session, review, actor=actor, now=now)
        if (review.application.challenge_id, review.person_id) in declared:
            give_access(session, review, actor=actor, now=now)
    _tell(session, made, actor=actor, now=now)
    return plan


def _hold(session: Session, applications: Sequence[Application]) -> None:
    """Let two who assign the same follow each other, and whoever proposes the decision."""
    rows = select(Application.id).where(Application.id.in_([one.id for one in applications]))
    session.execute(rows.order_by(Application.id).with_for_update())


def _close(session: Session, plan: Plan, *, actor: Actor, now: datetime) -> None:
    """Note the conflicts that were found on the way, before the background does."""
    for one in plan.pairs:
        pair = (one.application.id, one.person.id)
        if pair in plan.closed.by_tie | plan.closed.by_membership:
            is_tie = pair in plan.closed.by_tie
            kind = ConflictKind.DECLARED if is_tie else ConflictKind.MEMBER
            note(session, one.application, one.person.id, kind=kind, actor=actor, now=now)


def _make(
    session: Session,
    planned: Planned,
    *,
    declared: Mapping[tuple[int, int], datetime],
    due_at: datetime,
    actor: Actor,
    now: datetime,
) -> Review:
    one = planned.application
    review = Review(
        public_id=public_id(),
        application=one,
        person_id=planned.person.id,
        state=State.ASSIGNED.value,
        is_blind=is_blind(
            one.challenge,
            state=one.state,
            shown_at=one.names_shown_at,
            declared_at=declared.get((one.challenge_id, planned.person.id)),
        ),
        assigned_by=actor.person_id,
        assigned_at=now,
        due_at=due_at,
        salt=token(),
    )
    session.add(review)
    return review


def _record(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    event = events.ReviewAssigned(
        review.application_id,
        review_id=review.id,
        person_id=review.person_id,
        is_blind=review.is_blind,
        due_at=review.due_at.astimezone(UTC).isoformat(),
    )
    journal.record(session, event, actor=actor, now=now)


def _tell(session: Session, made: Sequence[Review], *, actor: Actor, now: datetime) -> None:
    """Record once for each person and challenge what they were given: one mail comes of each."""
    batches: dict[tuple[int, int], list[int]] = defaultdict(list)
    for review in made:
        batches[review.application.challenge_id, review.person_id].append(review.id)
    for (challenge_id, person_id), ids in batches.items():
        event = events.ReviewsAssigned(challenge_id, person_id=person_id, review_ids=tuple(ids))
        journal.record(session, event, actor=actor, now=now)


def unassign(session: Session, review: Review, *, actor: Actor, now: datetime) -> None:
    """Take back an assignment of which nothing was scored; the journal alone keeps it."""
    require(rules.may_unassign(actor, review))
    end_access(session, review, actor=actor, now=now)
    event = events.ReviewUnassigned(
        review.application_id, review_id=review.id, person_id=review.person_id
    )
    journal.record(session, event, actor=actor, now=now)
    session.delete(review)
    session.flush()


def move_due(
    session: Session, review: Review, due_at: datetime, *, actor: Actor, now: datetime
) -> None:
    """Give a reviewer another date, and remind them anew before it."""
    require(rules.may_move_due(actor, review))
    if due_at <= now:
        raise Invalid({"due": msg("Please choose a day that has not passed.")})
    review.due_at = due_at
    review.reminded_at = review.overdue_reminded_at = None
    event = events.ReviewDueMoved(
        review.application_id,
        review_id=review.id,
        person_id=review.person_id,
        due_at=due_at.astimezone(UTC).isoformat(),
    )
    journal.record(session, event, actor=actor, now=now)


def set_aside(
    session: Session, review: Review, reason: str, *, actor: Actor, now: datetime
) -> None:
    """End a review that was begun and will not be submitted; what was typed is kept."""
    require(rules.may_set_aside(actor, review))
    if not reason:
        raise Invalid({"reason": msg("Please fill in this field.")})
    end_access(session, review, actor=actor, now=now)
    put_aside(session, review, reason, actor=actor, now=now)
