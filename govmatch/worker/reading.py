"""What is to be found, read from the database: all things of all packages and their entries."""

import logging
from collections.abc import Iterator

from govmatch.kit.background import Background
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import clock_offset
from govmatch.kit.signing import Signer
from govmatch.search.entry import Change, Entry
from govmatch.search.rebuilding import Thing
from govmatch.settings import Settings
from govmatch.worker.registry import indexed

log = logging.getLogger("govmatch.index")


def background(settings: Settings, session: ReadSession) -> Background:
    offset = clock_offset(session) if settings.is_demo else 0
    return Background(settings, Signer(settings.secret_key), site_now(offset), real_now())


def entries_of(given: Background, session: ReadSession, kind: str, subject: int) -> list[Entry]:
    """Return the entries of one thing; one that cannot be made is logged and stops no other."""
    try:
        found = indexed()[kind].entries(given, session, subject)
        return list(Change(kind, str(subject), tuple(found)).entries)
    except Exception:
        log.exception("%s %s cannot be indexed", kind, subject)
        return []


def everything(settings: Settings, session: ReadSession) -> tuple[int, Iterator[Entry]]:
    """Return how many things there are, and the entries of all of them."""
    given = background(settings, session)
    things = all_things(settings, session)

    def entries() -> Iterator[Entry]:
        for kind, number in things:
            yield from entries_of(given, session, kind, number)
            session.expunge_all()

    return len(things), entries()


def all_things(settings: Settings, session: ReadSession) -> list[Thing]:
    """Return everything that is indexed, in the order in which it is taken."""
    given = background(settings, session)
    return [
        (kind, number)
        for kind, one in indexed().items()
        for number in sorted(one.ids(given, session))
    ]
