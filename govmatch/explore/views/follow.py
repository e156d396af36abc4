"""/themes/{slug}/follow and /search/follow: hearing of what is new in a theme, or in a search."""

from urllib.parse import parse_qs

from govmatch.explore.views.saved import kept_part
from govmatch.following import asking, queries
from govmatch.following.actions import Thing
from govmatch.following.models import Kind
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels
from govmatch.web.answers import Answer
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit

THEME = "/themes/{slug}/follow"
SEARCH = "/search/follow"
LONGEST = 1_000
LONGEST_NAME = 120


def _theme(visit: Visit) -> Thing:
    slug = visit.params["slug"]
    labels = all_labels(visit.db, TermKind.THEME, [slug])
    if slug not in labels:
        raise NotFound
    return Thing(kind=Kind.THEME, key=slug, titles=labels[slug], path=f"/challenges?theme={slug}")


def ask_theme(visit: Visit) -> Answer:
    """Show how one follows a theme."""
    return asking.ask(visit, _theme(visit))


def begin_theme(visit: WritingVisit) -> Answer:
    """Follow a theme, or end it."""
    return asking.begin(visit, _theme(visit))


def _search(visit: Visit, address: str) -> Thing:
    """Return the search of an address of ours; one that asks for nothing is not found."""
    query = kept_part(address)
    if not query or len(query) > LONGEST:
        raise NotFound
    saved = queries.find_saved(visit.db, visit.actor, query)
    name = saved.name if saved else _called(visit, query)
    return Thing(kind=Kind.SEARCH, key=query, titles={visit.lang: name}, path=f"/search?{query}")


def _called(visit: Visit, query: str) -> str:
    """Return what a search is called that nobody gave a name: its words, else its filters."""
    asked = parse_qs(query)
    words = " ".join(asked.get("q", [])).strip()
    others = [
        value for name, values in asked.items() if name not in {"q", "sort"} for value in values
    ]
    called = " · ".join([words, *others] if words else others)
    return called[:LONGEST_NAME] or visit.say(msg("Everything"))


def ask_search(visit: Visit) -> Answer:
    """Show how one follows a search."""
    query = visit.query.one("address")
    thing = _search(visit, query)
    return asking.ask(visit, thing, hidden=[("address", thing.key)])


def begin_search(visit: WritingVisit) -> Answer:
    """Follow a search, or end it."""
    thing = _search(visit, visit.form.one("address"))
    return asking.begin(visit, thing, hidden=[("address", thing.key)])


routes = [
    get(THEME, ask_theme, anyone),
    post(THEME, begin_theme, anyone, once=True),
    get(SEARCH, ask_search, anyone),
    post(SEARCH, begin_search, anyone, once=True),
]
