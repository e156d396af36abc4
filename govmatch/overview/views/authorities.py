"""/admin/authorities: which there are, making one, changing what is said of one."""

from dataclasses import replace

from govmatch.accounts import queries as accounts
from govmatch.accounts.zones import zone_choices
from govmatch.kit.actor import No
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.actions.authorities import change_authority, create_authority
from govmatch.organisations.models import Authority
from govmatch.organisations.places import countries, country_name
from govmatch.organisations.queries.authorities import all_authorities, by_slug, name_of
from govmatch.organisations.rules import may_change_authority
from govmatch.overview.forms import authority_form, read_authority
from govmatch.overview.queries import people
from govmatch.overview.views.frame import (
    Options,
    Tab,
    administrator,
    language_options,
    shown_with,
    tabs,
)
from govmatch.overview.views.held import HolderLine, holder_lines, invite_url, roles_url
from govmatch.programmes import queries as programmes
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/authorities"


@dataclass(frozen=True)
class Line:
    """One authority in the list."""

    name: str
    url: str
    slug: str
    country: str
    people: int
    is_file: bool


@dataclass(frozen=True)
class AuthoritiesPage:
    tabs: list[Tab]
    lines: list[Line]


@dataclass(frozen=True)
class AuthorityPage:
    """One authority, or the form for a new one (`authority` is None)."""

    tabs: list[Tab]
    authority: Authority | None
    name: str
    form: Form
    action: str
    languages: list[tuple[Lang, str]]
    countries: Options
    zones: Options
    read_only: bool
    country: str
    people: list[HolderLine]
    invite_url: str
    roles_url: str
    programmes: list[tuple[str, str]]
    """(name, address)"""


def authority_list(visit: Visit) -> Answer:
    """List every authority with how many people act for it."""
    held = people.role_counts(visit.db, now=visit.real_now)
    counts: dict[int, int] = {}
    for (_, kind, number), n in held.items():
        if kind == "authority":
            counts[number] = counts.get(number, 0) + n
    lines = [
        Line(
            name=name_of(one, visit.lang),
            url=visit.url(f"{PATH}/{one.slug}"),
            slug=one.slug,
            country=country_name(one.country, visit.lang),
            people=counts.get(one.id, 0),
            is_file=one.source_path is not None,
        )
        for one in all_authorities(visit.db)
    ]
    return page(visit, "overview/authorities.html", AuthoritiesPage(tabs(visit), lines))


def ask_new(visit: Visit) -> Answer:
    return _page(visit, None, authority_form(None, zone=visit.settings.zone))


def make(visit: WritingVisit) -> Answer:
    """Make an authority from what was typed."""
    data, form = read_authority(visit.form, present=None)
    if visit.switching:
        return _page(visit, None, replace(form, errors={}))
    if form.errors:
        return _page(visit, None, form, status=422)
    try:
        authority = create_authority(visit.session, data, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, None, shown_with(form, error), status=422)
    visit.flash("success", msg("The authority is there. Invite its staff next."))
    return redirect(f"{PATH}/{authority.slug}")


def show(visit: Visit) -> Answer:
    authority = by_slug(visit.db, visit.params["slug"])
    return _page(visit, authority, authority_form(authority, zone=visit.settings.zone))


def change(visit: WritingVisit) -> Answer:
    """Keep what was typed about an authority; refused for one that comes from a file."""
    authority = by_slug(visit.db, visit.params["slug"])
    data, form = read_authority(visit.form, present=authority)
    if visit.switching:
        return _page(visit, authority, replace(form, errors={}))
    if form.errors:
        return _page(visit, authority, form, status=422)
    change_authority(visit.session, authority, data, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The authority has been saved."))
    return redirect(f"{PATH}/{authority.slug}")


def _page(visit: Visit, authority: Authority | None, form: Form, *, status: int = 200) -> Answer:
    read_only = authority is not None and isinstance(
        may_change_authority(visit.actor, authority), No
    )
    key = f"authority:{authority.slug}" if authority else ""
    values = AuthorityPage(
        tabs=tabs(visit),
        authority=authority,
        name=name_of(authority, visit.lang) if authority else "",
        form=form,
        action=visit.url(f"{PATH}/{authority.slug}" if authority else f"{PATH}/new"),
        languages=language_options(visit),
        countries=list(countries(visit.lang).items()),
        zones=zone_choices(authority.zone if authority else "", visit.lang),
        read_only=read_only,
        country=country_name(authority.country, visit.lang) if authority else "",
        people=_people(visit, authority),
        invite_url=invite_url(visit, key),
        roles_url=roles_url(visit, key),
        programmes=_programmes(visit, authority),
    )
    return page(visit, "overview/authority.html", values, status=status, main_form=not read_only)


def _people(visit: Visit, authority: Authority | None) -> list[HolderLine]:
    if authority is None:
        return []
    rows = accounts.holders(visit.db, "authority", authority.id, now=visit.real_now)
    return holder_lines(visit, rows)


def _programmes(visit: Visit, authority: Authority | None) -> list[tuple[str, str]]:
    if authority is None:
        return []
    return [
        (pick(one.names, visit.lang)[0], visit.url(f"/admin/programmes/{one.slug}"))
        for one in programmes.programmes_of(visit.db, authority)
    ]


routes = [
    get(PATH, authority_list, administrator),
    get(f"{PATH}/new", ask_new, administrator),
    post(f"{PATH}/new", make, administrator, once=True),
    get(f"{PATH}/{{slug}}", show, administrator),
    post(f"{PATH}/{{slug}}", change, administrator, once=True),
]
