"""/matches/{slug}: why one challenge fits one's own firm; as a fragment the box beside it."""

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_open
from govmatch.challenges.showing import text_of
from govmatch.explore import rules
from govmatch.explore.matching.levels import STEPS
from govmatch.explore.matching.loading import challenges_of, explaining
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.views.matches.whose import chosen_firm, own_firms, query_of
from govmatch.kit.records import dataclass
from govmatch.matching import queries as matching
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import day_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, settled
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class OnePage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    firm: Firm
    path: str
    reasons: Reasons | None
    """None where there is nothing to say: matching is off, or one side was not read."""
    is_aside: bool
    may_edit: bool
    about_url: str
    apply_url: str
    aside_url: str
    undo_url: str
    list_url: str
    is_page: bool
    """False for the box beside a challenge, where the reasons are folded."""
    steps: int = STEPS


def one(visit: Visit) -> Answer:
    """Say why a challenge that is open fits the firm; of any other there is nothing to say."""
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    firms = own_firms(visit)
    firm = chosen_firm(firms, visit.query.one("firm"))
    text, query = text_of(challenge, visit.lang), query_of(firm, firms)
    address = f"/matches/{challenge.slug}"
    values = OnePage(
        challenge=challenge,
        title=text.title,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        firm=firm,
        path=f"/firm/{firm.public_id}",
        reasons=_reasons(visit, challenge, firm) if is_open(challenge, visit.now) else None,
        is_aside=_is_aside(visit, challenge, firm),
        may_edit=bool(rules.may_set_aside(visit.actor, firm)),
        about_url=visit.url(address, firm=query),
        apply_url=visit.url(f"/challenges/{challenge.slug}/apply"),
        aside_url=visit.url(f"{address}/not-for-us", firm=query),
        undo_url=visit.url(f"{address}/take-up", firm=query),
        list_url=visit.url("/matches", firm=query),
        is_page=not visit.fragment,
    )
    return page(visit, "explore/match.html", values, block="box")


def _reasons(visit: Visit, challenge: Challenge, firm: Firm) -> Reasons | None:
    explained = explaining(
        visit.db,
        challenges=[challenge.id],
        firms=[firm.id],
        content_dir=visit.settings.content_dir,
        lang=visit.lang,
        today=day_of(visit.now, visit.settings.zone),
    )
    known = challenges_of(visit.db, [challenge.id])[challenge.id]
    return explained.reasons(known, firm) if firm.matching else None


def _is_aside(visit: Visit, challenge: Challenge, firm: Firm) -> bool:
    found = matching.opinion(visit.db, ("firm", firm.id), ("challenge", challenge.id))
    return found is not None


routes = [get("/matches/{slug}", one, settled)]
