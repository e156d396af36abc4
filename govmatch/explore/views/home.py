"""/: what this is, what closes soon, and one next thing to do for whoever is here."""

from govmatch.accounts.models import Role
from govmatch.challenges.public_list import public_list
from govmatch.challenges.queries import next_midnight
from govmatch.challenges.showing import Card, by_ids, card
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SHOWN = 6


@dataclass(frozen=True)
class Next:
    """The one next thing to do."""

    text: Message
    label: Message
    url: str


@dataclass(frozen=True)
class HomePage:
    cards: list[Card]
    open_count: int
    scheduled_count: int
    next: Next | None


BY_ROLE: tuple[tuple[frozenset[str], Next], ...] = (
    (
        frozenset({Role.ADMINISTRATOR}),
        Next(
            msg("You look after programmes, authorities and people."),
            msg("Open the administration"),
            "/admin",
        ),
    ),
    (
        frozenset({Role.STAFF, Role.APPROVER, Role.MANAGER}),
        Next(msg("Your desk shows what waits for you."), msg("Open the desk"), "/desk"),
    ),
    (
        frozenset({Role.AUDITOR}),
        Next(msg("You read what cases left behind."), msg("Open the audit"), "/audit"),
    ),
)


def home(visit: Visit) -> Answer:
    """Show the start page."""
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    wanted = {"phase": ["open"]}
    ids = known.ids(wanted, sort="closing", offset=0, size=SHOWN)
    values = HomePage(
        cards=[
            card(one, lang=visit.lang, now=visit.now, url=visit.url(f"/challenges/{one.slug}"))
            for one in by_ids(visit.db, ids)
        ],
        open_count=known.found(wanted),
        scheduled_count=known.found({"phase": ["scheduled"]}),
        next=next_step(visit.actor),
    )
    expires = min(known.expires, next_midnight(visit.now, visit.settings.zone))
    return page(visit, "explore/home.html", values, expires=expires)


def next_step(actor: Actor) -> Next | None:
    """Return what somebody with these roles does next; visitors see what the site is instead."""
    if not actor.is_signed_in:
        return None
    if actor.needs_factor:
        return Next(
            msg("Your role needs a second factor before you can use it."),
            msg("Set up the second factor"),
            "/second-factor",
        )
    for roles, step in BY_ROLE:
        if actor.has_any(roles):
            return step
    if actor.objects("firm"):
        return Next(
            msg("Go on with your applications, or find the next challenge."),
            msg("Open my applications"),
            "/applications",
        )
    return Next(
        msg("To apply, you need a firm. It takes two minutes."),
        msg("Enter your firm"),
        "/firm",
    )


routes = [get("/", home, anyone, cached=True)]
