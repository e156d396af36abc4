"""/firm/{firm}/members/{person}: one member: their role, and the end of their membership."""

from dataclasses import replace
from datetime import datetime

from govmatch.kit.asking import require
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import read_role
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import Member
from govmatch.organisations.roles_in_words import ROLES_IN_FIRM, highest, role_name
from govmatch.organisations.rules import may_enter, may_manage
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class MemberPage:
    form: Form
    firm: Firm
    path: str
    """Of the firm; that of the member is `member_path`."""
    member_path: str
    name: str
    address: str
    """Empty for whoever does not lead the firm."""
    role: Message
    since: datetime
    roles: list[tuple[str, Message, Message]]
    is_self: bool
    may_manage: bool
    may_hand_over: bool
    is_last_lead: bool


def show(visit: Visit) -> Answer:
    """Show a member to whoever leads the firm, and everybody themselves."""
    firm, member = _member(visit)
    return _page(visit, firm, member, filled({"role": highest(member.rows).value}))


def _page(visit: Visit, firm: Firm, member: Member, form: Form, *, status: int = 200) -> Answer:
    is_self = member.person.id == visit.actor.person_id
    if not is_self:
        require(may_manage(visit.actor, firm))
    manages = bool(may_manage(visit.actor, firm))
    path = f"/firm/{firm.public_id}"
    values = MemberPage(
        form=form,
        firm=firm,
        path=path,
        member_path=f"{path}/members/{member.person.public_id}",
        name=member.person.name,
        address=member.person.email if manages else "",
        role=role_name(member.rows),
        since=member.since,
        roles=ROLES_IN_FIRM,
        is_self=is_self,
        may_manage=manages,
        may_hand_over=manages and not is_self and not member.leads,
        is_last_lead=member.leads and _leads_alone(visit, firm),
    )
    has_form = manages and not values.is_last_lead
    return page(visit, "organisations/member.html", values, status=status, main_form=has_form)


def _leads_alone(visit: Visit, firm: Firm) -> bool:
    members = queries.members_of(visit.db, firm, real_now=visit.real_now)
    return sum(one.leads and one.person.disabled_at is None for one in members) < 2


def change(visit: WritingVisit) -> Answer:
    """Give somebody another role in the firm."""
    firm, member = _member(visit)
    require(may_manage(visit.actor, firm))
    reader = Reader(visit.form)
    role = read_role(reader)
    if visit.switching:
        return _page(visit, firm, member, replace(reader.form, errors={}))
    if not reader.ok:
        return _page(visit, firm, member, reader.form, status=422)
    actions.change_role(
        visit.session, firm, member, role,
        actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    words = {key: label for key, label, _ in ROLES_IN_FIRM}[role.value]
    name = member.person.name
    visit.flash("success", msg("{name} now has this role: {role}.", name=name, role=words))
    return redirect(f"/firm/{firm.public_id}/members")


def end(visit: WritingVisit) -> Answer:
    """End somebody's membership, or leave."""
    firm, member = _member(visit)
    actions.end_membership(
        visit.session, firm, member, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    if member.person.id == visit.actor.person_id:
        visit.flash("success", msg("You have left {name}.", name=firm.name))
        return redirect("/firm")
    visit.flash(
        "success", msg("{name} does not belong to the firm any more.", name=member.person.name)
    )
    return redirect(f"/firm/{firm.public_id}/members")


def hand_over(visit: WritingVisit) -> Answer:
    firm, member = _member(visit)
    actions.hand_over_lead(
        visit.session, firm, member, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("{name} leads the firm now.", name=member.person.name))
    return redirect(f"/firm/{firm.public_id}/members")


def _member(visit: Visit) -> tuple[Firm, Member]:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    person = visit.params["person"]
    return firm, queries.get_member(visit.db, firm, person, real_now=visit.real_now)


routes = [
    get("/firm/{firm}/members/{person}", show, may_enter),
    post("/firm/{firm}/members/{person}", change, may_enter),
    post("/firm/{firm}/members/{person}/end", end, may_enter),
    post("/firm/{firm}/members/{person}/lead", hand_over, may_enter),
]
