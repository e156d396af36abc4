"""Papers that are held while a change is checked."""

from collections.abc import Collection

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.files.models import StoredFile
from govmatch.kit.db import ReadSession

KEPT = "challenge"
"""Whose the papers are that everybody reads, as files call their owners."""

HELD = "amendment"
"""Whose those are that wait for a change to be published; no page gives them out."""


def held_papers(
    session: ReadSession, challenge: Challenge, public_ids: Collection[str] | None = None
) -> list[StoredFile]:
    """Return the papers that are held for a change of this challenge: all, or those of the ids."""
    found = select(StoredFile).where(
        StoredFile.owner_kind == HELD, StoredFile.owner_id == challenge.id
    )
    if public_ids is not None:
        found = found.where(StoredFile.public_id.in_(public_ids))
    return list(session.scalars(found.order_by(StoredFile.id)))
