"""/firm/{firm}/asked: what the open challenges that fit a firm best ask for and its profile lacks.

A panel of the firm's own page, by its address, and a page of its own without scripts.
"""

from collections import Counter

from govmatch.challenges.labels import REQUIREMENTS
from govmatch.explore.matching.facts_in_words import EVIDENCE
from govmatch.explore.queries import matches as queries
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching import queries as matching
from govmatch.matching.facts import Verdict, answers
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import get_own_firm
from govmatch.organisations.rules import may_edit, may_enter
from govmatch.organisations.showing import day_of
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

MOST_LOOKED_AT = 30
MOST_SHOWN = 5
IN_BASICS = {"size": msg("The size of the firm"), "languages": msg("Languages")}


@dataclass(frozen=True)
class Lacking:
    """What is asked for and not in the profile, by how many, and where it is entered."""

    what: Message | str
    count: int
    url: str


@dataclass(frozen=True)
class AskedPage:
    firm: Firm
    lacking: list[Lacking]
    looked_at: int
    """How many challenges these are of."""
    may_edit: bool


def asked(visit: Visit) -> Answer:
    """Count what is missing in the profile of one's own firm, over challenges this reader sees."""
    firm = get_own_firm(visit.db, visit.actor, visit.params["firm"])
    found = queries.for_firm(visit.db, firm, actor=visit.actor, now=visit.now, ruled_out=False)[
        :MOST_LOOKED_AT
    ]
    values = AskedPage(
        firm=firm,
        lacking=_lacking(visit, firm, [one.other_id for one in found]),
        looked_at=len(found),
        may_edit=bool(may_edit(visit.actor, firm)),
    )
    return page(visit, "explore/asked.html", values, block="panel")


def _lacking(visit: Visit, firm: Firm, ids: list[int]) -> list[Lacking]:
    """Return what most ask for first; three statements however many there are."""
    own = matching.facts_of(visit.db, queries.FIRM, [firm.id]).get(firm.id)
    if own is None or not ids:
        return []
    today = day_of(visit.now, visit.settings.zone)
    counts = Counter(
        finding.ask.name
        for challenge in matching.facts_of(visit.db, queries.CHALLENGE, ids).values()
        for finding in answers(challenge, own, today)
        if finding.verdict is Verdict.MISSING
    )
    named = [(name, count) for name, count in counts.most_common() if _name(name)]
    return [
        Lacking(_name(name), count, _address(visit, firm, name))
        for name, count in named[:MOST_SHOWN]
    ]


def _name(name: str) -> Message | str:
    found = REQUIREMENTS.get(name.removeprefix(EVIDENCE), IN_BASICS.get(name))
    return "" if found is None else found


def _address(visit: Visit, firm: Firm, name: str) -> str:
    path = f"/firm/{firm.public_id}"
    if name.startswith(EVIDENCE):
        return visit.url(f"{path}/evidence/new", kind=name.removeprefix(EVIDENCE))
    return visit.url(f"{path}/edit/basics")


routes = [get("/firm/{firm}/asked", asked, may_enter)]
