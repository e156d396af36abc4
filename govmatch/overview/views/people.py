"""/admin/people: finding somebody, what they hold, and what helps when something is wrong."""

from datetime import datetime

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.names import ROLE_NAMES
from govmatch.accounts.queries.naming import names_by_id
from govmatch.accounts.rules import has_factor, may_disable
from govmatch.kit.actor import No
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import OWN_NAMES, Message, as_lang, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.overview.forms import Wish, read_new_role
from govmatch.overview.queries import objects, people
from govmatch.overview.views.frame import (
    Options,
    Tab,
    administrator,
    role_options,
    tabs,
    target_of,
    target_options,
)
from govmatch.overview.views.held import HeldLine, held_lines, held_name
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/people"


@dataclass(frozen=True)
class Line:
    """One person in the list."""

    name: str
    url: str
    address: str
    roles: list[str]
    is_disabled: bool


@dataclass(frozen=True)
class PeoplePage:
    tabs: list[Tab]
    query: str
    lines: list[Line]
    total: int
    paging: Paging
    action: str


@dataclass(frozen=True)
class PastLine:
    """One role that somebody has or had, and who gave it."""

    role: Message
    held_for: Message | str
    since: datetime
    until: datetime | None
    given_by: str


@dataclass(frozen=True)
class PersonPage:
    tabs: list[Tab]
    person: Person
    path: str
    language: Message | str
    has_factor: bool
    sessions: int
    held: list[HeldLine]
    past: list[PastLine]
    form: Form
    roles: Options
    targets: Options
    why_not: Message | None
    """Why this account cannot be disabled by whoever looks at it, or None."""


def people_list(visit: Visit) -> Answer:
    """List the accounts whose name or address has every word that was asked for."""
    text, number = visit.query.one("q")[:200], page_number(visit.query.one("page"))
    found = people.find_people(visit.db, text, page=number)
    held = people.roles_of_people(visit.db, found.people, now=visit.real_now)
    known = objects.targets(
        visit.db, {(row.object_kind, row.object_id) for rows in held.values() for row in rows}
    )
    lines = [
        Line(
            name=person.name,
            url=visit.url(f"{PATH}/{person.public_id}"),
            address=person.email,
            roles=[_role(visit, row, known) for row in held.get(person.id, [])],
            is_disabled=person.disabled_at is not None,
        )
        for person in found.people
    ]
    asked = text or None
    paging = Paging(number, people.SIZE, found.total, lambda n: visit.url(PATH, q=asked, page=n))
    values = PeoplePage(tabs(visit), text, lines, found.total, paging, visit.url(PATH))
    return page(visit, "overview/people.html", values, block="results")


def _role(visit: Visit, row: RoleRow, known: objects.Targets) -> str:
    name = held_name(visit, row, known.get((row.object_kind, row.object_id)))
    return f"{visit.say(ROLE_NAMES[row.role])}: {visit.say(name)}"


def _person(visit: Visit) -> Person:
    found = queries.by_public_id(visit.db, visit.params["person"])
    if found is None:
        raise NotFound
    return found


def show(visit: Visit) -> Answer:
    return _page(visit, _person(visit), filled({}))


def _page(visit: Visit, person: Person, form: Form, *, status: int = 200) -> Answer:
    ruling = may_disable(visit.actor, person)
    values = PersonPage(
        tabs=tabs(visit),
        person=person,
        path=f"{PATH}/{person.public_id}",
        language=OWN_NAMES[as_lang(person.lang)] if person.lang else msg("As the browser asks for"),
        has_factor=has_factor(person),
        sessions=len(queries.live_sessions(visit.db, person, now=visit.real_now)),
        held=held_lines(visit, queries.roles_in_force(visit.db, person, now=visit.real_now)),
        past=_past(visit, queries.role_history(visit.db, person)),
        form=form,
        roles=role_options(visit),
        targets=target_options(visit, objects.listed_targets(visit.db)),
        why_not=ruling.reason if isinstance(ruling, No) else None,
    )
    return page(visit, "overview/person.html", values, status=status, main_form=True)


def _past(visit: Visit, rows: list[RoleRow]) -> list[PastLine]:
    known = objects.targets(visit.db, {(row.object_kind, row.object_id) for row in rows})
    givers = names_by_id(visit.db, {row.granted_by for row in rows})
    return [
        PastLine(
            role=ROLE_NAMES[row.role],
            held_for=held_name(visit, row, known.get((row.object_kind, row.object_id))),
            since=row.since,
            until=row.until,
            given_by=givers.get(row.granted_by or 0, ""),
        )
        for row in rows
    ]


def give(visit: WritingVisit) -> Answer:
    """Give a role at once to somebody who has an account."""
    person = _person(visit)
    targets = objects.listed_targets(visit.db)
    wish, form = read_new_role(visit.form, [target.key for target in targets])
    if visit.switching:
        return _page(visit, person, Form(form.values))
    target = target_of(visit, wish, form)
    if target is None:
        return _page(visit, person, form, status=422)
    actions.grant(
        visit.session,
        person,
        Role(wish.role),
        target.kind,
        target.id,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        object_label=visit.say(target.name(visit.lang)) if target.slug else "",
    )
    visit.flash("success", msg("The role has been given. It needs a second factor."))
    return redirect(f"{PATH}/{person.public_id}")


def end(visit: WritingVisit) -> Answer:
    """End one role of this person at once."""
    person = _person(visit)
    wish = Wish(visit.form.one("role"), visit.form.one("for"))
    target = objects.by_key(visit.db, wish.key)
    rows = queries.roles_in_force(visit.db, person, now=visit.real_now)
    for row in rows:
        if target and (row.role, row.object_kind, row.object_id) == (
            wish.role,
            target.kind,
            target.id,
        ):
            actions.end_role(
                visit.session, row, actor=visit.actor, now=visit.now, real_now=visit.real_now
            )
            visit.flash("success", msg("The role has ended."))
            return redirect(f"{PATH}/{person.public_id}")
    raise NotFound


def disable(visit: WritingVisit) -> Answer:
    person = _person(visit)
    actions.disable_person(
        visit.session, person, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("The account is closed and signed out everywhere."))
    return redirect(f"{PATH}/{person.public_id}")


def enable(visit: WritingVisit) -> Answer:
    person = _person(visit)
    actions.enable_person(visit.session, person, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The account is open again."))
    return redirect(f"{PATH}/{person.public_id}")


def reset_factor(visit: WritingVisit) -> Answer:
    person = _person(visit)
    actions.reset_second_factor(
        visit.session, person, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash(
        "success", msg("The second factor is gone. A new one is set up at the next sign-in.")
    )
    return redirect(f"{PATH}/{person.public_id}")


def end_sessions(visit: WritingVisit) -> Answer:
    person = _person(visit)
    actions.end_sessions(
        visit.session, person, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("This person is signed out everywhere."))
    return redirect(f"{PATH}/{person.public_id}")


ONE = f"{PATH}/{{person}}"

routes = [
    get(PATH, people_list, administrator),
    get(ONE, show, administrator),
    post(f"{ONE}/roles", give, administrator, once=True),
    post(f"{ONE}/roles/end", end, administrator, once=True),
    post(f"{ONE}/disable", disable, administrator, once=True),
    post(f"{ONE}/enable", enable, administrator, once=True),
    post(f"{ONE}/reset-factor", reset_factor, administrator, once=True),
    post(f"{ONE}/end-sessions", end_sessions, administrator, once=True),
]
