"""Which challenges get matches, and which of them are a match of firms."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.match_profile import match_profile
from govmatch.challenges.models import Challenge, State
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.matching.profiled import Offered, Profiled

_MATCHED = frozenset({
    State.DRAFT,
    State.IN_REVIEW,
    State.RETURNED,
    State.APPROVED,
    State.PUBLISHED,
})  # fmt: skip
"""Until its applications are opened: then it is judged, and what fits says nothing any more."""


def _ids(background: Background, session: ReadSession) -> Iterable[int]:
    """Return what may get matches now: nothing after its deadline."""
    states = sorted(state.value for state in _MATCHED)
    going_on = Challenge.closes.is_(None) | (Challenge.closes > background.now)
    found = select(Challenge.id).where(Challenge.state.in_(states), going_on)
    return list(session.scalars(found.order_by(Challenge.id)))


def _offer(background: Background, session: ReadSession, challenge_id: int) -> Offered | None:
    """Return what is matched of a challenge; a match of firms it is only once it is published.

    A later instant of publication, the opening and the deadline follow from the clock: whoever
    shows a match compares them with now.
    """
    challenge = session.scalars(
        select(Challenge)
        .options(
            joinedload(Challenge.authority),
            selectinload(Challenge.texts),
            selectinload(Challenge.terms),
        )
        .where(Challenge.id == challenge_id)
    ).first()
    if challenge is None or challenge.state not in _MATCHED:
        return None
    if challenge.closes is not None and challenge.closes <= background.now:
        return None
    is_published = challenge.state == State.PUBLISHED and challenge.published_at is not None
    return Offered(match_profile(challenge), is_proposed=is_published)


def _of_authority(session: ReadSession, authority_id: int) -> Iterable[int]:
    return session.scalars(select(Challenge.id).where(Challenge.authority_id == authority_id))


OFFERED = Profiled(
    against="firm",
    ids=_ids,
    offer=_offer,
    after={"AuthorityChanged": _of_authority},
    is_counted=True,
)
