"""Changing the address of an account: by a link mailed to the new one."""

from dataclasses import replace

from govmatch.accounts import actions, queries
from govmatch.accounts.forms import read_address
from govmatch.accounts.models import Purpose
from govmatch.accounts.views.fresh import first_show_who, is_fresh
from govmatch.accounts.views.landing import own_session, unkept
from govmatch.accounts.views.login import over, refused
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post, settled
from govmatch.web.visit import Visit, WritingVisit

PATH = "/account/address"


@dataclass(frozen=True)
class AddressPage:
    form: Form
    present: str


@dataclass(frozen=True)
class AddressLinkPage:
    path: str
    new_address: str


def ask(visit: Visit) -> Answer:
    if not is_fresh(visit):
        return first_show_who(PATH)
    return _page(visit, filled({}))


def _page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    values = AddressPage(form, own_session(visit).person.email)
    return page(visit, "accounts/address.html", values, status=status, main_form=True)


def submit(visit: WritingVisit) -> Answer:
    """Ask for the link. The answer does not say whether the new address has an account."""
    if not is_fresh(visit):
        return first_show_who(PATH)
    person, reader = own_session(visit).person, Reader(visit.form)
    address = read_address(reader)
    if visit.switching:
        return _page(visit, replace(reader.form, errors={}))
    if address == person.email:
        reader.wrong("email", msg("This is your address already."))
    if not reader.ok:
        return _page(visit, reader.form, status=422)
    actions.ask_for_link(
        visit.session,
        address,
        purpose=Purpose.CHANGE_ADDRESS,
        lang=visit.lang,
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        person=person,
    )
    return redirect("/account/address/sent")


def sent(visit: Visit) -> Answer:
    return page(visit, "accounts/address_sent.html")


def show_link(visit: Visit) -> Answer:
    visit.noindex = True
    try:
        link = queries.open_link(
            visit.db,
            visit.site.signer,
            visit.params["token"],
            changes_address=True,
            now=visit.real_now,
        )
    except Gone as error:
        return over(visit, error)
    values = AddressLinkPage(visit.path, link.request.address)
    return unkept(page(visit, "accounts/address_link.html", values))


def use_link(visit: WritingVisit) -> Answer:
    """Change the address. The link is enough: who asked for it had just shown who they are."""
    try:
        link = queries.open_link(
            visit.session,
            visit.site.signer,
            visit.params["token"],
            changes_address=True,
            now=visit.real_now,
        )
        actions.change_address(visit.session, link, now=visit.now, real_now=visit.real_now)
    except Gone as error:
        return refused(visit, error)
    visit.flash("success", msg("Your account has its new address."))
    return redirect("/account")


routes = [
    get(PATH, ask, settled),
    post(PATH, submit, settled, once=True),
    get(f"{PATH}/sent", sent, settled),
    get(f"{PATH}/{{token}}", show_link, anyone),
    post(f"{PATH}/{{token}}", use_link, anyone),
]
