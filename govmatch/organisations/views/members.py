"""/firm/{firm}/members: who belongs to the firm, who is invited, who leads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import LABELS, read_invitation
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import Member
from govmatch.organisations.rules import may_enter, may_manage
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

INVITED_AS = [
    (Role.MEMBER.value, msg("Member"), msg("Works on the profile and on applications.")),
    (
        Role.LEAD.value,
        msg("Lead"),
        msg("Also invites colleagues, ends memberships and may close the firm."),
    ),
]


@dataclass(frozen=True)
class MemberLine:
    id: str
    name: str
    role: Message
    since: datetime
    is_self: bool
    leads: bool


@dataclass(frozen=True)
class InvitationLine:
    id: str
    address: str
    role: Message
    until: datetime


@dataclass(frozen=True)
class MembersPage:
    form: Form
    firm: Firm
    path: str
    labels: Mapping[str, Message]
    roles: list[tuple[str, Message, Message]]
    members: list[MemberLine]
    invitations: list[InvitationLine]
    """Empty for members who do not lead: addresses are shown to whoever may invite."""
    may_manage: bool


def show(visit: Visit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    return _page(visit, firm, filled({"role": Role.MEMBER.value}))


def _page(visit: Visit, firm: Firm, form: Form, *, status: int = 200) -> Answer:
    manages = bool(may_manage(visit.actor, firm))
    invitations = queries.invitations_of(visit.db, firm, real_now=visit.real_now) if manages else []
    values = MembersPage(
        form=form,
        firm=firm,
        path=f"/firm/{firm.public_id}",
        labels=LABELS,
        roles=INVITED_AS,
        members=[
            _line(visit, member)
            for member in queries.members_of(visit.db, firm, real_now=visit.real_now)
        ],
        invitations=[
            InvitationLine(one.public_id, one.address, ROLE_NAMES[one.role], one.expires_at)
            for one in invitations
        ],
        may_manage=manages,
    )
    template = "organisations/members.html"
    return page(visit, template, values, status=status, main_form=manages)


def _line(visit: Visit, member: Member) -> MemberLine:
    role = Role.LEAD if member.leads else Role(member.rows[0].role)
    return MemberLine(
        id=member.person.public_id,
        name=member.person.name,
        role=ROLE_NAMES[role],
        since=member.since,
        is_self=member.person.id == visit.actor.person_id,
        leads=member.leads,
    )


def invite(visit: WritingVisit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    require(may_manage(visit.actor, firm))
    address, role, form = read_invitation(visit.form)
    if visit.switching:
        return _page(visit, firm, replace(form, errors={}))
    if form.errors:
        return _page(visit, firm, form, status=422)
    try:
        actions.invite_member(
            visit.session,
            firm,
            address,
            role,
            lang=visit.lang,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _page(visit, firm, replace(form, errors=error.errors), status=422)
    except Conflict as error:
        return _page(visit, firm, replace(form, errors={"email": error.reason}), status=409)
    visit.flash("success", msg("The invitation is on its way to {address}.", address=address))
    return redirect(f"/firm/{firm.public_id}/members")


def revoke(visit: WritingVisit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    invitation = queries.get_invitation(
        visit.db, firm, visit.params["invitation"], real_now=visit.real_now
    )
    actions.revoke_invitation(
        visit.session,
        firm,
        invitation,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("The invitation was taken back."))
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


def _member(visit: WritingVisit) -> tuple[Firm, Member]:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    person = visit.params["person"]
    return firm, queries.get_member(visit.db, firm, person, real_now=visit.real_now)


routes = [
    get("/firm/{firm}/members", show, may_enter),
    post("/firm/{firm}/members", invite, may_enter, once=True),
    post("/firm/{firm}/members/{person}/end", end, may_enter),
    post("/firm/{firm}/members/{person}/lead", hand_over, may_enter),
    post("/firm/{firm}/invitations/{invitation}/revoke", revoke, may_enter),
]
