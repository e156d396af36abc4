"""What challenges are called, for those rows of a report that are shown."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.kit.db import ReadSession


def challenges_by_id(session: ReadSession, ids: Collection[int]) -> Mapping[int, Challenge]:
    """Return challenges with their titles alone; two statements."""
    found = (
        select(Challenge)
        .options(
            load_only(Challenge.slug, Challenge.zone, Challenge.main_lang, Challenge.state),
            selectinload(Challenge.texts).load_only(
                ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title
            ),
        )
        .where(Challenge.id.in_(sorted(ids)))
    )
    return {one.id: one for one in session.scalars(found)}
