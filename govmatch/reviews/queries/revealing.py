"""Names that were revealed: by whom and why, and to whom they are still hidden."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from govmatch.applications.models import Access, Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.reviews.models import Declaration
from govmatch.reviews.reveal_models import NameReveal


def reveals_of(session: ReadSession, challenge: Challenge) -> list[NameReveal]:
    """Return every act by which names of a challenge were revealed, the latest first."""
    found = select(NameReveal).where(NameReveal.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(NameReveal.at.desc(), NameReveal.id.desc())))


def hidden_to(
    session: ReadSession, challenge: Challenge, person_id: int | None
) -> list[tuple[Application, str]]:
    """Return what was revealed and this person still reads without names, with why they read it."""
    found = (
        select(Application, Access.why)
        .join(Access, Access.application_id == Application.id)
        .where(
            Application.challenge_id == challenge.id,
            Application.names_shown_at.is_not(None),
            Access.person_id == person_id,
            Access.how == How.BLIND,
        )
        .order_by(Application.id)
    )
    return [(one, why) for one, why in session.execute(found)]


def confirmed_among(
    session: ReadSession, challenge_ids: Collection[int], person_ids: Collection[int]
) -> dict[tuple[int, int], datetime]:
    """Return by (challenge, person) when the person last declared their ties to be whole."""
    last = func.coalesce(Declaration.confirmed_at, Declaration.at)
    found = select(Declaration.challenge_id, Declaration.person_id, last).where(
        Declaration.challenge_id.in_(sorted(challenge_ids)),
        Declaration.person_id.in_(sorted(person_ids)),
    )
    return {(case, person): at for case, person, at in session.execute(found)}
