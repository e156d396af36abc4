"""/matches: the open challenges in the order in which they fit one's own firm, and why."""

from collections.abc import Iterable
from dataclasses import field, replace

from govmatch.explore import rules
from govmatch.explore.matching.facts_in_words import Line
from govmatch.explore.matching.levels import LEAST_WORTH, STEPS
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.queries import matches as queries
from govmatch.explore.views.matches.by_mail import CHOICES, how_often
from govmatch.explore.views.matches.shown import Folded, Showing, Shown
from govmatch.explore.views.matches.whose import chosen_firm, own_firms, query_of
from govmatch.kit.i18n import Message
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.matching.models import KeptMatch
from govmatch.organisations.models import Firm
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZE = 10
MOST_FOLDED = 20
MOST_TIPS = 5
NEAREST = 2

Found = list[KeptMatch]


@dataclass(frozen=True)
class Tip:
    """What the firm can add, and how many of the shown challenges ask for it."""

    line: Line
    count: int


@dataclass(frozen=True)
class MatchesPage:
    firm: Firm | None
    firms: list[tuple[str, str, bool]]
    """(name, address, chosen), for people of several firms."""
    path: str
    matches: list[Shown] = field(default_factory=list)
    little: list[Folded] = field(default_factory=list)
    gated: list[Folded] = field(default_factory=list)
    aside: list[Folded] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)
    nothing_fits: bool = False
    """Then `matches` are only the nearest of those that are open."""
    is_read: bool = True
    may_edit: bool = False
    steps: int = STEPS
    paging: Paging | None = None
    mail: Form | None = None
    """How often new ones come by mail; None where there are none to come."""
    mail_choices: list[tuple[str, Message]] = field(default_factory=list)


def listing(visit: Visit) -> Answer:
    """Show a firm's matches; everybody else what matches are and what to do first."""
    firms = own_firms(visit)
    if not firms:
        return page(visit, "explore/matches_nobody.html", MatchesPage(None, [], ""))
    firm = chosen_firm(firms, visit.query.one("firm"))
    choices = [
        (one.name, visit.url("/matches", firm=one.public_id), one.id == firm.id) for one in firms
    ]
    path = f"/firm/{firm.public_id}"
    may_edit = bool(rules.may_set_aside(visit.actor, firm))
    is_read = queries.has_profile(visit.db, firm)
    values = MatchesPage(firm, choices, path, is_read=is_read, may_edit=may_edit)
    if firm.matching and is_read:
        values = replace(
            _found(visit, firm, firms, values),
            mail=filled({"how": how_often(visit, firm)}),
            mail_choices=CHOICES,
        )
    return page(visit, "explore/matches.html", values)


def _found(visit: Visit, firm: Firm, firms: list[Firm], empty: MatchesPage) -> MatchesPage:
    """Return the page with what was found for a firm."""
    worth, little, gated = _lists(visit, firm)
    query = query_of(firm, firms)
    paging = Paging(
        page_number(visit.query.one("page")),
        SIZE,
        len(worth),
        lambda n: visit.url("/matches", firm=query, page=n if n > 1 else None),
    )
    here = worth[paging.offset : paging.offset + SIZE]
    if not worth:
        # Nothing fits well: the nearest say at least what is sought and what the profile lacks.
        here, little = little[:NEAREST], little[NEAREST:]
    showing = Showing.of(visit, firm, query, explained=[*here, *gated], named=little)
    shown = list(filter(None, map(showing.shown, here)))
    return replace(
        empty,
        matches=shown,
        little=list(filter(None, map(showing.folded, little))),
        gated=list(filter(None, map(showing.gated, gated))),
        aside=[
            showing.aside(opinion, challenge)
            for opinion, challenge in queries.set_aside_by(
                visit.db, firm, actor=visit.actor, now=visit.now
            )
        ],
        nothing_fits=not worth,
        tips=tips_of(one.reasons for one in shown),
        paging=paging,
    )


def _lists(visit: Visit, firm: Firm) -> tuple[Found, Found, Found]:
    """Return what is worth a look, what is not, and what a gate rules out though it were."""
    fitting, gated = (
        queries.for_firm(visit.db, firm, actor=visit.actor, now=visit.now, ruled_out=ruled_out)
        for ruled_out in (False, True)
    )
    worth = [one for one in fitting if one.score - one.lowered >= LEAST_WORTH]
    little = [one for one in fitting if one.score - one.lowered < LEAST_WORTH]
    though = [one for one in gated if one.score >= LEAST_WORTH]
    return worth, little[:MOST_FOLDED], though[:MOST_FOLDED]


def tips_of(all_reasons: Iterable[Reasons]) -> list[Tip]:
    """Return what is missing most often, each once, with how many ask for it."""
    found: dict[str, Tip] = {}
    for reasons in all_reasons:
        for line in reasons.missing:
            if line.tip is not None:
                count = found[line.mend].count if line.mend in found else 0
                found[line.mend] = Tip(line, count + 1)
    return sorted(found.values(), key=lambda tip: -tip.count)[:MOST_TIPS]


routes = [get("/matches", listing, anyone)]
