"""/challenges/{slug}/events and /programmes/{slug}/events: what belongs to something else.

Pages of lower packages show these by their address: a link, in whose place scripts put the list.
"""

from govmatch.challenges import queries as challenges
from govmatch.challenges.showing import text_of
from govmatch.gatherings import queries
from govmatch.gatherings.models import Gathering
from govmatch.gatherings.showing import Card, card, path_of
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.programmes import queries as programmes
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class PanelPage:
    about: str
    about_url: str
    cards: list[Card]


def of_challenge(visit: Visit) -> Answer:
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    found = queries.of_challenge(visit.db, challenge, visit.now)
    title = text_of(challenge, visit.lang).title
    return _page(visit, title, f"/challenges/{challenge.slug}", found)


def of_programme(visit: Visit) -> Answer:
    programme = programmes.by_slug(visit.db, visit.params["slug"])
    found = queries.of_programme(visit.db, programme, visit.now)
    return _page(
        visit, pick(programme.names, visit.lang)[0], f"/programmes/{programme.slug}", found
    )


def _page(visit: Visit, about: str, path: str, found: list[Gathering]) -> Answer:
    visit.noindex = True
    cards = [
        card(one, lang=visit.lang, now=visit.now, url=visit.url(path_of(one))) for one in found
    ]
    values = PanelPage(about, visit.url(path), cards)
    return page(visit, "gatherings/panel.html", values, block="panel")


routes = [
    get("/challenges/{slug}/events", of_challenge, anyone),
    get("/programmes/{slug}/events", of_programme, anyone),
]
