"""/authorities/{slug}: who an authority is, and where its challenges are."""

from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.organisations.places import country_name, language_list
from govmatch.organisations.queries.authorities import by_slug
from govmatch.organisations.websites import host_of, web_address
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class AuthorityPage:
    name: str
    name_lang: str | None
    description: str
    description_lang: str | None
    facts: list[tuple[Message, str]]
    contact: list[tuple[str, str]]
    """(kind, value): name, email or phone."""
    website: str
    host: str
    challenges_url: str
    follow_url: str
    feed_url: str
    calendar_url: str


def show(visit: Visit) -> Answer:
    """Show an authority; what is said of one is public, its drafts are not mentioned here."""
    authority = by_slug(visit.db, visit.params["slug"])
    name, name_lang = pick(authority.names, visit.lang)
    description, description_lang = pick(authority.descriptions, visit.lang)
    website = web_address(authority.url) if authority.url else None
    values = AuthorityPage(
        name=name,
        name_lang=name_lang if name_lang != visit.lang else None,
        description=description,
        description_lang=description_lang if description_lang != visit.lang else None,
        facts=_facts(visit, authority),
        contact=[
            (kind, authority.contact[kind])
            for kind in ("name", "email", "phone")
            if authority.contact.get(kind)
        ],
        website=website or "",
        host=host_of(website or ""),
        challenges_url=visit.url("/challenges", authority=authority.slug),
        follow_url=visit.url(f"/authorities/{authority.slug}/follow"),
        feed_url=visit.url("/challenges.atom", authority=authority.slug),
        calendar_url=visit.url("/challenges.ics", authority=authority.slug),
    )
    return page(visit, "organisations/authority.html", values)


def _facts(visit: Visit, authority: Authority) -> list[tuple[Message, str]]:
    facts = [
        (msg("Country"), country_name(authority.country, visit.lang)),
        (msg("Region"), authority.region),
        (msg("Works in"), language_list(authority.languages, visit.lang)),
    ]
    return [(term, value) for term, value in facts if value]


routes = [get("/authorities/{slug}", show, anyone, cached=True)]
