"""/account/following: what somebody with an account follows."""

from govmatch.following import queries
from govmatch.following.asking import OWN
from govmatch.following.views.lines import CHOICES, Line, act_on, line
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class OwnPage:
    lines: list[Line]
    choices: list[tuple[str, Message]]


def show(visit: Visit) -> Answer:
    """List what the reader follows, the newest first."""
    lines = [line(one, visit) for one in queries.own_follows(visit.db, visit.actor)]
    return page(visit, "following/own.html", OwnPage(lines, CHOICES))


def act(visit: WritingVisit) -> Answer:
    """Change how often the reader hears of one thing, or end it."""
    act_on(visit, queries.own_follows(visit.session, visit.actor), zone=visit.zone)
    visit.flash("success", msg("Your choice is saved."))
    return redirect(OWN)


routes = [get(OWN, show, settled), post(OWN, act, settled)]
