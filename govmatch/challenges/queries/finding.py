"""A challenge by its address, whoever asks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries.visible import visible_to
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.needs.models import Need


def find_by_slug(session: ReadSession, slug: str) -> Challenge | None:
    """Return the challenge or None; for commands and files, never for a page."""
    return session.scalars(select(Challenge).where(Challenge.slug == slug)).first()


def from_need(session: ReadSession, need: Need, *, actor: Actor, now: datetime) -> list[Challenge]:
    """Return the challenges taken up from a need that the actor may see, the oldest first."""
    found = (
        select(Challenge)
        .options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            joinedload(Challenge.version),
            selectinload(Challenge.texts),
        )
        .where(Challenge.need_id == need.id, visible_to(actor, now))
        .order_by(Challenge.id)
    )
    return list(session.scalars(found))


def slugs(session: ReadSession, ids: Sequence[int]) -> list[str]:
    """Return the slugs of challenges, in the order of their ids as given."""
    found = select(Challenge.id, Challenge.slug).where(Challenge.id.in_(ids))
    known: dict[int, str] = dict(session.execute(found).all())
    return [known[number] for number in ids if number in known]


def all_challenges(session: ReadSession) -> list[Challenge]:
    """Return every challenge; for commands, never for a page."""
    return list(session.scalars(select(Challenge).order_by(Challenge.slug)))


@dataclass(frozen=True, slots=True)
class InFiles:
    """A challenge that lives in files: the digest that was last loaded, and its stored state."""

    digest: str | None
    state: str


def in_files(session: ReadSession) -> dict[str, InFiles]:
    """Return the challenges that live in files, by slug."""
    found = select(Challenge.slug, Challenge.source_digest, Challenge.state)
    rows = session.execute(found.where(Challenge.source_path.is_not(None)))
    return {slug: InFiles(digest, state) for slug, digest, state in rows}
