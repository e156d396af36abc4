"""/search.atom: what is new in a search, for whoever subscribes (RFC 4287)."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from govmatch.explore import asked as asking
from govmatch.explore.asked import Asked
from govmatch.explore.search_fields import KIND_NAMES
from govmatch.explore.still_visible import still_visible
from govmatch.kit.i18n import msg
from govmatch.search.entry import PUBLIC
from govmatch.search.query import QueryTooLong
from govmatch.search.results import Hit
from govmatch.web.answers import Answer, text
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST_IN_FEED = 50
ATOM = "application/atom+xml"


def feed(visit: Visit) -> Answer:
    """The 50 newest public things that a search finds; 400 for one that is too long.

    Readers of feeds do not sign in, so it tells nobody more than what everybody may find.
    """
    try:
        asked = replace(asking.read(visit), sort="newest", page=1)
    except QueryTooLong as refused:
        return text(f"{refused}\n", "text/plain", status=400)
    found = asking.find(visit, asked, audience=frozenset({PUBLIC}), size=MOST_IN_FEED)
    hits = [] if found.loosened else still_visible(visit, found.hits)
    return text("".join(_lines(visit, asked, hits)), ATOM)


def _lines(visit: Visit, asked: Asked, hits: list[Hit]) -> Iterator[str]:
    own = asked.address(visit, "/search.atom", sort=None)
    title = visit.say(msg("Search: {query}", query=asked.text or visit.say(msg("Everything"))))
    known = [hit.dates["added"] for hit in hits if "added" in hit.dates]
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.lang}">\n'
    yield f"<title>{escape(f'{title} – {visit.settings.site_name}')}</title>\n"
    yield f"<id>{escape(visit.absolute(own))}</id>\n"
    yield f'<link rel="self" href={quoteattr(visit.absolute(own))}/>\n'
    yield f"<link href={quoteattr(visit.absolute(asked.address(visit)))}/>\n"
    yield f"<author><name>{escape(visit.settings.site_name)}</name></author>\n"
    yield f"<updated>{_instant(max(known, default=visit.now))}</updated>\n"
    for hit in hits:
        yield from _entry(visit, hit)
    yield "</feed>\n"


def _entry(visit: Visit, hit: Hit) -> Iterator[str]:
    kind = visit.say(KIND_NAMES.get(hit.kind, msg("Page")))
    snippet = "".join(piece for piece, _ in hit.snippet)
    yield f'<entry xml:lang="{hit.lang}"><title>{escape(hit.title)}</title>\n'
    yield f"<id>urn:govmatch:found:{hit.kind}:{_name(hit)}</id>\n"
    yield f"<link href={quoteattr(visit.absolute(visit.url(hit.url)))}/>\n"
    yield f"<updated>{_instant(hit.dates.get('added', visit.now))}</updated>\n"
    yield f"<category term={quoteattr(hit.kind)} label={quoteattr(kind)}/>\n"
    yield f"<summary>{escape(snippet)}</summary></entry>\n"


def _name(hit: Hit) -> str:
    """Return what tells things apart for good; an id of ours would tell how many there are."""
    return hashlib.blake2b(hit.url.encode(), digest_size=12).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


routes = [get("/search.atom", feed, anyone, limit="search", waits=True)]
