"""/events/{slug}/register and /confirm/{token}: taking a place, with an account and without one."""

from dataclasses import replace

from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.forms import read_wish
from govmatch.gatherings.links import sign_place
from govmatch.gatherings.models import Gathering, Seat
from govmatch.gatherings.showing import path_of, times_of, where_text
from govmatch.kit.actor import No
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class RegisterPage:
    title: str
    when: str
    where: str
    path: str
    refused: Message | None
    is_full: bool
    question: str
    with_account: bool
    name: str
    login_url: str
    form: Form


@dataclass(frozen=True)
class SentPage:
    title: str
    path: str


@dataclass(frozen=True)
class ConfirmPage:
    title: str
    when: str
    where: str
    name: str
    address: str
    is_full: bool
    path: str
    action: str


@dataclass(frozen=True)
class OverPage:
    reason: Message
    title: str
    path: str


def gathering_of(visit: Visit) -> Gathering:
    return queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )


def ask(visit: Visit) -> Answer:
    """Show the form; whoever is registered already goes on to their registration."""
    gathering = gathering_of(visit)
    own = queries.own(visit.db, visit.actor, gathering)
    if own is not None and own.seat != Seat.GIVEN_UP:
        return redirect(f"{path_of(gathering)}/place")
    return _page(visit, gathering, filled({}))


def _page(visit: Visit, gathering: Gathering, form: Form, *, status: int = 200) -> Answer:
    ruling = rules.may_register(gathering, visit.now)
    values = RegisterPage(
        title=queries.text_for(gathering, visit.lang).title,
        when=times_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        path=path_of(gathering),
        refused=ruling.reason if isinstance(ruling, No) else None,
        is_full=gathering.is_full,
        question=pick(gathering.question, visit.lang)[0],
        with_account=visit.actor.is_signed_in,
        name=visit.actor.name,
        login_url=visit.url("/login", next=f"{path_of(gathering)}/register"),
        form=form,
    )
    is_form = bool(ruling)
    return page(visit, "gatherings/register.html", values, status=status, main_form=is_form)


def submit(visit: WritingVisit) -> Answer:
    """Register an account at once; without one, send the link, whatever address was typed."""
    gathering = gathering_of(visit)
    wish, form = read_wish(visit.form, with_account=visit.actor.is_signed_in)
    if visit.switching:
        return _page(visit, gathering, replace(form, errors={}))
    if form.errors:
        return _page(visit, gathering, form, status=422)
    if visit.actor.is_signed_in:
        own = actions.register(
            visit.session, gathering, wish, lang=visit.lang,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
        visit.flash("success", _said(own.seat))
        return redirect(f"{path_of(gathering)}/place")
    actions.ask(
        visit.session, gathering, wish, lang=visit.lang, client=visit.client,
        actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    return redirect(f"{path_of(gathering)}/register/sent")


def _said(seat: str) -> Message:
    if seat == Seat.TAKEN:
        return msg("You have a place.")
    return msg("You are on the waiting list.")


def sent(visit: Visit) -> Answer:
    """Say that a link is on its way: the same for every address."""
    gathering = gathering_of(visit)
    visit.noindex = True
    title = queries.text_for(gathering, visit.lang).title
    return page(visit, "gatherings/sent.html", SentPage(title, path_of(gathering)))


def show_link(visit: Visit) -> Answer:
    """Show what the link is for. Nothing is spent: mail scanners and previews open addresses."""
    visit.noindex = True
    slug, token = visit.params["slug"], visit.params["token"]
    try:
        request = queries.open_request(
            visit.db, visit.site.signer, token, slug=slug, now=visit.now, real_now=visit.real_now
        )
    except Gone as error:
        return over(visit, error)
    gathering = request.gathering
    values = ConfirmPage(
        title=queries.text_for(gathering, visit.lang).title,
        when=times_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        name=request.name,
        address=request.email,
        is_full=gathering.is_full,
        path=path_of(gathering),
        action=visit.path,
    )
    return unkept(page(visit, "gatherings/confirm.html", values))


def use_link(visit: WritingVisit) -> Answer:
    """Take the place. Of several presses one does it, the others are told that the link is used."""
    slug, token = visit.params["slug"], visit.params["token"]
    try:
        own = actions.confirm(
            visit.session, visit.site.signer, token, slug=slug,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Gone as error:
        return over(visit, error)
    return redirect(f"/events/{slug}/place/{sign_place(visit.site.signer, own.public_id)}")


def over(visit: Visit, error: Gone) -> Answer:
    """Say why a link leads nowhere any more."""
    slug = visit.params["slug"]
    values = OverPage(error.reason, slug, f"/events/{slug}")
    return unkept(page(visit, "gatherings/over.html", values, status=410))


def unkept(answer: Answer) -> Answer:
    """Return a page that no browser and no proxy keeps, since its address is a secret."""
    return replace(answer, headers={**answer.headers, "Cache-Control": "no-store"})


routes = [
    get("/events/{slug}/register", ask, anyone),
    post("/events/{slug}/register", submit, anyone, once=True),
    get("/events/{slug}/register/sent", sent, anyone),
    get("/events/{slug}/confirm/{token}", show_link, anyone),
    post("/events/{slug}/confirm/{token}", use_link, anyone),
]
