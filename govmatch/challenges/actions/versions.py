"""What a challenge says after each save on the site, kept; an earlier one is taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import delete, select

from govmatch.challenges.keeping import as_data
from govmatch.challenges.models import Challenge, ChallengeVersion
from govmatch.challenges.pieces import changed_names
from govmatch.challenges.statement import Statement
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session

RUN = timedelta(minutes=30)
"""Saves of one person that follow each other as closely as this are one piece of work."""
WHOLE = timedelta(days=2)
"""So long each save is kept by itself: somebody may still be writing on the page of it."""


def keep_version(
    session: Session,
    challenge: Challenge,
    before: Statement,
    after: Statement,
    *,
    actor: Actor,
    now: datetime,
    confirmed: Sequence[str] = (),
    restored: int | None = None,
) -> None:
    """Keep what it says now, with its revision; what lives in files has its versions there."""
    if challenge.source_path is not None:
        return
    session.add(
        ChallengeVersion(
            challenge_id=challenge.id,
            revision=challenge.revision,
            person_id=actor.person_id,
            at=now,
            changed=changed_names(before, after),
            confirmed=list(confirmed),
            restored=restored,
            statement=as_data(after),
        )
    )
    session.flush()
    _thin_out(session, challenge, now)


def keep_what_was(session: Session, challenge: Challenge, before: Statement) -> None:
    """Keep what it says before its first save here, where no version says so yet."""
    if challenge.source_path is not None:
        return
    there = select(ChallengeVersion.id).where(ChallengeVersion.challenge_id == challenge.id)
    if session.scalars(there.limit(1)).first() is None:
        nothing = replace(before, words={}, contact={})
        session.add(
            ChallengeVersion(
                challenge_id=challenge.id,
                revision=challenge.revision,
                person_id=None,
                at=challenge.updated_at,
                changed=changed_names(nothing, before),
                confirmed=[],
                statement=as_data(before),
            )
        )
        session.flush()


def _thin_out(session: Session, challenge: Challenge, now: datetime) -> None:
    """Make one version of a run of saves that ended some days ago: the last, with all changes."""
    found = select(ChallengeVersion).where(ChallengeVersion.challenge_id == challenge.id)
    rows = session.scalars(found.order_by(ChallengeVersion.revision)).all()
    gone: list[int] = []
    for one, following in pairwise(rows):
        if one.at < now - WHOLE and are_one_run(one, following):
            following.changed = list(dict.fromkeys((*one.changed, *following.changed)))
            gone.append(one.id)
            session.expunge(one)
    if gone:
        session.execute(delete(ChallengeVersion).where(ChallengeVersion.id.in_(gone)))


def are_one_run(one: ChallengeVersion, following: ChallengeVersion) -> bool:
    """True where the same person went on writing; what was confirmed or taken back stands alone."""
    return (
        one.person_id is not None
        and one.person_id == following.person_id
        and following.at - one.at <= RUN
        and not one.confirmed
        and one.restored is None
        and following.restored is None
    )
