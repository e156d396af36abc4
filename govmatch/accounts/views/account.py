"""One's own page: details, sign-in and roles."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.accounts import actions, queries, rules
from govmatch.accounts.forms import details_form, read_details
from govmatch.accounts.models import Person, RoleRow
from govmatch.accounts.names import ROLE_NAMES, object_name
from govmatch.accounts.views.landing import first_page, own_session
from govmatch.accounts.zones import zone_choices, zone_label
from govmatch.kit.actor import Held
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class RoleLine:
    role: Message
    held_for: Message | str
    since: datetime


@dataclass(frozen=True)
class AccountPage:
    name: str
    address: str
    language: Message | str
    zone: Message | str
    has_factor: bool
    factor_required: bool
    codes_left: int
    sessions: int
    roles: list[RoleLine]
    next_page: str
    """Where this person's work begins; this page itself for who has no role."""


@dataclass(frozen=True)
class DetailsPage:
    form: Form
    languages: list[tuple[str, str]]
    zones: list[tuple[str, str]]


def show(visit: Visit) -> Answer:
    person, now = own_session(visit).person, visit.real_now
    rows = queries.roles_in_force(visit.db, person, now=now)
    held = [Held(row.role, row.object_kind, row.object_id) for row in rows]
    values = AccountPage(
        name=person.name,
        address=person.email,
        language=_language(person),
        zone=_zone(person, visit.settings.zone, visit.lang),
        has_factor=rules.has_factor(person),
        factor_required=any(rules.needs_factor(one.object_kind) for one in held),
        codes_left=queries.recovery_codes_left(visit.db, person),
        sessions=len(queries.live_sessions(visit.db, person, now=now)),
        roles=_lines(visit, rows),
        next_page=first_page(held),
    )
    return page(visit, "accounts/account.html", values)


def _lines(visit: Visit, rows: Sequence[RoleRow]) -> list[RoleLine]:
    """Return the roles with their objects as they are called now, in the reader's language."""
    wanted = [(row.object_kind, row.object_id) for row in rows]
    names = visit.site.tools["names_of_objects"](visit.db, wanted, visit.lang)
    return [
        RoleLine(
            ROLE_NAMES[row.role],
            names.get((row.object_kind, row.object_id))
            or object_name(row.object_kind, row.object_label),
            row.since,
        )
        for row in rows
    ]


def _language(person: Person) -> Message | str:
    return OWN_NAMES[as_lang(person.lang)] if person.lang else msg("As the browser asks for")


def _zone(person: Person, of_site: str, lang: Lang) -> Message | str:
    if person.zone:
        return zone_label(person.zone, lang)
    return msg("As on the whole site: {zone}", zone=zone_label(of_site, lang))


def ask_details(visit: Visit) -> Answer:
    person = own_session(visit).person
    return _details_page(visit, person, details_form(person))


def _details_page(visit: Visit, person: Person, form: Form, *, status: int = 200) -> Answer:
    values = DetailsPage(
        form,
        [(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
        zone_choices(person.zone or "", visit.lang),
    )
    return page(visit, "accounts/details.html", values, status=status, main_form=True)


def save_details(visit: WritingVisit) -> Answer:
    person = own_session(visit).person
    read, form = read_details(visit.form, person)
    if visit.switching:
        return _details_page(visit, person, replace(form, errors={}))
    if form.errors:
        return _details_page(visit, person, form, status=422)
    actions.change_details(
        visit.session,
        person,
        name=read.name,
        lang=read.lang,
        zone=read.zone,
        actor=visit.actor,
        now=visit.now,
    )
    if read.lang and not visit.lang_fixed:
        visit.lang = read.lang  # the next page speaks it, and so does the message on it
    visit.flash("success", msg("Your details have been saved."))
    return redirect("/account")


routes = [
    get("/account", show, settled),
    get("/account/details", ask_details, settled),
    post("/account/details", save_details, settled),
]
