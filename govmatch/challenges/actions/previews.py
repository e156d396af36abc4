"""Secret addresses at which somebody reads a challenge before it is published."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from govmatch.challenges.actions.holding import hold
from govmatch.challenges.events import PreviewLinkMade, PreviewLinkRevoked
from govmatch.challenges.models import Challenge, PreviewLink
from govmatch.challenges.rules import may_make_preview, may_revoke_preview
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import digest, public_id, token

USUAL_DAYS = 7
MOST_DAYS = 30
MAX_LABEL = 120
MOST_LINKS = 50
"""How many of one challenge may hold at once."""


def make_preview_link(
    session: Session,
    challenge: Challenge,
    *,
    label: str,
    days: int = USUAL_DAYS,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> str:
    """Return the secret of a new link, which is kept nowhere: this is the only time it is known.

    `label` says whom it is for. It holds for 1 to 30 days of real time. Raises `Invalid`.
    """
    hold(session, challenge)
    require(may_make_preview(actor, challenge, now))
    assert actor.person_id is not None
    _check(session, challenge, label, days, real_now)
    secret = token()
    link = PreviewLink(
        public_id=public_id(),
        challenge_id=challenge.id,
        digest=digest(secret),
        label=label.strip(),
        by=actor.person_id,
        at=real_now,
        expires_at=real_now + timedelta(days=days),
    )
    session.add(link)
    session.flush()
    event = PreviewLinkMade(
        subject_id=challenge.id,
        preview_id=link.id,
        expires_at=link.expires_at.isoformat(timespec="seconds"),
    )
    journal.record(session, event, actor=actor, now=now)
    return secret


def _check(
    session: Session, challenge: Challenge, label: str, days: int, real_now: datetime
) -> None:
    if not label.strip():
        raise Invalid({"label": msg("Please say whom it is for.")})
    if len(label.strip()) > MAX_LABEL:
        raise Invalid({"label": msg("At most {limit} characters fit here.", limit=MAX_LABEL)})
    if not 1 <= days <= MOST_DAYS:
        raise Invalid({"days": msg("Please choose 1 to {n} days.", n=MOST_DAYS)})
    holding = select(func.count()).where(
        PreviewLink.challenge_id == challenge.id,
        PreviewLink.revoked_at.is_(None),
        PreviewLink.expires_at > real_now,
    )
    if session.execute(holding).scalar_one() >= MOST_LINKS:
        raise Invalid({"": msg("There are {n} links already. Revoke some first.", n=MOST_LINKS)})


def revoke_preview_link(
    session: Session,
    challenge: Challenge,
    link: PreviewLink,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """End a link at once; one that has ended stays as it is.

    Whoever works on the challenge may do so, whoever made the link, in every state.
    """
    hold(session, challenge)
    require(may_revoke_preview(actor, challenge))
    if link.revoked_at is not None or link.expires_at <= real_now:
        return
    link.revoked_at = real_now
    event = PreviewLinkRevoked(subject_id=challenge.id, preview_id=link.id)
    journal.record(session, event, actor=actor, now=now)
