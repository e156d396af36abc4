"""This package's share of one person's data: exported, and erased.

What a challenge says is the authority's. A person stands in it by number alone, as who wrote,
submitted or approved it, and that stays with the case; the name goes with the account.
"""

from datetime import datetime

from sqlalchemy import or_, select

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession, Session


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return in which challenges the person had a hand, as JSON values."""
    found = session.execute(
        select(
            Challenge.slug,
            Challenge.author_id,
            Challenge.editors,
            Challenge.submitted_by,
            Challenge.approved_by,
        )
        .where(
            or_(
                Challenge.author_id == person_id,
                Challenge.editors != [],
                Challenge.submitted_by == person_id,
                Challenge.approved_by == person_id,
            )
        )
        .order_by(Challenge.id)
    )
    parts = [
        (
            slug,
            {
                "began": author == person_id,
                "wrote": person_id in editors,
                "submitted": submitted == person_id,
                "approved": approved == person_id,
            },
        )
        for slug, author, editors, submitted, approved in found
    ]
    return {
        "challenges": [
            {"slug": slug, "part": [name for name, is_so in part.items() if is_so]}
            for slug, part in parts
            if any(part.values())
        ]
    }


def erase(_session: Session, _person_id: int, *, now: datetime) -> None:
    """Leave everything: there is only the number of a person who then has no name."""
