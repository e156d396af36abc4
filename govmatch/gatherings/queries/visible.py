"""Which gatherings somebody may see: the rule `may_see` once more, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from govmatch.accounts.models import Role
from govmatch.files import queries as files
from govmatch.files.models import StoredFile
from govmatch.gatherings.models import Gathering, GatheringChallenge, GatheringText, State
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Lang, pick

GATHERING = "gathering"
"""How its files and its journal rows are called."""


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition for what this actor may see at `now`; the same as `rules.may_see`."""
    return or_(public_at(now), hosted_by(actor))


def public_at(now: datetime) -> ColumnElement[bool]:
    return Gathering.published_at.is_not(None) & (Gathering.published_at <= now)


def hosted_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition for what this actor hosts; the same as `rules.hosts`."""
    return or_(
        Gathering.authority_id.in_(actor.objects("authority", Role.STAFF)),
        Gathering.programme_id.in_(actor.objects("programme", Role.MANAGER)),
    )


def whole() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Gathering.authority),
        joinedload(Gathering.programme),
        selectinload(Gathering.texts),
        selectinload(Gathering.links).joinedload(GatheringChallenge.challenge),
    )


def get_visible(session: ReadSession, *, actor: Actor, now: datetime, slug: str) -> Gathering:
    """Return the gathering with its words, host and challenges; raises `NotFound`."""
    wanted = (Gathering.slug == slug, visible_to(actor, now))
    return _one(session, *wanted)


def get_hosted(session: ReadSession, *, actor: Actor, slug: str) -> Gathering:
    """Return the gathering for its host; for everybody else there is none there."""
    return _one(session, Gathering.slug == slug, hosted_by(actor))


def _one(session: ReadSession, *conditions: ColumnElement[bool]) -> Gathering:
    found = session.scalars(select(Gathering).options(*whole()).where(*conditions)).first()
    if found is None:
        raise NotFound
    return found


def find(session: ReadSession, gathering_id: int) -> Gathering | None:
    """Return one gathering with its words and host, for work in the background."""
    found = select(Gathering).options(*whole()).where(Gathering.id == gathering_id)
    return session.scalars(found).first()


def visible_among(
    session: ReadSession, ids: Iterable[int], *, actor: Actor, now: datetime
) -> set[int]:
    wanted = select(Gathering.id).where(Gathering.id.in_(list(ids)), visible_to(actor, now))
    return set(session.scalars(wanted))


def indexed_ids(session: ReadSession) -> list[int]:
    return list(session.scalars(select(Gathering.id).order_by(Gathering.id)))


def public_slugs(session: ReadSession, now: datetime, *, most: int) -> list[str]:
    """Return the slugs of what takes place or took place, the latest first."""
    found = select(Gathering.slug).where(public_at(now), Gathering.state == State.PUBLISHED)
    return list(session.scalars(found.order_by(Gathering.starts.desc()).limit(most)))


def slug_is_free(session: ReadSession, slug: str) -> bool:
    return session.scalars(select(Gathering.id).where(Gathering.slug == slug)).first() is None


def papers(session: ReadSession, gathering: Gathering) -> list[StoredFile]:
    return files.of_owner(session, GATHERING, gathering.id)


def text_for(gathering: Gathering, lang: Lang) -> GatheringText:
    """Return its words in `lang`, else in English, else in the first language there is."""
    texts = {one.lang: one for one in gathering.texts}
    _, found = pick({code: one.title for code, one in texts.items()}, lang)
    return texts.get(found) or GatheringText(lang=lang, title="", summary="", body="", html="")
