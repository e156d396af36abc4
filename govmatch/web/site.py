"""The running site: what every request shares, put together by `govmatch.app`."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from datetime import datetime
from typing import Any, Protocol

from govmatch.kit.actor import Actor
from govmatch.kit.db import Database, ReadSession, Session
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from govmatch.web.cache import PageCache
from govmatch.web.limits import Buckets
from govmatch.web.static import StaticFiles
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Found:
    """Who a session cookie belongs to, and what they have yet to be told."""

    actor: Actor
    flashes: list[tuple[str, str]]
    touch: bool = False
    """The use of this session is to be noted, which is not done for every request."""


class People(Protocol):
    """What `web` needs of whoever keeps people and sessions."""

    def find(self, session: ReadSession, token: str, *, now: datetime) -> Found | None:
        """Return the person of a live session, or None."""

    def touch(self, session: Session, session_id: int, *, now: datetime) -> None:
        """Note that the session was used, and put off its end."""

    def set_flashes(
        self, session: Session, session_id: int, flashes: list[tuple[str, str]]
    ) -> None:
        """Replace what the person of this session is told next."""


@dataclass(kw_only=True)
class Site:
    settings: Settings
    database: Database
    signer: Signer
    people: People
    frame: Callable[[Visit], Any]
    templates: Any
    static: StaticFiles
    pool: ThreadPoolExecutor
    cache: PageCache = field(default_factory=PageCache)
    buckets: Buckets = field(default_factory=Buckets)
    tools: Mapping[str, Any] = field(default_factory=dict)
    """What views of a package need and app.py made once, such as the search index: by name."""
