"""Signing in by a mailed link, and signing out."""

from dataclasses import replace

from govmatch.accounts import actions, queries
from govmatch.accounts.forms import read_login
from govmatch.accounts.models import Purpose
from govmatch.accounts.views.landing import after_sign_in, next_path, own_session, unkept
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.web.answers import SIGN_OUT, Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class LoginPage:
    form: Form
    next_path: str


@dataclass(frozen=True)
class LinkPage:
    """`address` is whose link it is; `known` is false where the account begins with it."""

    path: str
    address: str
    known: bool
    signed_in_as: str
    form: Form


@dataclass(frozen=True)
class LinkOverPage:
    reason: Message
    signed_in: bool


def ask(visit: Visit) -> Answer:
    wanted = next_path(visit)
    if visit.actor.is_signed_in:
        return redirect(after_sign_in(visit, own_session(visit), wanted))
    visit.noindex = bool(wanted)
    return _login_page(visit, filled({}), wanted)


def _login_page(visit: Visit, form: Form, wanted: str, *, status: int = 200) -> Answer:
    values = LoginPage(form, wanted)
    return page(visit, "accounts/login.html", values, status=status, main_form=True)


def submit(visit: WritingVisit) -> Answer:
    """Answer the same, after the same work, whether the address has an account or not."""
    read, form = read_login(visit.form)
    if visit.switching:
        return _login_page(visit, replace(form, errors={}), read.next_path)
    if form.errors:
        return _login_page(visit, form, read.next_path, status=422)
    actions.ask_for_link(
        visit.session,
        read.address,
        purpose=Purpose.SIGN_IN,
        lang=visit.lang,
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        next_path=read.next_path,
    )
    return redirect("/login/sent")


def sent(visit: Visit) -> Answer:
    visit.noindex = True
    return page(visit, "accounts/login_sent.html")


def show_link(visit: Visit) -> Answer:
    """Show what the link is for. Nothing is spent: mail scanners and previews open addresses."""
    visit.noindex = True
    try:
        link = queries.open_link(
            visit.db,
            visit.site.signer,
            visit.params["token"],
            changes_address=False,
            now=visit.real_now,
        )
    except Gone as error:
        return over(visit, error)
    values = LinkPage(
        path=visit.path,
        address=link.request.address,
        known=link.person is not None,
        signed_in_as=visit.actor.name if visit.actor.is_signed_in else "",
        form=filled({}),
    )
    return unkept(page(visit, "accounts/link.html", values))


def use_link(visit: WritingVisit) -> Answer:
    """Sign in. Of several presses at once, one does; the others are told that the link is used."""
    try:
        link = queries.open_link(
            visit.session,
            visit.site.signer,
            visit.params["token"],
            changes_address=False,
            now=visit.real_now,
        )
        done = actions.use_link(
            visit.session,
            link,
            user_agent=visit.user_agent,
            session_days=visit.settings.session_days,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
            is_shared=bool(visit.form.one("shared")),
        )
    except Gone as error:
        return refused(visit, error)
    target = after_sign_in(visit, done.row, link.request.next_path)
    return redirect(target, session=done.token, until_closed=done.row.is_shared)


def refused(visit: WritingVisit, error: Gone) -> Answer:
    """Count and note the use of a link that is over, and say so."""
    token = visit.params["token"]
    actions.count_refused_link(
        visit.session,
        queries.link_request_id(visit.session, visit.site.signer, token),
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    return replace(over(visit, error), keeps=True)


def over(visit: Visit, error: Gone) -> Answer:
    values = LinkOverPage(error.reason, visit.actor.is_signed_in)
    return unkept(page(visit, "accounts/link_over.html", values, status=410))


def ask_to_leave(visit: Visit) -> Answer:
    if not visit.actor.is_signed_in:
        return redirect("/")
    return page(visit, "accounts/logout.html")


def leave(visit: WritingVisit) -> Answer:
    actions.sign_out(visit.session, actor=visit.actor, now=visit.now, real_now=visit.real_now)
    return redirect("/", session=SIGN_OUT)


routes = [
    get("/login", ask, anyone),
    post("/login", submit, anyone, once=True),
    get("/login/sent", sent, anyone),
    get("/login/{token}", show_link, anyone),
    post("/login/{token}", use_link, anyone),
    get("/logout", ask_to_leave, anyone),
    post("/logout", leave, anyone),
]
