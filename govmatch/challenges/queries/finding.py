"""A challenge by its address, whoever asks."""

from dataclasses import dataclass

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession


def find_by_slug(session: ReadSession, slug: str) -> Challenge | None:
    """Return the challenge or None; for commands and files, never for a page."""
    return session.scalars(select(Challenge).where(Challenge.slug == slug)).first()


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
