"""Late codes: who has one, and which there are. Whether one was used is the owner's matter."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from govmatch.applications import rules
from govmatch.applications.models import LateCode, LateEntryEnd
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound


def late_code_of(
    session: ReadSession, challenge: Challenge, actor: Actor, *, now: datetime
) -> LateCode | None:
    """Return the code that lets the actor in after the deadline, if they have entered one.

    To be asked inside the writing transaction, with the challenge locked.
    """
    return late_codes_of(session, [challenge], actor, now=now).get(challenge.id)


def late_codes_of(
    session: ReadSession, challenges: Collection[Challenge], actor: Actor, *, now: datetime
) -> dict[int, LateCode]:
    """Return by challenge id the codes that let the actor in; one statement for all, or none."""
    asked = [one.id for one in challenges if rules.takes_late_entries(one, now)]
    if not asked or not actor.is_signed_in:
        return {}
    found = select(LateCode).where(
        LateCode.challenge_id.in_(asked),
        LateCode.used_by == actor.person_id,
        LateCode.revoked_at.is_(None),
        LateCode.expires_at > now,
    )
    last = found.order_by(LateCode.expires_at).execution_options(populate_existing=True)
    return {code.challenge_id: code for code in session.scalars(last)}


def late_codes(session: ReadSession, challenge: Challenge) -> list[LateCode]:
    """Return every code of a challenge, newest first."""
    found = select(LateCode).where(LateCode.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(LateCode.id.desc())))


def late_code_by_digest(session: ReadSession, digest: str) -> LateCode | None:
    return session.scalars(select(LateCode).where(LateCode.code_digest == digest)).first()


def get_late_code(session: ReadSession, challenge: Challenge, public_id: str) -> LateCode:
    """Return one code of this challenge; raises `NotFound`."""
    found = session.scalars(
        select(LateCode).where(
            LateCode.challenge_id == challenge.id, LateCode.public_id == public_id
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def has_late_entry_ended(session: ReadSession, challenge: Challenge) -> bool:
    """True from the begin of the opening on."""
    found = select(LateEntryEnd.at).where(LateEntryEnd.challenge_id == challenge.id)
    return session.scalars(found).first() is not None
