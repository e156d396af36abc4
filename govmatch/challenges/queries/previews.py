"""Links to previews: those of a challenge, and the one that an address names."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from govmatch.challenges.models import Challenge, PreviewLink
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.ids import digest


def preview_links(session: ReadSession, challenge: Challenge) -> Sequence[PreviewLink]:
    """Return every link that was made for a challenge, the newest first."""
    found = select(PreviewLink).where(PreviewLink.challenge_id == challenge.id)
    return session.scalars(found.order_by(PreviewLink.id.desc())).all()


def preview_link(session: ReadSession, challenge: Challenge, public_id: str) -> PreviewLink | None:
    found = select(PreviewLink).where(
        PreviewLink.challenge_id == challenge.id, PreviewLink.public_id == public_id
    )
    return session.scalars(found).first()


def link_of_token(session: ReadSession, token: str) -> PreviewLink | None:
    """Return the link of a secret, whatever became of it, with all that its page shows."""
    of_challenge = joinedload(PreviewLink.challenge)
    found = (
        select(PreviewLink)
        .options(
            of_challenge.joinedload(Challenge.authority),
            of_challenge.joinedload(Challenge.programme),
            of_challenge.joinedload(Challenge.version),
            of_challenge.joinedload(Challenge.round),
            of_challenge.selectinload(Challenge.texts),
            of_challenge.selectinload(Challenge.terms),
        )
        .where(PreviewLink.digest == digest(token))
    )
    return session.scalars(found).first()


def count_opening(session: Session, link_id: int, *, now: datetime) -> None:
    """Count that the page of a link was opened once more."""
    row = update(PreviewLink).where(PreviewLink.id == link_id)
    session.execute(row.values(opened=PreviewLink.opened + 1, opened_at=now))
