"""/matches/by-mail: how often somebody hears of new matches of their firm."""

from govmatch.explore import actions
from govmatch.explore.views.matches.whose import chosen_firm, own_firms, query_of
from govmatch.following import queries
from govmatch.following.asking import choices_of
from govmatch.following.models import HowOften, Kind
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.organisations.models import Firm
from govmatch.web.answers import Answer, redirect
from govmatch.web.routes import post, settled
from govmatch.web.visit import Visit, WritingVisit

NEVER = "never"
CHOICES: list[tuple[str, Message]] = [*choices_of(Kind.MATCHES), (NEVER, msg("No mail"))]


def how_often(visit: Visit, firm: Firm) -> str:
    """Return how often the reader hears of new matches of this firm now."""
    follow = queries.own_follow(visit.db, visit.actor, Kind.MATCHES, firm.public_id)
    return follow.how if follow else NEVER


def choose(visit: WritingVisit) -> Answer:
    """Keep the choice; what is not offered is not found."""
    firms = own_firms(visit)
    firm = chosen_firm(firms, visit.form.one("firm"))
    how = visit.form.one("how")
    if how not in {value for value, _ in CHOICES}:
        raise NotFound
    actions.follow_matches(
        visit.session,
        firm,
        None if how == NEVER else HowOften(how),
        zone=visit.zone,
        lang=visit.lang,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("Your choice is saved."))
    query = query_of(firm, firms)
    return redirect(f"/matches?firm={query}" if query else "/matches")


routes = [post("/matches/by-mail", choose, settled)]
