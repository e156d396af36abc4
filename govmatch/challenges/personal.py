"""This package's share of one person's data: exported, and erased.

What a challenge says is the authority's. A person stands in it and in its versions by number
alone, as who wrote, submitted or approved it, and that stays with the case; the name goes with the
account. So do given remarks and answers, which are part of the approval; remarks that were never
given are erased.
"""

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from govmatch.challenges.jury_models import JuryException
from govmatch.challenges.models import (
    Challenge,
    ChallengeVersion,
    PreviewLink,
    Remark,
    RouteChoice,
    Submission,
)
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session

KEPT = {
    "challenges.author_id": "by number alone: the award file says who did what",
    "challenges.submitted_by": "by number alone: the award file says who did what",
    "challenges.approved_by": "by number alone: the award file says who did what",
    "challenge_previews.by": "by number alone: the award file says who did what",
    "challenge_submissions.by": "by number alone: the award file says who did what",
    "challenge_versions.person_id": "by number alone: the award file says who did what",
    "challenge_remarks.by": "by number alone: the award file says who did what",
    "challenge_remarks.answered_by": "by number alone: the award file says who did what",
    "jury_exceptions.person_id": "by number alone: the award file says who did what",
    "jury_exceptions.by": "by number alone: the award file says who did what",
    "route_choices.person_id": "by number alone: the award file says who did what",
}


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
        ],
        **_of_approval(session, person_id),
        "procurement_routes": _routes(session, person_id),
        "saves": _saves(session, person_id),
        "jury_exceptions": _exceptions(session, person_id),
        "challenge_submissions": acts_of(
            session, person_id, {"submitted": (Submission.by, Submission.at)}
        ),
    }


def _exceptions(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    """Return which exceptions were made for the person, or by them, with why in their own words."""
    found = (
        select(Challenge.slug, JuryException)
        .join(JuryException, JuryException.challenge_id == Challenge.id)
        .where(or_(JuryException.person_id == person_id, JuryException.by == person_id))
        .order_by(JuryException.id)
    )
    return [
        {
            "challenge": slug,
            "at": one.at.isoformat(),
            "rounds": one.rounds if one.person_id == person_id else None,
            "reason": one.reason if one.by == person_id else None,
        }
        for slug, one in session.execute(found)
    ]


def _saves(session: ReadSession, person_id: int) -> list[dict[str, object]]:
    """Return when the person saved which challenge; what it says is the authority's."""
    found = session.execute(
        select(Challenge.slug, ChallengeVersion.revision, ChallengeVersion.at)
        .join(Challenge, ChallengeVersion.challenge_id == Challenge.id)
        .where(ChallengeVersion.person_id == person_id)
        .order_by(ChallengeVersion.id)
    )
    return [
        {"challenge": slug, "version": revision, "at": at.isoformat()}
        for slug, revision, at in found
    ]


def _routes(session: ReadSession, person_id: int) -> list[dict[str, str]]:
    """Return which routes the person chose, and why, in their own words."""
    found = session.execute(
        select(Challenge.slug, RouteChoice.at, RouteChoice.reason)
        .join(Challenge, RouteChoice.challenge_id == Challenge.id)
        .where(RouteChoice.person_id == person_id)
        .order_by(RouteChoice.id)
    )
    return [
        {"challenge": slug, "at": at.isoformat(), "reason": reason} for slug, at, reason in found
    ]


def _of_approval(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the person's remarks, given or not, answers, and links to previews."""
    written = select(Challenge.slug, Remark).join(Challenge, Remark.challenge_id == Challenge.id)
    remarks = session.execute(written.where(Remark.by == person_id).order_by(Remark.id)).all()
    answers = session.execute(written.where(Remark.answered_by == person_id).order_by(Remark.id))
    links = session.execute(
        select(Challenge.slug, PreviewLink)
        .join(Challenge, PreviewLink.challenge_id == Challenge.id)
        .where(PreviewLink.by == person_id)
        .order_by(PreviewLink.id)
    )
    return {
        "challenge_remarks": [
            {
                "challenge": name,
                "section": one.section,
                "text": one.text,
                "at": one.at.isoformat(),
                "given": one.given_at is not None,
            }
            for name, one in remarks
        ],
        "challenge_remark_answers": [
            {"challenge": name, "section": one.section, "note": one.note, "done": one.is_done}
            for name, one in answers
        ],
        "challenge_previews": [
            {"challenge": name, "label": one.label, "at": one.at.isoformat()} for name, one in links
        ],
    }


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Throw away remarks that were never given, and revoke the person's links to previews.

    Leave the rest: there is only the number of a person who then has no name.
    """
    session.execute(delete(Remark).where(Remark.by == person_id, Remark.given_at.is_(None)))
    own = update(PreviewLink).where(PreviewLink.by == person_id, PreviewLink.revoked_at.is_(None))
    session.execute(own.values(revoked_at=now))
