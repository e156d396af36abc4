"""/authorities/{slug}/follow: hearing of what an authority wants to solve."""

from govmatch.following import asking
from govmatch.following.actions import Thing
from govmatch.following.models import Kind
from govmatch.organisations.queries.authorities import by_slug
from govmatch.web.answers import Answer
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/authorities/{slug}/follow"


def _thing(visit: Visit) -> Thing:
    authority = by_slug(visit.db, visit.params["slug"])
    return Thing(
        kind=Kind.AUTHORITY,
        key=authority.slug,
        titles=authority.names,
        path=f"/authorities/{authority.slug}",
    )


def ask(visit: Visit) -> Answer:
    """Show how one follows it."""
    return asking.ask(visit, _thing(visit))


def begin(visit: WritingVisit) -> Answer:
    """Follow it, or end it."""
    return asking.begin(visit, _thing(visit))


routes = [get(PATH, ask, anyone), post(PATH, begin, anyone, once=True)]
