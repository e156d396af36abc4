"""/account/searches: the searches that somebody saved."""

from datetime import datetime
from urllib.parse import parse_qs, urlencode

from govmatch.explore.asked import FACETS
from govmatch.following import actions, queries
from govmatch.following.asking import CHOICES as OFTEN
from govmatch.following.models import HowOften, Kind, SavedSearch
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

PATH = "/account/searches"
LONGEST_NAME = 80
NEVER = "never"
CHOICES: list[tuple[str, Message]] = [*OFTEN, (NEVER, msg("No mail"))]
_KEPT = ("q", "kind", "state", *FACETS, "sort")
_LONGEST = 4_000


@dataclass(frozen=True)
class Line:
    public_id: str
    name: str
    url: str
    feed: str
    form: Form
    """How often it is told of."""
    at: datetime


@dataclass(frozen=True)
class SavedPage:
    lines: list[Line]
    choices: list[tuple[str, Message]]


def show(visit: Visit) -> Answer:
    """List the reader's saved searches, the newest first."""
    own = queries.own_follows(visit.db, visit.actor)
    often = {one.key: one.how for one in own if one.kind == Kind.SEARCH}
    lines = [
        _line(visit, one, how=often.get(one.query, NEVER))
        for one in queries.saved(visit.db, visit.actor)
    ]
    return page(visit, "explore/saved.html", SavedPage(lines, CHOICES))


def _line(visit: Visit, one: SavedSearch, *, how: str) -> Line:
    return Line(
        public_id=one.public_id,
        name=one.name,
        url=visit.url(f"/search?{one.query}"),
        feed=visit.url(f"/search.atom?{one.query}"),
        form=filled({"how": how}),
        at=one.created_at,
    )


def save(visit: WritingVisit) -> Answer:
    """Keep a search of this site; an address that asks for nothing is not found."""
    query = kept_part(visit.form.one("address"))
    if not query:
        raise NotFound
    name = Reader(visit.form).text("name", required=False)[:LONGEST_NAME]
    actions.save(
        visit.session,
        query,
        name=name or visit.say(msg("Search")),
        actor=visit.actor,
        now=visit.real_now,
    )
    visit.flash("success", msg("The search is saved."))
    return redirect(PATH)


def kept_part(address: str) -> str:
    """Return what of an address says what is looked for, in one order; empty for nothing."""
    try:
        asked = parse_qs(address[:_LONGEST], max_num_fields=100)
    except ValueError:
        return ""
    known = [(name, value) for name in _KEPT for value in asked.get(name, [])]
    if all(name == "sort" for name, _ in known):
        return ""
    return urlencode(known)


def choose(visit: WritingVisit) -> Answer:
    """Tell of one of the reader's own searches this often from now on, or no more."""
    one = queries.get_own(visit.session, visit.actor, visit.params["public_id"])
    how = visit.form.one("how")
    if how not in {value for value, _ in CHOICES}:
        raise NotFound
    known = queries.own_follow(visit.session, visit.actor, Kind.SEARCH, one.query)
    if how == NEVER:
        ended = [known] if known else []
        actions.end(visit.session, ended, actor=visit.actor, now=visit.now, real_now=visit.real_now)
    else:
        thing = actions.Thing(
            kind=Kind.SEARCH,
            key=one.query,
            titles={visit.lang: one.name},
            path=f"/search?{one.query}",
        )
        actions.follow(
            visit.session, thing, how=HowOften(how),
            zone=visit.zone, actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    visit.flash("success", msg("Your choice is saved."))
    return redirect(PATH)


def delete(visit: WritingVisit) -> Answer:
    """Forget one of the reader's own, and tell of it no more."""
    one = queries.get_own(visit.session, visit.actor, visit.params["public_id"])
    known = queries.own_follow(visit.session, visit.actor, Kind.SEARCH, one.query)
    ended = [known] if known else []
    actions.end(visit.session, ended, actor=visit.actor, now=visit.now, real_now=visit.real_now)
    actions.delete(visit.session, one, actor=visit.actor)
    visit.flash("success", msg("The search is deleted."))
    return redirect(PATH)


routes = [
    get(PATH, show, settled),
    post(PATH, save, settled, once=True),
    post(f"{PATH}/{{public_id}}/how", choose, settled),
    post(f"{PATH}/{{public_id}}/delete", delete, settled),
]
