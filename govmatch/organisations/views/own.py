"""/firm: one's own firm: what its profile says, what is missing, what to do next."""

from govmatch.accounts.rules import own_path
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import queries, rules
from govmatch.organisations.gaps import Gap, gaps
from govmatch.organisations.models import Firm
from govmatch.organisations.near import Near, near
from govmatch.organisations.places import country_name, language_list, language_name
from govmatch.organisations.profile import Profile
from govmatch.organisations.showing import (
    EVIDENCE_NAMES,
    SECTION_TITLES,
    SIZE_NAMES,
    day_of,
    named,
)
from govmatch.organisations.strength import WHOLE, level_of, missing_points
from govmatch.organisations.websites import address_in
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

Value = str | Message
Rows = list[tuple[Message, Value]]


@dataclass(frozen=True)
class Piece:
    """A piece of evidence on the page of one's own firm, in date or not."""

    id: str
    what: Message
    note: str
    reference: str
    address: str | None
    """The reference as a link, where it is one."""
    is_bare: bool
    """True where nothing is named by which it could be checked."""
    until: object
    in_date: bool


@dataclass(frozen=True)
class ChooseFirmPage:
    firms: list[Firm]
    near: list[Near]
    """Firms that they may want to join; for those without one of their own."""
    next_path: str
    """Where whoever came here for a firm goes on to once there is one."""


@dataclass(frozen=True)
class OwnFirmPage:
    firm: Firm
    path: str
    gaps: list[Gap]
    points: int
    """Of 100: how much of what matching looks at is there."""
    level: Message
    titles: dict[str, Message]
    basics: Rows
    topics: Rows
    codes: list[tuple[str, str]]
    text_language: str
    evidence: list[Piece]
    may_edit: bool
    leads: bool


def own(visit: Visit) -> Answer:
    """Show the firm of this person; let them choose of several, or make the first."""
    firms = queries.own_firms(visit.db, visit.actor)
    if len(firms) == 1:
        return _page(visit, firms[0])
    wanted = own_path(visit.query.one("next"))
    values = ChooseFirmPage(firms, [] if firms else near(visit), wanted)
    return page(visit, "organisations/choose.html", values)


def one(visit: Visit) -> Answer:
    return _page(visit, queries.get_own_firm(visit.db, visit.actor, visit.params["firm"]))


def _page(visit: Visit, firm: Firm) -> Answer:
    profile = queries.profile_of(visit.db, firm)
    today = day_of(visit.now, visit.settings.zone)
    known = cpv.codes(visit.settings.content_dir)
    points = WHOLE - sum(missing_points(profile, today=today).values())
    values = OwnFirmPage(
        firm=firm,
        path=f"/firm/{firm.public_id}",
        gaps=gaps(profile, today=today),
        points=points,
        level=level_of(points).words,
        titles=dict(SECTION_TITLES),
        basics=_basics(firm, visit.lang),
        topics=_topics(visit, profile),
        codes=[(code, known.label(code, visit.lang)) for code in firm.cpv],
        text_language=language_name(firm.text_lang, visit.lang),
        evidence=[
            Piece(
                piece.public_id,
                EVIDENCE_NAMES[piece.kind],
                piece.note,
                piece.reference,
                address_in(piece.reference),
                rules.lacks_reference(piece),
                piece.valid_until,
                rules.is_in_date(piece, on=today),
            )
            for piece in profile.evidence
        ],
        may_edit=bool(rules.may_edit(visit.actor, firm)),
        leads=rules.leads(visit.actor, firm),
    )
    return page(visit, "organisations/own.html", values)


def _basics(firm: Firm, lang: Lang) -> Rows:
    rows: Rows = [
        (msg("Name"), firm.name),
        (msg("Country"), country_name(firm.country, lang)),
        (msg("Region"), firm.region),
        (msg("Town"), firm.city),
        (msg("Size"), SIZE_NAMES.get(firm.size or "", "")),
        (msg("Founded in"), str(firm.founded or "")),
        (msg("Website"), firm.website),
        (msg("Registration number"), firm.registration),
        (msg("VAT number"), firm.vat),
        (msg("Languages"), language_list(firm.languages, lang)),
    ]
    return [(term, value) for term, value in rows if value]


def _topics(visit: Visit, profile: Profile) -> Rows:
    themes = labels(visit.db, TermKind.THEME, visit.lang)
    technologies = labels(visit.db, TermKind.TECHNOLOGY, visit.lang)
    rows: Rows = [
        (msg("Themes"), ", ".join(named(profile.topics.themes, themes))),
        (msg("Technologies"), ", ".join(named(profile.topics.technologies, technologies))),
    ]
    return [(term, value) for term, value in rows if value]


routes = [
    get("/firm", own, rules.may_enter),
    get("/firm/{firm}", one, rules.may_enter),
]
