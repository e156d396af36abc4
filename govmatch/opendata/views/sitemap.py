"""/sitemap.xml: the map of what is public."""

from xml.sax.saxutils import escape, quoteattr

from govmatch.challenges.queries import slugs, told_slugs
from govmatch.gatherings import queries as gatherings
from govmatch.kit.i18n import LANGUAGES
from govmatch.needs import queries as needs
from govmatch.opendata.views.chosen import known
from govmatch.organisations.directory import directory
from govmatch.organisations.queries.authorities import all_authorities
from govmatch.programmes.queries import all_programmes
from govmatch.web.answers import Answer, text
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST_IN_MAP = 10_000
PAGES = (
    "how-it-works", "for-firms", "for-authorities", "matching", "searching", "open-data",
    "guide-challenge", "guide-contract", "guide-data", "guide-e-invoicing", "guide-accessibility",
    "guide-security", "guide-feedback",
    "easy-language", "sign-language", "accessibility", "privacy", "security", "terms", "imprint",
)  # fmt: skip


def sitemap(visit: Visit) -> Answer:
    """What search engines may read, each address in its three languages."""
    public = known(visit)
    listed = slugs(visit.db, [row.id for row in public.rows[:MOST_IN_MAP]])
    paths = [*_few_paths(visit), *(f"/challenges/{slug}" for slug in listed)]
    told = told_slugs(visit.db, visit.now, most=MOST_IN_MAP)
    paths += [f"/results/{slug}" for slug in told]
    paths += [
        f"/events/{slug}" for slug in gatherings.public_slugs(visit.db, visit.now, most=MOST_IN_MAP)
    ]
    firms = directory(visit.db, public_id=visit.public_id).rows
    paths += [f"/needs/{one}" for one in needs.listed_needs(visit.db, most=MOST_IN_MAP)]
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
    return text("".join(lines), "application/xml", expires=public.expires)


def _few_paths(visit: Visit) -> list[str]:
    """Return the addresses of everything that there is little of."""
    return [
        "/",
        "/challenges",
        "/needs",
        "/events",
        "/programmes",
        "/results",
        "/firms",
        "/receipts/verify",
        *(f"/pages/{slug}" for slug in PAGES),
        *(f"/programmes/{one.slug}" for one in all_programmes(visit.db)),
        *(f"/authorities/{one.slug}" for one in all_authorities(visit.db)),
    ]


routes = [get("/sitemap.xml", sitemap, anyone, cached=True)]
