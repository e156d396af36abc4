"""/pilots/{id}: where a pilot stands, the one next step, and agreeing to its plan."""

from govmatch.pilots.views.frame import Trouble, seen_of
from govmatch.pilots.views.overview.answering import answer_plan
from govmatch.pilots.views.overview.page import overview_page
from govmatch.web.answers import Answer
from govmatch.web.fields import filled
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit

PATH = "/pilots/{id}"


def overview(visit: Visit) -> Answer:
    return overview_page(visit, seen_of(visit), Trouble(filled({}), 200))


routes = [get(PATH, overview, signed_in), post(PATH, answer_plan, signed_in, once=True)]
