"""/firms/{slug}: one firm as everybody sees it, as page and as JSON."""

import json
from datetime import date, datetime

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import queries, rules
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.places import country_name, language_list, language_name
from govmatch.organisations.profile import Profile
from govmatch.organisations.showing import (
    EVIDENCE_NAMES,
    SIZE_NAMES,
    day_of,
    foreign,
    next_midnight,
    place_of,
)
from govmatch.organisations.websites import address_in, host_of
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels
from govmatch.web.answers import Answer, text
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class FirmPage:
    firm: Firm
    place: str
    texts_lang: str | None
    """Set where the firm's own words are not in the reader's language."""
    text_language: str
    themes: list[tuple[str, str]]
    """(label, address of the directory with this filter)"""
    technologies: list[tuple[str, str]]
    codes: list[tuple[str, str]]
    facts: list[tuple[Message, str | Message]]
    host: str
    evidence: list[tuple[Message, date | None, str, str | None]]
    """What, until when, and by which number or link it can be checked; the link where it is one."""
    own: bool
    join_url: str
    """Where somebody who has signed in asks to join it; empty for all others."""
    json_url: str


def show(visit: Visit) -> Answer:
    """Show a listed firm to everybody, and an unlisted one to its members."""
    firm = queries.get_visible_firm(visit.db, visit.actor, visit.params["slug"])
    profile = queries.profile_of(visit.db, firm)
    themes = labels(visit.db, TermKind.THEME, visit.lang)
    technologies = labels(visit.db, TermKind.TECHNOLOGY, visit.lang)
    known = cpv.codes(visit.settings.content_dir)
    values = FirmPage(
        firm=firm,
        place=place_of(firm, visit.lang),
        texts_lang=foreign(firm, visit.lang),
        text_language=language_name(firm.text_lang, visit.lang),
        themes=_links(visit, "theme", profile.topics.themes, themes),
        technologies=_links(visit, "technology", profile.topics.technologies, technologies),
        codes=[(code, known.label(code, visit.lang)) for code in firm.cpv],
        facts=_facts(firm, visit.lang),
        host=host_of(firm.website),
        evidence=[
            (EVIDENCE_NAMES[e.kind], e.valid_until, e.reference, address_in(e.reference))
            for e in _valid(visit, profile)
        ],
        own=rules.is_member(visit.actor, firm),
        join_url=_join_url(visit, firm),
        json_url=visit.url(f"/firms/{firm.slug}.json"),
    )
    return page(visit, "organisations/firm.html", values, expires=_expires(visit, profile))


def _join_url(visit: Visit, firm: Firm) -> str:
    may = visit.actor.is_signed_in and rules.may_ask_to_join(visit.actor, firm)
    return visit.url(f"/firms/{firm.slug}/join") if may else ""


def _links(
    visit: Visit, facet: str, slugs: tuple[str, ...], known: dict[str, str]
) -> list[tuple[str, str]]:
    return [(known[s], visit.url("/firms", **{facet: s})) for s in slugs if s in known]


def _facts(firm: Firm, lang: Lang) -> list[tuple[Message, str | Message]]:
    facts: list[tuple[Message, str | Message]] = [
        (msg("Country"), country_name(firm.country, lang)),
        (msg("Region"), firm.region),
        (msg("Town"), firm.city),
        (msg("Size"), SIZE_NAMES.get(firm.size or "", "")),
        (msg("Founded in"), str(firm.founded or "")),
        (msg("Works in"), language_list(firm.languages, lang)),
        (msg("Registration number"), firm.registration),
        (msg("VAT number"), firm.vat),
    ]
    return [(term, value) for term, value in facts if value]


def _valid(visit: Visit, profile: Profile) -> list[Evidence]:
    today = day_of(visit.now, visit.settings.zone)
    return [one for one in profile.evidence if rules.is_in_date(one, on=today)]


def _expires(visit: Visit, profile: Profile) -> datetime | None:
    """Return when the page may read otherwise: at midnight, where evidence has an end."""
    if any(one.valid_until for one in profile.evidence):
        return next_midnight(visit.now, visit.settings.zone)
    return None


def as_json(visit: Visit) -> Answer:
    """Return what the page says as data; the same in every language."""
    firm = queries.get_visible_firm(visit.db, visit.actor, visit.params["slug"])
    profile = queries.profile_of(visit.db, firm)
    said = {
        "slug": firm.slug,
        "url": visit.absolute(f"/firms/{firm.slug}"),
        **vars(profile.basics),
        **vars(profile.offer),
        **vars(profile.topics),
        **vars(profile.codes),
        "evidence": [
            {
                "kind": one.kind,
                "valid_until": one.valid_until and one.valid_until.isoformat(),
                "reference": one.reference,
            }
            for one in _valid(visit, profile)
        ],
        "updated": firm.updated_at.isoformat(timespec="seconds"),
    }
    body = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    return text(body, "application/json", expires=_expires(visit, profile))


routes = [
    get("/firms/{slug}.json", as_json, anyone, cached=True),
    get("/firms/{slug}", show, anyone, cached=True),
]
