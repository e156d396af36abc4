"""Accepting an invitation."""

from dataclasses import replace
from datetime import datetime

from govmatch.accounts import actions, links, queries
from govmatch.accounts.actions.invitations import OVER
from govmatch.accounts.forms import read_new_person
from govmatch.accounts.models import Invitation, Person, Purpose
from govmatch.accounts.names import ROLE_NAMES, object_name
from govmatch.accounts.rules import needs_factor
from govmatch.accounts.views.landing import after_sign_in, own_session, unkept
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class InvitationPage:
    """`way` is what this visitor does next: register, accept, or sign_in with the right address."""

    form: Form
    path: str
    way: str
    inviter: str
    role: Message
    held_for: Message | str
    address: str
    expires_at: datetime
    needs_factor: bool
    signed_in_as: str


@dataclass(frozen=True)
class InvitationOverPage:
    reason: Message


def show(visit: Visit) -> Answer:
    visit.noindex = True
    try:
        invitation, person = _open(visit)
    except Gone as error:
        return _over(visit, error)
    return _page(visit, invitation, person, filled({}))


def _open(visit: Visit) -> tuple[Invitation, Person | None]:
    """Return an open invitation and whose address it names; raises `Gone` when it is over."""
    public_id = links.read_invitation(visit.site.signer, visit.params["token"])
    found = queries.invitation_by_public_id(visit.db, public_id) if public_id else None
    if found is None:
        raise Gone(msg("This link is not complete. Please copy the whole of it from the mail."))
    person = queries.by_email(visit.db, found.address)
    over = found.accepted_at or found.revoked_at or found.expires_at <= visit.real_now
    if over or (person is not None and person.disabled_at is not None):
        raise Gone(OVER)
    return found, person


def _page(
    visit: Visit, invitation: Invitation, person: Person | None, form: Form, *, status: int = 200
) -> Answer:
    way = "register" if person is None else "sign_in"
    if person is not None and person.id == visit.actor.person_id:
        way = "accept"
    values = InvitationPage(
        form=form,
        path=visit.path,
        way=way,
        inviter=queries.by_id(visit.db, invitation.invited_by).name,
        role=ROLE_NAMES[invitation.role],
        held_for=object_name(invitation.object_kind, invitation.object_label),
        address=invitation.address,
        expires_at=invitation.expires_at,
        needs_factor=needs_factor(invitation.object_kind),
        signed_in_as=visit.actor.name if visit.actor.is_signed_in else "",
    )
    template = "accounts/invitation.html"
    main_form = way == "register"
    return unkept(page(visit, template, values, status=status, main_form=main_form))


def _over(visit: Visit, error: Gone) -> Answer:
    values = InvitationOverPage(error.reason)
    return unkept(page(visit, "accounts/invitation_over.html", values, status=410))


def accept(visit: WritingVisit) -> Answer:
    """Take the role; somebody without an account gets it, and is signed in."""
    try:
        invitation, person = _open(visit)
        name, form = read_new_person(visit.form) if person is None else ("", filled({}))
        if visit.switching:
            return _page(visit, invitation, person, replace(form, errors={}))
        if form.errors:
            return _page(visit, invitation, person, form, status=422)
        taker = actions.accept_invitation(
            visit.session,
            invitation,
            name=name,
            lang=visit.lang,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Gone as error:
        return _over(visit, error)
    if person is not None:
        visit.flash("success", msg("You have accepted the invitation."))
        return redirect(after_sign_in(visit, own_session(visit), ""))
    done = actions.open_session(
        visit.session,
        taker,
        way="invitation",
        user_agent=visit.user_agent,
        session_days=visit.settings.session_days,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    return redirect(after_sign_in(visit, done.row, ""), session=done.token)


def sign_in_first(visit: WritingVisit) -> Answer:
    """Mail a link to the invitation's own address, which leads back to the invitation."""
    try:
        invitation, _ = _open(visit)
    except Gone as error:
        return _over(visit, error)
    actions.ask_for_link(
        visit.session,
        invitation.address,
        purpose=Purpose.SIGN_IN,
        lang=visit.lang,
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        next_path=f"/invitations/{visit.params['token']}",
    )
    return redirect("/login/sent")


routes = [
    get("/invitations/{token}", show, anyone),
    post("/invitations/{token}", accept, anyone),
    post("/invitations/{token}/sign-in", sign_in_first, anyone, once=True),
]
