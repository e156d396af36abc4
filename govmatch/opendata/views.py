"""Feeds, calendars and the map of what is public."""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from govmatch.challenges.models import Challenge
from govmatch.challenges.public_list import public_list
from govmatch.challenges.queries import told_slugs
from govmatch.challenges.showing import by_ids, text_of
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.organisations.directory import directory
from govmatch.organisations.queries.authorities import all_authorities
from govmatch.programmes.queries import all_programmes
from govmatch.web.answers import Answer, text
from govmatch.web.calendars import CalendarEvent, calendar
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST_IN_FEED = 50
MOST_IN_CALENDAR = 1000
MOST_IN_MAP = 10_000
PAGES = (
    "how-it-works", "for-firms", "for-authorities", "matching", "open-data", "easy-language",
    "sign-language", "accessibility", "privacy", "security", "terms", "imprint",
)  # fmt: skip


def _newest(visit: Visit, *, most: int, phase: list[str] | None = None) -> list[Challenge]:
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    wanted = {"phase": phase} if phase else {}
    return by_ids(visit.db, known.ids(wanted, sort="newest", offset=0, size=most))


def _expires(visit: Visit) -> datetime:
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    return known.expires


def feed(visit: Visit) -> Answer:
    """The newest 50 challenges as an Atom feed (RFC 4287)."""
    body = "".join(_feed_lines(visit, _newest(visit, most=MOST_IN_FEED)))
    return text(body, "application/atom+xml", expires=_expires(visit))


def _feed_lines(visit: Visit, challenges: list[Challenge]) -> Iterator[str]:
    own = visit.absolute(visit.url("/challenges.atom"))
    challenges_word = visit.say(msg("Challenges"))
    title = f"{challenges_word} – {visit.settings.site_name}"
    newest = max((one.updated_at for one in challenges), default=visit.now)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.lang}">\n'
    yield f"<title>{escape(title)}</title>\n<id>{escape(visit.absolute('/challenges.atom'))}</id>\n"
    yield f'<link rel="self" href={quoteattr(own)}/>\n'
    yield f"<link href={quoteattr(visit.absolute(visit.url('/challenges')))}/>\n"
    yield f"<updated>{_instant(newest)}</updated>\n"
    for one in challenges:
        words = text_of(one, visit.lang)
        address = visit.absolute(visit.url(f"/challenges/{one.slug}"))
        author = one.authority.names.get(visit.lang) or next(iter(one.authority.names.values()))
        yield f'<entry xml:lang="{words.lang}"><title>{escape(words.title)}</title>\n'
        yield f"<id>urn:govmatch:challenge:{one.public_id}</id>\n"
        yield f"<link href={quoteattr(address)}/>\n"
        yield f"<published>{_instant(one.published_at or one.updated_at)}</published>\n"
        yield f"<updated>{_instant(one.updated_at)}</updated>\n"
        yield f"<author><name>{escape(author)}</name></author>\n"
        yield f"<summary>{escape(words.summary)}</summary></entry>\n"
    yield "</feed>\n"


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def deadlines(visit: Visit) -> Answer:
    """The deadlines of all open and announced challenges as one calendar."""
    deadlines_word = visit.say(msg("Deadlines"))
    title = f"{deadlines_word} – {visit.settings.site_name}"
    coming = _newest(visit, most=MOST_IN_CALENDAR, phase=["open", "scheduled"])
    events = [
        CalendarEvent(
            uid=f"{one.public_id}-closes@govmatch",
            sequence=one.revision,
            stamp=one.updated_at,
            at=one.closes,
            summary=visit.say(msg("Deadline: {title}", title=text_of(one, visit.lang).title)),
            url=visit.absolute(f"/challenges/{one.slug}"),
        )
        for one in coming
        if one.closes is not None
    ]
    answer = calendar(events, name=title)
    return Answer(body=answer.body, media_type=answer.media_type, expires=_expires(visit))


def sitemap(visit: Visit) -> Answer:
    """What search engines may read, each address in its three languages."""
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    paths = [*_few_paths(visit), *(f"/challenges/{row.slug}" for row in known.rows[:MOST_IN_MAP])]
    told = told_slugs(visit.db, visit.now, most=MOST_IN_MAP)
    paths += [f"/results/{slug}" for slug in told]
    firms = directory(visit.db, public_id=visit.public_id).rows
    paths += [f"/firms/{row.slug}" for row in firms[:MOST_IN_MAP]]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n',
    ]
    for path in paths:
        lines.append(f"<url><loc>{escape(visit.absolute(path))}</loc>")
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{lang}"'
            f" href={quoteattr(visit.absolute(f'{path}?lang={lang}'))}/>"
            for lang in LANGUAGES
        ]
        lines.append("</url>\n")
    lines.append("</urlset>\n")
    return text("".join(lines), "application/xml", expires=known.expires)


def _few_paths(visit: Visit) -> list[str]:
    """Return the addresses of everything that there is little of."""
    return [
        "/",
        "/challenges",
        "/results",
        "/firms",
        *(f"/pages/{slug}" for slug in PAGES),
        *(f"/programmes/{one.slug}" for one in all_programmes(visit.db)),
        *(f"/authorities/{one.slug}" for one in all_authorities(visit.db)),
    ]


routes = [
    get("/challenges.atom", feed, anyone, cached=True),
    get("/challenges.ics", deadlines, anyone, cached=True),
    get("/sitemap.xml", sitemap, anyone, cached=True),
]
