"""/admin/invitations: offering a role by mail, what is open, and taking an offer back."""

from datetime import datetime

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Role
from govmatch.accounts.names import ROLE_NAMES
from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Message, msg
from govmatch.kit.records import dataclass
from govmatch.overview.forms import read_offer
from govmatch.overview.queries import objects
from govmatch.overview.views.frame import (
    Options,
    Tab,
    administrator,
    role_options,
    shown_with,
    tabs,
    target_of,
    target_options,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/invitations"


@dataclass(frozen=True)
class Line:
    """One open invitation."""

    public_id: str
    address: str
    role: Message
    held_for: Message | str
    invited_by: str
    expires_at: datetime


@dataclass(frozen=True)
class InvitationsPage:
    tabs: list[Tab]
    lines: list[Line]
    action: str


@dataclass(frozen=True)
class InvitePage:
    tabs: list[Tab]
    form: Form
    roles: Options
    targets: Options
    languages: Options


def invitation_list(visit: Visit) -> Answer:
    """List the offers that can still be accepted; those of firms are the firms' own affair."""
    rows = [
        row
        for row in queries.open_invitations(visit.db, now=visit.real_now)
        if row.object_kind != "firm"
    ]
    known = objects.targets(visit.db, {(row.object_kind, row.object_id) for row in rows})
    names = names_by_id(visit.db, {row.invited_by for row in rows})
    lines = []
    for row in rows:
        target = known.get((row.object_kind, row.object_id))
        lines.append(
            Line(
                public_id=row.public_id,
                address=row.address,
                role=ROLE_NAMES[row.role],
                held_for=target.name(visit.lang) if target else row.object_label,
                invited_by=names.get(row.invited_by, ""),
                expires_at=row.expires_at,
            )
        )
    values = InvitationsPage(tabs(visit), lines, visit.url(f"{PATH}/revoke"))
    return page(visit, "overview/invitations.html", values)


def ask(visit: Visit) -> Answer:
    """Show the form; a link may have chosen role and object already."""
    shown = {"for": visit.query.one("for"), "role": visit.query.one("role"), "lang": visit.lang}
    kind, _, slug = shown["for"].partition(":")
    if kind == "challenge":
        shown |= {"challenge": slug, "for": ""}
    return _page(visit, filled({**shown}))


def _page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    values = InvitePage(
        tabs(visit),
        form,
        role_options(visit),
        target_options(visit, objects.listed_targets(visit.db)),
        [(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
    )
    return page(visit, "overview/invite.html", values, status=status, main_form=True)


def send(visit: WritingVisit) -> Answer:
    """Offer the role by mail; says at the field why that is not possible."""
    targets = objects.listed_targets(visit.db)
    read, form = read_offer(visit.form, [target.key for target in targets])
    if visit.switching:
        return _page(visit, Form(form.values))
    target = target_of(visit, read.wish, form)
    if target is None:
        return _page(visit, form, status=422)
    try:
        actions.invite(
            visit.session,
            read.address,
            Role(read.wish.role),
            target.kind,
            target.id,
            object_label=visit.say(target.name(read.lang)) if target.slug else "",
            lang=read.lang,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _page(visit, shown_with(form, error), status=422)
    except Conflict as error:
        return _page(visit, Form(form.values, {"email": error.reason}), status=422)
    visit.flash("success", msg("The invitation is on its way. It is open for 14 days."))
    return redirect(PATH)


def revoke(visit: WritingVisit) -> Answer:
    """Take an offer back; its link opens nothing any more."""
    found = queries.invitation_by_public_id(visit.db, visit.form.one("invitation"))
    if found is None or found.object_kind == "firm":
        raise NotFound
    actions.revoke_invitation(
        visit.session, found, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("The invitation has been taken back."))
    return redirect(PATH)


routes = [
    get(PATH, invitation_list, administrator),
    get(f"{PATH}/new", ask, administrator),
    post(f"{PATH}/new", send, administrator, once=True),
    post(f"{PATH}/revoke", revoke, administrator, once=True),
]
