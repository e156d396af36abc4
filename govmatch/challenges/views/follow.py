"""/challenges/{slug}/follow: hearing of what becomes of one challenge."""

from govmatch.challenges import queries
from govmatch.challenges.telling import thing_of
from govmatch.following import asking
from govmatch.following.actions import Thing
from govmatch.kit.actor import VISITOR
from govmatch.web.answers import Answer
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/challenges/{slug}/follow"


def _thing(visit: Visit) -> Thing:
    """Return what is followed; what is not for everybody yet is not found, whoever asks."""
    challenge = queries.get_visible(
        visit.db, actor=VISITOR, now=visit.now, slug=visit.params["slug"]
    )
    return thing_of(challenge)


def ask(visit: Visit) -> Answer:
    """Show how one follows it."""
    return asking.ask(visit, _thing(visit))


def begin(visit: WritingVisit) -> Answer:
    """Follow it, or end it."""
    return asking.begin(visit, _thing(visit))


routes = [get(PATH, ask, anyone), post(PATH, begin, anyone, once=True)]
