"""Publishing, and ending a challenge."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete

from govmatch.challenges.actions.holding import hold, move
from govmatch.challenges.events import (
    ChallengeCancelled,
    ChallengeMovedOn,
    ChallengePublished,
    PublicationMoved,
    PublicationWithdrawn,
)
from govmatch.challenges.models import Challenge, Remark, State
from govmatch.challenges.queries.lacking import lacks_route
from govmatch.challenges.rules import (
    may_cancel,
    may_move_publication,
    may_publish,
    may_take_from_file,
    may_withdraw_publication,
)
from govmatch.challenges.rules.answering import days_to_answer
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.programmes.promise import days_promised

MAX_REASON = 1_000
_NO_ROUTE = msg(
    "No procurement route is recorded for its budget, and the programme wants one before a "
    "challenge is published. Return it, so that the authority chooses one."
)
_NO_ROUTE_ANY_MORE = msg(
    "No procurement route is recorded for its budget any more, and the programme wants one before "
    "a challenge is published. Withdraw the publication and return it, so that the authority "
    "chooses one."
)


def publish(
    session: Session,
    challenge: Challenge,
    *,
    actor: Actor,
    now: datetime,
    content_dir: Path,
    at: datetime | None = None,
) -> None:
    """Make it public at once, or from the instant `at` on, which is not after its opening.

    Refused when its opening is past: it was approved with other dates than it would have. Raises
    `Invalid` for an instant that does not fit, and where its programme wants a procurement route
    first and none is recorded for its budget, by the figures of `content_dir`.
    """
    hold(session, challenge)
    require(may_publish(actor, challenge))
    _require_route(session, challenge, now, content_dir)
    instant = now if at is None else at
    _refuse_instant(challenge, instant, now)
    _publish(session, challenge, instant, actor=actor, now=now)


def _require_route(
    session: Session,
    challenge: Challenge,
    now: datetime,
    content_dir: Path,
    said: Message = _NO_ROUTE,
) -> None:
    if lacks_route(session, challenge, now=now, content_dir=content_dir):
        raise Invalid({"route": said})


def _refuse_instant(challenge: Challenge, instant: datetime, now: datetime) -> None:
    """Raise `Invalid` for an instant at which it cannot become public."""
    if challenge.opens is None or challenge.opens < now:
        raise Invalid({"at": msg("Its opening is past. Return it, so that its dates are changed.")})
    if instant < now:
        raise Invalid({"at": msg("This time is past.")})
    if instant > challenge.opens:
        raise Invalid({"at": msg("It cannot be published after its opening.")})


def move_publication(
    session: Session,
    challenge: Challenge,
    *,
    actor: Actor,
    now: datetime,
    content_dir: Path,
    at: datetime | None = None,
) -> None:
    """Choose another instant for what is not public yet: at once, or `at`.

    Raises `Invalid` for an instant that does not fit, and for want of a procurement route, which
    a budget that was amended meanwhile brings about.
    """
    hold(session, challenge)
    require(may_move_publication(actor, challenge, now))
    _require_route(session, challenge, now, content_dir, said=_NO_ROUTE_ANY_MORE)
    instant = now if at is None else at
    _refuse_instant(challenge, instant, now)
    if instant == challenge.published_at:
        return
    challenge.published_at = instant
    challenge.updated_at = now
    _keep_promises(challenge)
    event = PublicationMoved(
        subject_id=challenge.id, published_at=instant.isoformat(timespec="seconds")
    )
    journal.record(session, event, actor=actor, now=now)


def withdraw_publication(
    session: Session, challenge: Challenge, *, actor: Actor, now: datetime
) -> None:
    """Take back what is not public yet: it is approved, and nobody else ever saw it."""
    hold(session, challenge)
    require(may_withdraw_publication(actor, challenge, now))
    move(challenge, State.APPROVED, now=now)
    challenge.published_at = challenge.promised_days = challenge.answer_days = None
    journal.record(session, PublicationWithdrawn(subject_id=challenge.id), actor=actor, now=now)


def publish_from_file(
    session: Session,
    challenge: Challenge,
    *,
    at: datetime,
    actor: Actor,
    now: datetime,
    content_dir: Path,
) -> None:
    """Publish what was approved in its file, as of `at`, or of its opening where that is earlier.

    Both may be past: the files were read by everybody who reviewed them. Raises `Invalid` for want
    of a procurement route, as `publish` does.
    """
    hold(session, challenge)
    require(may_take_from_file(actor, challenge, states={State.APPROVED}))
    _require_route(session, challenge, now, content_dir)
    instant = min(at, challenge.opens) if challenge.opens else at
    _publish(session, challenge, instant, actor=actor, now=now)


def _publish(
    session: Session, challenge: Challenge, instant: datetime, *, actor: Actor, now: datetime
) -> None:
    move(challenge, State.PUBLISHED, now=now)
    challenge.published_at = instant
    _keep_promises(challenge)
    _drop_remarks_not_given(session, challenge)
    event = ChallengePublished(
        subject_id=challenge.id, published_at=instant.isoformat(timespec="seconds")
    )
    journal.record(session, event, actor=actor, now=now)


def _keep_promises(challenge: Challenge) -> None:
    """Keep what its programme says now, so that no later change of the programme moves it."""
    challenge.promised_days = days_promised(challenge.programme.facts) or 0
    challenge.answer_days = days_to_answer(challenge.programme.phases)


def _drop_remarks_not_given(session: Session, challenge: Challenge) -> None:
    """Throw away what approvers noted for themselves alone: nobody will return it any more."""
    session.execute(
        delete(Remark).where(Remark.challenge_id == challenge.id, Remark.given_at.is_(None))
    )


def cancel(
    session: Session,
    challenge: Challenge,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """End it for good, for a reason (by language) that everybody reads where it was public."""
    hold(session, challenge)
    require(may_cancel(actor, challenge))
    challenge.end_reasons = clean_reasons(reasons)
    was = move(challenge, State.CANCELLED, now=now)
    event = ChallengeCancelled(subject_id=challenge.id, from_state=was.value)
    journal.record(session, event, actor=actor, now=now)


def clean_reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons given, by language; raises `Invalid` for none and for one too long."""
    given: dict[str, str] = {
        lang: " ".join(text.split())
        for lang, text in reasons.items()
        if lang in LANGUAGES and text.strip()
    }
    if not given:
        raise Invalid({"reason": msg("Please give the reason; it is published.")})
    for lang, text in given.items():
        if len(text) > MAX_REASON:
            limit = msg("At most {limit} characters fit here.", limit=MAX_REASON)
            raise Invalid({f"reason.{lang}": limit, "reason": limit})
    return given


def move_on(
    session: Session,
    challenge: Challenge,
    to: State,
    *,
    actor: Actor,
    now: datetime,
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Put it into the state that follows from an act on its applications or its pilots.

    For the packages that hold these acts, which have asked their own rules. Raises `ValueError`
    for a state that cannot follow. "Did not proceed" wants reasons, which are published.
    """
    hold(session, challenge)
    if to is State.DID_NOT_PROCEED:
        challenge.end_reasons = clean_reasons(reasons or {})
    was = move(challenge, to, now=now)
    event = ChallengeMovedOn(
        subject_id=challenge.id, from_state=was.value, to_state=challenge.state
    )
    journal.record(session, event, actor=actor, now=now)
