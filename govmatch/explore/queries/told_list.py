"""Which challenges have a story that everybody may read, kept in memory.

Read once per process and again after each public event, since that is all it depends on beside the
clock: to find the few among thousands of challenges means to look at every one of them.
"""

from datetime import UTC, datetime
from sys import intern
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from govmatch.challenges.models import Challenge, ChallengeTerm
from govmatch.challenges.queries import told
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.taxonomy.models import TermKind


@dataclass(frozen=True, slots=True)
class Row:
    """What narrows the list; `authority` and `themes` are slugs."""

    id: int
    authority: str
    closes: datetime | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldList:
    """All of them as of a public event, the latest deadline first; true from `at` to `expires`."""

    rows: list[Row]
    public_id: int
    at: datetime
    expires: datetime | None


_kept: WeakKeyDictionary[Any, ToldList] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""
_making = Lock()


def told_list(session: ReadSession, *, public_id: int, now: datetime) -> ToldList:
    """Return the list as of this public event and instant."""
    place = session.get_bind().engine
    with _making:
        kept = _kept.get(place)
        if kept is None or kept.public_id != public_id or not _holds(kept, now):
            kept = _kept[place] = _read(session, public_id, now)
    return kept


def _holds(kept: ToldList, now: datetime) -> bool:
    return kept.at <= now and (kept.expires is None or now < kept.expires)


def _read(session: ReadSession, public_id: int, now: datetime) -> ToldList:
    about = (ChallengeTerm.challenge_id == Challenge.id) & (ChallengeTerm.kind == TermKind.THEME)
    found = session.execute(
        select(Challenge.id, Authority.slug, Challenge.closes, ChallengeTerm.slug)
        .join(Authority, Authority.id == Challenge.authority_id)
        .outerjoin(ChallengeTerm, about)
        .where(told(session, now))
    )
    rows: dict[int, Row] = {}
    for number, authority, closes, theme in found:
        themes = rows[number].themes if number in rows else ()
        with_theme = (*themes, intern(theme)) if theme else themes
        rows[number] = Row(number, intern(authority), closes, with_theme)
    # Without an event, a challenge comes in only at the instant that was chosen to publish it.
    coming = select(func.min(Challenge.published_at)).where(Challenge.published_at > now)
    latest = sorted(rows.values(), key=lambda row: (row.closes or _NEVER, row.id), reverse=True)
    return ToldList(latest, public_id, now, session.execute(coming).scalar_one())


_NEVER = datetime.min.replace(tzinfo=UTC)
