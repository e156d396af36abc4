"""Authorities: all of them, one of them."""

from collections.abc import Collection

from sqlalchemy import select

from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Lang, pick
from govmatch.organisations.models import Authority


def all_authorities(session: ReadSession) -> list[Authority]:
    """Return every authority, by slug; what is said of them is public."""
    return list(session.scalars(select(Authority).order_by(Authority.slug)))


def find_by_slug(session: ReadSession, slug: str) -> Authority | None:
    return session.scalars(select(Authority).where(Authority.slug == slug)).first()


def by_slug(session: ReadSession, slug: str) -> Authority:
    """Return the authority; raises `NotFound`."""
    found = find_by_slug(session, slug)
    if found is None:
        raise NotFound
    return found


def by_ids(session: ReadSession, ids: Collection[int]) -> list[Authority]:
    """Return some authorities, by slug: those for which an actor holds a role, say."""
    found = select(Authority).where(Authority.id.in_(ids)).order_by(Authority.slug)
    return list(session.scalars(found))


def name_of(authority: Authority, lang: Lang) -> str:
    return pick(authority.names, lang)[0]


def names_of(session: ReadSession, slugs: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the names of some authorities in every language, by slug."""
    found = select(Authority.slug, Authority.names).where(Authority.slug.in_(slugs))
    return dict(session.execute(found.order_by(Authority.slug)).all())
