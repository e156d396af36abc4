"""/desk/events: what one hosts: drafts, what comes, what is past."""

from govmatch.gatherings import queries, rules
from govmatch.gatherings.models import Gathering
from govmatch.gatherings.queries import Who
from govmatch.gatherings.rules import Phase
from govmatch.gatherings.showing import Card, card, desk_path_of
from govmatch.gatherings.views.desk.access import host
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

GROUPS: tuple[tuple[str, Message, frozenset[Phase]], ...] = (
    ("drafts", msg("Drafts"), frozenset({Phase.DRAFT})),
    (
        "coming",
        msg("Coming"),
        frozenset({Phase.PLANNED, Phase.OPEN, Phase.FULL, Phase.CLOSED, Phase.RUNNING}),
    ),
    ("over", msg("Past and cancelled"), frozenset({Phase.PAST, Phase.CANCELLED})),
)


@dataclass(frozen=True)
class Group:
    key: str
    title: Message
    cards: list[tuple[Card, Message | None]]
    """Each with how many registered, in words."""


@dataclass(frozen=True)
class DeskPage:
    groups: list[Group]
    new_url: str


def show(visit: Visit) -> Answer:
    found = queries.hosted(visit.db, visit.actor)
    groups = []
    for key, title, phases in GROUPS:
        lines = [
            (_card(visit, one), _registered(one, who))
            for one, who in found
            if rules.phase(one, visit.now) in phases
        ]
        if key == "coming":
            lines.reverse()
        if lines:
            groups.append(Group(key, title, lines))
    values = DeskPage(groups, visit.url("/desk/events/new"))
    return page(visit, "gatherings/desk/list.html", values)


def _card(visit: Visit, one: Gathering) -> Card:
    return card(one, lang=visit.lang, now=visit.now, url=visit.url(desk_path_of(one)))


def _registered(one: Gathering, who: Who) -> Message | None:
    if not one.registers or one.published_at is None:
        return None
    if one.places is None:
        return msg("{n} registered", n=who.taken)
    return msg(
        "{n} of {all} places taken, {waiting} waiting",
        n=who.taken, all=one.places, waiting=who.waiting,
    )  # fmt: skip


routes = [get("/desk/events", show, host)]
