"""/following/sent, /confirm/{token} and /manage/{token}: following without an account."""

from govmatch.following import actions, queries
from govmatch.following.links import read_manage, sign_manage
from govmatch.following.models import Subscriber
from govmatch.following.naming import HOW_OFTEN, called
from govmatch.following.views.lines import CHOICES, Line, act_on, line, unkept
from govmatch.kit.errors import Gone
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class ConfirmPage:
    said: Message
    how: Message
    address: str
    others: list[tuple[str, Message]]
    action: str


@dataclass(frozen=True)
class OverPage:
    reason: Message


@dataclass(frozen=True)
class ManagePage:
    address: str
    lines: list[Line]
    choices: list[tuple[str, Message]]
    action: str


def sent(visit: Visit) -> Answer:
    """Say that a link is on its way: the same for every address."""
    visit.noindex = True
    return page(visit, "following/sent.html")


def show_link(visit: Visit) -> Answer:
    """Show what the link is for. Nothing is spent: mail scanners and previews open addresses."""
    visit.noindex = True
    token = visit.params["token"]
    try:
        request = queries.open_request(visit.db, visit.site.signer, token, real_now=visit.real_now)
    except Gone as error:
        return over(visit, error.reason)
    others = queries.others_of(visit.db, request, real_now=visit.real_now)
    values = ConfirmPage(
        said=called(request, visit.lang),
        how=HOW_OFTEN[request.how],
        address=request.email,
        others=[(one.public_id, called(one, visit.lang)) for one in others],
        action=visit.path,
    )
    return unkept(page(visit, "following/confirm.html", values))


def use_link(visit: WritingVisit) -> Answer:
    """Follow from now on. Of several presses one does it, the others are told so."""
    token = visit.params["token"]
    try:
        subscriber = actions.confirm(
            visit.session, visit.site.signer, token, also=visit.form.all("also"),
            zone=visit.settings.zone, actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Gone as error:
        return over(visit, error.reason)
    return redirect(f"/following/manage/{sign_manage(visit.site.signer, subscriber.public_id)}")


def over(visit: Visit, reason: Message) -> Answer:
    """Say why a link leads nowhere any more."""
    return unkept(page(visit, "following/over.html", OverPage(reason), status=410))


def _subscriber(visit: Visit) -> Subscriber | None:
    public_id = read_manage(visit.site.signer, visit.params["token"])
    return queries.find_subscriber(visit.db, public_id) if public_id else None


NOTHING_KEPT = msg(
    "This link is not complete, or nothing is followed with its address any more. Then the address "
    "is deleted here."
)


def manage(visit: Visit) -> Answer:
    """Show everything that an address follows, to whoever has its link."""
    visit.noindex = True
    subscriber = _subscriber(visit)
    if subscriber is None:
        return over(visit, NOTHING_KEPT)
    values = ManagePage(
        address=subscriber.email,
        lines=[line(one, visit) for one in queries.by_subscriber(visit.db, subscriber)],
        choices=CHOICES,
        action=visit.path,
    )
    return unkept(page(visit, "following/manage.html", values))


def act(visit: WritingVisit) -> Answer:
    """Change how often one thing is told of, end it, or end all and delete the address."""
    subscriber = _subscriber(visit)
    if subscriber is None:
        return over(visit, NOTHING_KEPT)
    own = queries.by_subscriber(visit.session, subscriber)
    act_on(visit, own, zone=visit.settings.zone)
    is_left = queries.find_subscriber(visit.session, subscriber.public_id) is not None
    return redirect(visit.path if is_left else "/following/ended")


def ended(visit: Visit) -> Answer:
    """Say that nothing is sent any more and the address is deleted."""
    visit.noindex = True
    return page(visit, "following/ended.html")


routes = [
    get("/following/sent", sent, anyone),
    get("/following/ended", ended, anyone),
    get("/following/confirm/{token}", show_link, anyone),
    post("/following/confirm/{token}", use_link, anyone),
    get("/following/manage/{token}", manage, anyone),
    post("/following/manage/{token}", act, anyone),
]
