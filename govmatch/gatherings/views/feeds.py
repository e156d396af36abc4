"""/events.atom and /events.json: what is new, and everything public as data."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from govmatch.gatherings import queries, rules
from govmatch.gatherings.models import Gathering
from govmatch.gatherings.showing import host_of, path_of, times_of, where_text
from govmatch.gatherings.views.listing import FACETS, chosen
from govmatch.kit.i18n import msg
from govmatch.web.answers import Answer, text
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 50
MOST_AS_DATA = 1_000


def feed(visit: Visit) -> Answer:
    """The 50 events that changed last, of those that fit the filters, as Atom (RFC 4287)."""
    newest = queries.latest(visit.db, visit.now, most=MOST, among=chosen(visit))
    return text("".join(_lines(visit, newest)), "application/atom+xml")


def _lines(visit: Visit, gatherings: list[Gathering]) -> Iterator[str]:
    kept = {name: values for name, values in visit.query.fields.items() if name in FACETS}
    own = visit.absolute(visit.url("/events.atom", **kept))
    title = f"{visit.say(msg('Events'))} – {visit.settings.site_name}"
    newest = max((one.updated_at for one in gatherings), default=visit.now)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.lang}">\n'
    yield f"<title>{escape(title)}</title>\n<id>{escape(visit.absolute('/events.atom'))}</id>\n"
    yield f'<link rel="self" href={quoteattr(own)}/>\n'
    yield f"<link href={quoteattr(visit.absolute(visit.url('/events')))}/>\n"
    yield f"<updated>{_instant(newest)}</updated>\n"
    for one in gatherings:
        words = queries.text_for(one, visit.lang)
        address = visit.absolute(visit.url(path_of(one)))
        said = f"{times_of(one, visit.lang)} · {where_text(one, visit.lang)}. {words.summary}"
        name = words.title
        if rules.phase(one, visit.now) is rules.Phase.CANCELLED:
            name = visit.say(msg("Cancelled: {title}", title=name))
        yield f'<entry xml:lang="{words.lang}"><title>{escape(name)}</title>\n'
        yield f"<id>urn:govmatch:event:{one.public_id}</id>\n"
        yield f"<link href={quoteattr(address)}/>\n"
        yield f"<published>{_instant(one.published_at or one.updated_at)}</published>\n"
        yield f"<updated>{_instant(one.updated_at)}</updated>\n"
        yield f"<author><name>{escape(host_of(one, visit.lang))}</name></author>\n"
        yield f"<summary>{escape(said)}</summary></entry>\n"
    yield "</feed>\n"


def as_data(visit: Visit) -> Answer:
    """Everything public about the latest events; no word about who registered."""
    found = queries.latest(visit.db, visit.now, most=MOST_AS_DATA)
    events = [_facts(visit, one) for one in found]
    body = json.dumps({"events": events}, ensure_ascii=False, indent=2)
    return text(body, "application/json")


def _facts(visit: Visit, one: Gathering) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "url": visit.absolute(path_of(one)),
        "kind": one.kind,
        "state": one.state,
        "authority": one.authority.slug if one.authority else None,
        "programme": one.programme.slug if one.programme else None,
        "starts": _instant(one.starts),
        "ends": _instant(one.ends),
        "zone": one.zone,
        "mode": one.mode,
        "place": one.place,
        "country": one.country,
        "themes": one.themes,
        "texts": {
            words.lang: {"title": words.title, "summary": words.summary} for words in one.texts
        },
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


routes = [
    get("/events.atom", feed, anyone, cached=True),
    get("/events.json", as_data, anyone, cached=True),
]
