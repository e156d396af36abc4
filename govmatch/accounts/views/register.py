"""Making an account: for people of firms and for citizens; staff are invited."""

from dataclasses import replace

from govmatch.accounts import actions
from govmatch.accounts.forms import read_registration
from govmatch.accounts.models import Purpose
from govmatch.accounts.views.landing import after_sign_in, next_path, own_session
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class RegisterPage:
    form: Form
    next_path: str
    languages: list[tuple[str, str]]


def ask(visit: Visit) -> Answer:
    wanted = next_path(visit)
    if visit.actor.is_signed_in:
        return redirect(after_sign_in(visit, own_session(visit), wanted))
    return _page(visit, filled({"lang": visit.lang}), wanted)


def _page(visit: Visit, form: Form, wanted: str, *, status: int = 200) -> Answer:
    languages: list[tuple[str, str]] = [(lang, OWN_NAMES[lang]) for lang in LANGUAGES]
    values = RegisterPage(form, wanted, languages)
    return page(visit, "accounts/register.html", values, status=status, main_form=True)


def submit(visit: WritingVisit) -> Answer:
    """Answer the same for an address that has an account: it gets a link to sign in."""
    read, form = read_registration(visit.form)
    if visit.switching:
        return _page(visit, replace(form, errors={}), read.next_path)
    if form.errors:
        return _page(visit, form, read.next_path, status=422)
    actions.ask_for_link(
        visit.session,
        read.address,
        purpose=Purpose.REGISTER,
        name=read.name,
        lang=read.lang,
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        next_path=read.next_path,
    )
    return redirect("/register/sent")


def sent(visit: Visit) -> Answer:
    visit.noindex = True
    return page(visit, "accounts/register_sent.html")


routes = [
    get("/register", ask, anyone),
    post("/register", submit, anyone, once=True),
    get("/register/sent", sent, anyone),
]
