"""This package's share of one person's data: exported, and erased.

A need is everybody's once others stand behind it: its words stay, its proposer is a number that
then has no name. A person's own voice goes with the account; that of a firm is the firm's.
"""

from datetime import datetime

from sqlalchemy import delete, select

from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.needs.models import Need, NeedText, Opinion, Rank, Sitting, Support

KEPT = {
    "needs.by": "by number alone, since others stand behind a need",
    "need_supports.by": "by number alone, where the voice is that of a firm",
    "need_ranks.by": "by number alone, since the ranking is the firm's",
    "need_opinions.person_id": "by number alone, since the sitting's minutes are public",
    "need_sittings.opened_by": "by number alone, since the sitting's minutes are public",
    "need_sittings.closed_by": "by number alone, since the sitting's minutes are public",
}


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return what the person proposed, supported, ranked and said in a steering group."""
    return {
        "needs": _proposed(session, person_id),
        "need_supports": _supports(session, person_id),
        "need_ranks": [
            {"need": need, "place": place, "at": at.isoformat()}
            for need, place, at in session.execute(
                select(Need.public_id, Rank.place, Rank.at)
                .join(Need, Need.id == Rank.need_id)
                .where(Rank.by == person_id)
                .order_by(Rank.id)
            )
        ],
        "steering_opinions": [
            {"sitting": sitting, "for": outcome, "remark": remark, "at": at.isoformat()}
            for sitting, outcome, remark, at in session.execute(
                select(Sitting.public_id, Opinion.outcome, Opinion.remark, Opinion.at)
                .join(Sitting, Sitting.id == Opinion.sitting_id)
                .where(Opinion.person_id == person_id)
                .order_by(Opinion.id)
            )
        ],
        "sittings": acts_of(
            session,
            person_id,
            {
                "opened": (Sitting.opened_by, Sitting.opened_at),
                "closed": (Sitting.closed_by, Sitting.closed_at),
            },
        ),
    }


def _proposed(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = session.execute(
        select(
            Need.public_id,
            Need.created_at,
            NeedText.lang,
            NeedText.title,
            NeedText.suffering,
            NeedText.extent,
            NeedText.change,
        )
        .join(NeedText, NeedText.need_id == Need.id)
        .where(Need.by == person_id)
        .order_by(Need.id, NeedText.lang)
    )
    return [
        {
            "need": need,
            "at": at.isoformat(),
            "lang": lang,
            "title": title,
            "suffering": suffering,
            "extent": extent,
            "change": change,
        }
        for need, at, lang, title, suffering, extent, change in found
    ]


def _supports(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    found = session.execute(
        select(Need.public_id, Support.firm_id, Support.at)
        .join(Need, Need.id == Support.need_id)
        .where(Support.by == person_id)
        .order_by(Support.id)
    )
    return [
        {"need": need, "for": "firm" if firm else "person", "at": at.isoformat()}
        for need, firm, at in found
    ]


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Delete the person's own voices; everything else stays with the need or the firm."""
    del now
    session.execute(delete(Support).where(Support.person_id == person_id))
