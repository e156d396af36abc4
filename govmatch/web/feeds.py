"""Atom feeds (RFC 4287): what is told in order, the newest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, text
from govmatch.web.visit import Visit

ATOM = "application/atom+xml"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """One thing told; `name` makes its id, the same for good. `path` is on this site."""

    name: str
    title: str
    lang: str
    path: str
    published: datetime
    updated: datetime
    author: str = ""
    summary: str = ""


def feed(
    visit: Visit,
    entries: Iterable[FeedEntry],
    *,
    title: str,
    own: str,
    page: str,
    now: datetime,
    expires: datetime | None = None,
) -> Answer:
    """Return the entries as one feed; `own` and `page` are paths, of itself and of what it tells.

    `now` stands as the time of change where there is no entry.
    """
    body = "".join(_lines(visit, list(entries), title=title, own=own, page=page, now=now))
    return replace(text(body, ATOM), expires=expires)


def _lines(
    visit: Visit, entries: list[FeedEntry], *, title: str, own: str, page: str, now: datetime
) -> Iterator[str]:
    site = visit.settings.site_name
    newest = max((one.updated for one in entries), default=now)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.lang}">\n'
    yield f"<title>{_said(f'{title} – {site}')}</title>\n<id>{escape(visit.absolute(own))}</id>\n"
    yield f'<link rel="self" href={quoteattr(visit.absolute(own))}/>\n'
    yield f"<link href={quoteattr(visit.absolute(page))}/>\n"
    yield f"<author><name>{_said(site)}</name></author>\n"
    yield f"<updated>{instant(newest)}</updated>\n"
    for one in entries:
        yield f'<entry xml:lang="{one.lang}"><title>{_said(one.title)}</title>\n'
        yield f"<id>urn:govmatch:{escape(one.name)}</id>\n"
        path, mark, part = one.path.partition("#")
        address = visit.absolute(visit.url(path)) + mark + part
        yield f"<link href={quoteattr(address)}/>\n"
        yield f"<published>{instant(one.published)}</published>\n"
        yield f"<updated>{instant(one.updated)}</updated>\n"
        if one.author:
            yield f"<author><name>{_said(one.author)}</name></author>\n"
        yield f"<summary>{_said(one.summary)}</summary></entry>\n"
    yield "</feed>\n"


def _said(words: str) -> str:
    """Return text without the characters that XML does not know."""
    return escape(_NOT_IN_XML.sub(" ", words))


def instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
