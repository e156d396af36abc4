"""/events/{slug}/place: one's own registration, with an account or by the signed link."""

from dataclasses import replace
from datetime import datetime

from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.calendar import entry
from govmatch.gatherings.forms import read_wish
from govmatch.gatherings.links import read_place
from govmatch.gatherings.models import Gathering, Registration, Seat, Shows, State
from govmatch.gatherings.showing import (
    PHASES,
    SHOWN,
    Badge,
    path_of,
    seat_text,
    times_of,
    where_text,
)
from govmatch.gatherings.views.registering import over, unkept
from govmatch.kit.errors import Gone, NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.calendars import calendar
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class PlacePage:
    title: str
    path: str
    phase: Badge
    when: str
    where: str
    state: Message
    place: int
    """The turn on the waiting list, 0 for who does not wait."""
    seat: str
    name: str
    address: str
    joins: str
    link_follows: bool
    closes: datetime
    zone: str
    can_change: bool
    question: str
    can_register: bool
    cancel_reason: str
    has_notes: bool
    action: str
    ics_url: str
    certificate_url: str
    code: str
    shows: list[tuple[str, Message, Message]]
    form: Form


def own_of(visit: Visit) -> tuple[Registration, str]:
    """Return whose registration the address opens, and the address of its pages.

    Raises `Gone` for a link that is not ours, or older than 30 days after the event where there is
    no certificate; `NotFound` for whoever is signed in and never registered.
    """
    slug = visit.params["slug"]
    token = visit.params.get("token")
    if token is None:
        gathering = queries.get_visible(visit.db, actor=visit.actor, now=visit.now, slug=slug)
        own = queries.own(visit.db, visit.actor, gathering)
        if own is None:
            raise NotFound
        return own, f"/events/{slug}/place"
    public_id = read_place(visit.site.signer, token)
    one = queries.by_public_id(visit.db, public_id) if public_id else None
    if one is None or one.gathering.slug != slug or not one.email:
        raise Gone(msg("This link is not complete, or the registration is no longer kept."))
    is_old = one.gathering.ends + rules.MANAGED_FOR <= visit.now
    if is_old and one.certificate is None:
        raise Gone(msg("This link is older than 30 days after the event."))
    return one, f"/events/{slug}/place/{token}"


def show(visit: Visit) -> Answer:
    """Show what somebody has, where it is joined, and what can still be done."""
    visit.noindex = True
    try:
        own, action = own_of(visit)
    except Gone as error:
        return over(visit, error)
    return _page(visit, own, action, _form(own))


def _form(own: Registration) -> Form:
    return filled(
        {
            "organisation": own.organisation,
            "answer": own.answer,
            "needs": own.needs,
            "shows": own.shows,
        }
    )


def _page(visit: Visit, own: Registration, action: str, form: Form, *, status: int = 200) -> Answer:
    gathering = own.gathering
    sees = rules.sees_link(own, gathering)
    can_change = bool(rules.may_change_registration(own, gathering, visit.now))
    place = queries.place_in_line(visit.db, own)
    values = PlacePage(
        title=queries.text_for(gathering, visit.lang).title,
        path=path_of(gathering),
        phase=PHASES[rules.phase(gathering, visit.now)],
        when=times_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        state=seat_text(own, place),
        place=place,
        seat=own.seat,
        name=own.name,
        address=own.email,
        joins=gathering.link if sees else "",
        link_follows=sees and not gathering.link and gathering.mode != "on_site",
        closes=rules.closing(gathering),
        zone=gathering.zone,
        can_change=can_change,
        question=pick(gathering.question, visit.lang)[0],
        can_register=own.seat == Seat.GIVEN_UP and bool(rules.may_register(gathering, visit.now)),
        cancel_reason=pick(gathering.cancel_reasons, visit.lang)[0],
        has_notes=bool(gathering.notes or gathering.recordings),
        action=visit.url(action),
        ics_url=visit.url(
            f"{action}.ics" if "token" in visit.params else f"{path_of(gathering)}.ics"
        ),
        certificate_url=visit.url(_certificate_path(gathering, action)) if own.certificate else "",
        code=own.certificate or "",
        shows=[(key, label, help_) for key, (label, help_) in SHOWN.items()],
        form=form,
    )
    answer = page(visit, "gatherings/place.html", values, status=status, main_form=can_change)
    return unkept(answer)


def _certificate_path(gathering: Gathering, action: str) -> str:
    own = f"{path_of(gathering)}/place"
    return f"{path_of(gathering)}/certificate{action.removeprefix(own)}"


def act(visit: WritingVisit) -> Answer:
    """Change what was said, give the place up, or choose what a certificate shows."""
    visit.noindex = True
    try:
        own, action = own_of(visit)
    except Gone as error:
        return over(visit, error)
    wanted = visit.form.one("act")
    if visit.switching:
        wish, form = read_wish(visit.form, with_account=True)
        return _page(visit, own, action, replace(form, errors={}))
    match wanted:
        case "give-up":
            actions.give_up(visit.session, own, actor=visit.actor, now=visit.now)
            visit.flash("success", msg("Your registration is cancelled."))
        case "show":
            choice = visit.form.one("shows")
            if choice not in list(Shows):
                errors = {"shows": msg("Please choose one of the options.")}
                return _page(visit, own, action, Form(_form(own).values, errors), status=422)
            actions.choose_shown(
                visit.session, own, Shows(choice), actor=visit.actor, now=visit.now
            )
            visit.flash("success", msg("Your choice is saved."))
        case _:
            wish, form = read_wish(visit.form, with_account=True)
            if form.errors:
                return _page(visit, own, action, form, status=422)
            actions.change(visit.session, own, wish, actor=visit.actor, now=visit.now)
            visit.flash("success", msg("Your registration is saved."))
    return unkept(redirect(action))


def as_calendar(visit: Visit) -> Answer:
    """The event for the calendar of who has the link, with the address to join it."""
    visit.noindex = True
    try:
        own, _ = own_of(visit)
    except Gone as error:
        return over(visit, error)
    gathering = own.gathering
    event = entry(visit, gathering, with_link=rules.sees_link(own, gathering))
    method = "CANCEL" if gathering.state == State.CANCELLED else "PUBLISH"
    name = queries.text_for(gathering, visit.lang).title
    return unkept(calendar([event], name=name, method=method))


ONE = "/events/{slug}/place"

routes = [
    get(ONE, show, signed_in),
    post(ONE, act, signed_in, once=True),
    get(f"{ONE}/{{token}}.ics", as_calendar, anyone),
    get(f"{ONE}/{{token}}", show, anyone),
    post(f"{ONE}/{{token}}", act, anyone, once=True),
]
