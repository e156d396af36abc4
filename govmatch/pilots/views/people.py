"""/pilots/{id}/people: who takes part, and its mentors, invited by the authority's side."""

from datetime import datetime
from typing import cast

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Role, RoleRow
from govmatch.accounts.names import ROLE_NAMES
from govmatch.applications.queries import partner_firms_of
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, rules
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import LANGUAGE_NAMES, Head, Trouble, head_of, pilot_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/people"


@dataclass(frozen=True)
class Mentor:
    name: str
    key: str
    since: datetime
    can_end: bool


@dataclass(frozen=True)
class Offer:
    key: str
    address: str
    expires_at: datetime


@dataclass(frozen=True)
class PeoplePage:
    head: Head
    firm: list[tuple[str, Message]]
    partners: list[tuple[str, list[tuple[str, Message]]]]
    """Each partner of the firm with its people."""
    authority: list[tuple[str, Message]]
    mentors: list[Mentor]
    offers: list[Offer]
    may_choose: bool
    languages: list[tuple[str, str]]
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    return _page(visit, pilot_of(visit), Trouble(filled({"lang": visit.lang}), 200))


def act(visit: WritingVisit) -> Answer:
    """Invite a mentor, end a mentor's role, or take an invitation back."""
    pilot = pilot_of(visit)
    match visit.form.one("act"):
        case "end":
            _end(visit, pilot)
            visit.flash("success", msg("The role has ended."))
        case "revoke":
            _revoke(visit, pilot)
            visit.flash("success", msg("The invitation has been taken back."))
        case _:
            return _invite(visit, pilot)
    may_stay = rules.side_of(visit.actor, pilot) is not None
    return redirect(f"{path_of(pilot)}/people" if may_stay else "/pilots")


def _invite(visit: WritingVisit, pilot: Pilot) -> Answer:
    reader = Reader(visit.form)
    address = reader.email("email")
    lang = reader.choice("lang", LANGUAGES)
    if visit.switching:
        return _page(visit, pilot, Trouble(Form(reader.form.values), 200))
    if not reader.ok and rules.may_choose_mentors(visit.actor, pilot):
        return _page(visit, pilot, Trouble(reader.form, 422))
    try:
        actions.invite_mentor(
            visit.session, pilot, address, lang=cast(Lang, lang),
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, pilot, Trouble(Form(reader.form.values, error.errors), 422))
    except Conflict as error:
        form = Form(reader.form.values, {"email": error.reason})
        return _page(visit, pilot, Trouble(form, 422))
    visit.flash("success", msg("The invitation is on its way. It is open for 14 days."))
    return redirect(f"{path_of(pilot)}/people")


def _end(visit: WritingVisit, pilot: Pilot) -> None:
    for row in _mentors(visit, pilot):
        if row.person.public_id == visit.form.one("person"):
            actions.end_mentor(
                visit.session, pilot, row,
                actor=visit.actor, now=visit.now, real_now=visit.real_now,
            )  # fmt: skip
            return
    raise NotFound


def _revoke(visit: WritingVisit, pilot: Pilot) -> None:
    found = accounts.invitation_by_public_id(visit.db, visit.form.one("invitation"))
    if found is None or (found.object_kind, found.object_id) != ("pilot", pilot.id):
        raise NotFound
    actions.revoke_mentor(
        visit.session, pilot, found, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )


def _mentors(visit: Visit, pilot: Pilot) -> list[RoleRow]:
    return accounts.holders(visit.db, "pilot", pilot.id, now=visit.real_now)


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    may_choose = bool(rules.may_choose_mentors(visit.actor, pilot))
    offers = (
        accounts.open_invitations(
            visit.db, now=visit.real_now, object_kind="pilot", object_id=pilot.id
        )
        if may_choose
        else []
    )
    challenge = pilot.challenge
    values = PeoplePage(
        head=head_of(visit, pilot),
        firm=_named(visit, "firm", pilot.firm_id, *rules.APPLICANTS),
        partners=[
            (firm.name, _named(visit, "firm", firm.id, *rules.APPLICANTS))
            for firm in partner_firms_of(visit.db, pilot.application)
        ],
        authority=[
            *_named(visit, "authority", challenge.authority_id, Role.STAFF),
            *_named(visit, "programme", challenge.programme_id, Role.MANAGER),
        ],
        mentors=[
            Mentor(
                row.person.name,
                row.person.public_id,
                row.since,
                bool(rules.may_end_mentor(visit.actor, pilot, row.person_id)),
            )
            for row in _mentors(visit, pilot)
        ],
        offers=[Offer(one.public_id, one.address, one.expires_at) for one in offers],
        may_choose=may_choose,
        languages=LANGUAGE_NAMES,
        action=visit.url(f"{path_of(pilot)}/people"),
        form=trouble.form,
    )
    return page(visit, "pilots/people.html", values, status=trouble.status, main_form=may_choose)


def _named(visit: Visit, kind: str, number: int, *roles: Role) -> list[tuple[str, Message]]:
    rows = accounts.holders(visit.db, kind, number, now=visit.real_now, roles=roles)
    return [(row.person.name, ROLE_NAMES[row.role]) for row in rows]


routes = [get(PATH, show, signed_in), post(PATH, act, signed_in, once=True)]
