"""Showing anew who one is, before something that opens the account to others."""

from govmatch.accounts import actions, rules
from govmatch.accounts.models import Purpose
from govmatch.accounts.views.landing import by_way_of, next_path, own_session
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class FreshPage:
    address: str
    next_path: str


def is_fresh(visit: Visit) -> bool:
    return rules.is_fresh(own_session(visit), now=visit.real_now)


def first_show_who(target: str) -> Answer:
    """Send somebody to show who they are, and from there on to `target`."""
    return redirect(by_way_of("/account/fresh", target))


def ask(visit: Visit) -> Answer:
    """Ask for a code from who has a second factor, and offer a link to the others."""
    row, wanted = own_session(visit), next_path(visit) or "/account"
    if is_fresh(visit):
        return redirect(wanted)
    if rules.has_factor(row.person):
        return redirect(by_way_of("/second-factor", wanted))
    return page(visit, "accounts/fresh.html", FreshPage(row.person.email, wanted))


def submit(visit: WritingVisit) -> Answer:
    row = own_session(visit)
    actions.ask_for_link(
        visit.session,
        row.person.email,
        purpose=Purpose.SIGN_IN,
        lang=visit.lang,
        client=visit.client,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
        next_path=rules.own_path(visit.form.one("next")),
    )
    return redirect("/login/sent")


routes = [
    get("/account/fresh", ask, signed_in),
    post("/account/fresh", submit, signed_in, once=True),
]
