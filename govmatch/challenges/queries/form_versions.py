"""The versions of a published form: which one holds, and what earlier ones asked."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from govmatch.challenges.models import Challenge, FormVersion
from govmatch.kit.db import ReadSession


def form_number(session: ReadSession, challenge: Challenge) -> int:
    """Return the number of the version that holds; 1 for a form that never changed."""
    found = select(func.max(FormVersion.number)).where(FormVersion.challenge_id == challenge.id)
    return session.scalar(found) or 1


def has_form_versions(session: ReadSession, challenge: Challenge) -> bool:
    found = select(FormVersion.id).where(FormVersion.challenge_id == challenge.id)
    return session.scalar(found.limit(1)) is not None


def form_versions(session: ReadSession, challenge: Challenge) -> Sequence[FormVersion]:
    """Return every version with its form, the newest first; nothing where it never changed."""
    return session.scalars(
        select(FormVersion)
        .where(FormVersion.challenge_id == challenge.id)
        .order_by(FormVersion.number.desc())
        .options(undefer(FormVersion.form))
    ).all()
