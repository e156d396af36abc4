"""/firm/{firm}/members: who belongs to the firm, who is invited, and who asks to join."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import LABELS, read_invitation
from govmatch.organisations.mail_domains import own_domain
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import Member
from govmatch.organisations.roles_in_words import ROLES_IN_FIRM, role_name
from govmatch.organisations.rules import may_enter, may_manage
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class MemberLine:
    id: str
    name: str
    role: Message
    since: datetime
    is_self: bool


@dataclass(frozen=True)
class InvitationLine:
    id: str
    address: str
    role: Message
    until: datetime


@dataclass(frozen=True)
class RequestLine:
    """Somebody who asks to join, with what the firm needs to know who it is."""

    id: str
    name: str
    address: str
    is_colleague: bool
    """True where the domain of the address is that of a member, and not a provider's."""
    note: str
    at: datetime


@dataclass(frozen=True)
class MembersPage:
    form: Form
    firm: Firm
    path: str
    labels: Mapping[str, Message]
    roles: list[tuple[str, Message, Message]]
    members: list[MemberLine]
    invitations: list[InvitationLine]
    """Empty for members who do not lead, as the requests are: addresses are shown to whoever may
    invite.
    """
    requests: list[RequestLine]
    may_manage: bool


def show(visit: Visit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    return _page(visit, firm, filled({"role": Role.MEMBER.value}))


def _page(visit: Visit, firm: Firm, form: Form, *, status: int = 200) -> Answer:
    manages = bool(may_manage(visit.actor, firm))
    invitations = queries.invitations_of(visit.db, firm, real_now=visit.real_now) if manages else []
    members = queries.members_of(visit.db, firm, real_now=visit.real_now)
    values = MembersPage(
        form=form,
        firm=firm,
        path=f"/firm/{firm.public_id}",
        labels=LABELS,
        roles=ROLES_IN_FIRM,
        members=[_line(visit, member) for member in members],
        invitations=[
            InvitationLine(one.public_id, one.address, ROLE_NAMES[one.role], one.expires_at)
            for one in invitations
        ],
        requests=_requests(visit, firm, members) if manages else [],
        may_manage=manages,
    )
    template = "organisations/members.html"
    return page(visit, template, values, status=status, main_form=manages)


def _line(visit: Visit, member: Member) -> MemberLine:
    return MemberLine(
        id=member.person.public_id,
        name=member.person.name,
        role=role_name(member.rows),
        since=member.since,
        is_self=member.person.id == visit.actor.person_id,
    )


def _requests(visit: Visit, firm: Firm, members: list[Member]) -> list[RequestLine]:
    content = visit.settings.content_dir
    domains = {own_domain(one.person.email, content) for one in members} - {""}
    return [
        RequestLine(
            id=one.public_id,
            name=one.person.name,
            address=one.person.email,
            is_colleague=own_domain(one.person.email, content) in domains,
            note=one.note,
            at=one.asked_at,
        )
        for one in queries.join_requests_of(visit.db, firm, real_now=visit.real_now)
    ]


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


def invite_again(visit: WritingVisit) -> Answer:
    """Send an open invitation once more, in the language in which it went out."""
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    invitation = queries.get_invitation(
        visit.db, firm, visit.params["invitation"], real_now=visit.real_now
    )
    actions.invite_member(
        visit.session,
        firm,
        invitation.address,
        Role(invitation.role),
        lang=as_lang(invitation.lang),
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    address = invitation.address
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


routes = [
    get("/firm/{firm}/members", show, may_enter),
    post("/firm/{firm}/members", invite, may_enter, once=True),
    post("/firm/{firm}/invitations/{invitation}/again", invite_again, may_enter, once=True),
    post("/firm/{firm}/invitations/{invitation}/revoke", revoke, may_enter),
]
