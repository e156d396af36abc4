"""/programmes/{slug}/challenges: those of one programme, shown on its page by address."""

from govmatch.challenges.public_list import public_list
from govmatch.challenges.queries import next_midnight
from govmatch.challenges.showing import Card, by_ids, card
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.programmes import queries as programmes
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 4


@dataclass(frozen=True)
class PanelPage:
    about: str
    about_url: str
    total: int
    cards: list[Card]
    all_url: str


def panel(visit: Visit) -> Answer:
    """Show the first challenges of a programme, as the list of all would order them."""
    programme = programmes.by_slug(visit.db, visit.params["slug"])
    visit.noindex = True
    known = public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    wanted = {"programme": [programme.slug]}
    ids = known.ids(wanted, sort="closing", offset=0, size=MOST)
    values = PanelPage(
        about=pick(programme.names, visit.lang)[0],
        about_url=visit.url(f"/programmes/{programme.slug}"),
        total=known.found(wanted),
        cards=[
            card(one, lang=visit.lang, now=visit.now, url=visit.url(f"/challenges/{one.slug}"))
            for one in by_ids(visit.db, ids)
        ],
        all_url=visit.url("/challenges", programme=programme.slug),
    )
    expires = min(known.expires, next_midnight(visit.now, visit.settings.zone))
    return page(visit, "challenges/of_programme.html", values, block="panel", expires=expires)


routes = [get("/programmes/{slug}/challenges", panel, anyone)]
