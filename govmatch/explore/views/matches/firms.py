"""/desk/challenges/{slug}/firms: which firms could answer this; for finding, never for judging.

By name, so from the publication on; before it the address leads to how many they are (`who`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import field

from govmatch.accounts.models import Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.events import FirmsFoundShown
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.showing import text_of
from govmatch.explore import rules
from govmatch.explore.matching.levels import LEAST_WORTH, STEPS
from govmatch.explore.matching.loading import Explaining, challenges_of, explaining
from govmatch.explore.matching.reasons import Reasons
from govmatch.explore.queries import matches as queries
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching.models import KeptMatch
from govmatch.matching.proposing import MOST
from govmatch.organisations.models import Firm
from govmatch.organisations.places import country_name
from govmatch.organisations.showing import SHORT_SIZES, clipped, day_of, foreign, place_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

NAMED = 20
Count = tuple[str | Message, int]
"""What is counted, and how often."""
Found = list[tuple[KeptMatch, Firm]]

desk = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER)


@dataclass(frozen=True)
class FoundFirm:
    """A firm that fits, as its directory page shows it."""

    name: str
    url: str
    place: str
    summary: str
    lang: str | None
    reasons: Reasons


@dataclass(frozen=True)
class FirmsPage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    why_not: Message | None
    is_read: bool
    total: int
    """How many fit."""
    at_most: int
    firms: list[FoundFirm] = field(default_factory=list)
    countries: list[Count] = field(default_factory=list)
    sizes: list[Count] = field(default_factory=list)
    excluded: list[Count] = field(default_factory=list)
    steps: int = STEPS


def firms(visit: Visit) -> Answer:
    """Show who could answer a challenge to those on whose desk it lies, until its deadline."""
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not works_on(visit.actor, challenge):
        raise NotFound
    if not rules.may_name_firms(challenge, visit.now):
        return redirect(visit.url(f"/desk/challenges/{challenge.slug}/who"))
    ruling = rules.may_find_firms(visit.actor, challenge, visit.now)
    values = _page(visit, challenge) if ruling else _nothing(visit, challenge, ruling.reason)
    return page(visit, "explore/firms_for.html", values)


def _nothing(visit: Visit, challenge: Challenge, reason: Message | None) -> FirmsPage:
    text = text_of(challenge, visit.lang)
    return FirmsPage(
        challenge=challenge,
        title=text.title or challenge.slug,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        path=f"/desk/challenges/{challenge.slug}",
        why_not=reason,
        is_read=True,
        total=0,
        at_most=MOST,
    )


def _page(visit: Visit, challenge: Challenge) -> FirmsPage:
    """Return the firms found, the best by name."""
    fitting = _worth(visit, challenge, ruled_out=False)
    ruled_out = _worth(visit, challenge, ruled_out=True)
    shown = fitting[:NAMED]
    explained = _explaining(visit, challenge, [firm.id for _, firm in (*shown, *ruled_out)])
    known = challenges_of(visit.db, [challenge.id])[challenge.id]
    visit.note(FirmsFoundShown(challenge.id, firms=len(shown)))
    empty = _nothing(visit, challenge, None)
    return FirmsPage(
        challenge=challenge,
        title=empty.title,
        lang_of_title=empty.lang_of_title,
        path=empty.path,
        why_not=None,
        is_read=challenge.id in explained.challenges,
        total=len(fitting),
        at_most=MOST,
        firms=[one for _, firm in shown if (one := _found(visit, firm, known, explained))],
        countries=_counted([country_name(firm.country, visit.lang) for _, firm in fitting]),
        sizes=_counted([_size(firm) for _, firm in fitting]),
        excluded=_counted(_gates(ruled_out, known, explained)),
    )


def _worth(visit: Visit, challenge: Challenge, *, ruled_out: bool) -> Found:
    found = queries.for_challenge(
        visit.db, challenge, actor=visit.actor, ruled_out=ruled_out, most=MOST
    )
    return [(match, firm) for match, firm in found if match.score >= LEAST_WORTH]


def _explaining(visit: Visit, challenge: Challenge, ids: list[int]) -> Explaining:
    return explaining(
        visit.db,
        challenges=[challenge.id],
        firms=ids,
        content_dir=visit.settings.content_dir,
        lang=visit.lang,
        today=day_of(visit.now, visit.settings.zone),
    )


def _found(
    visit: Visit, firm: Firm, challenge: Challenge, explained: Explaining
) -> FoundFirm | None:
    reasons = explained.reasons(challenge, firm)
    if reasons is None:
        return None
    return FoundFirm(
        name=firm.name,
        url=visit.url(f"/firms/{firm.slug}"),
        place=place_of(firm, visit.lang),
        summary=clipped(firm.summary),
        lang=foreign(firm, visit.lang),
        reasons=reasons,
    )


def _size(firm: Firm) -> Message:
    return SHORT_SIZES.get(firm.size or "", msg("Size not given"))


def _gates(found: Found, challenge: Challenge, explained: Explaining) -> list[Message]:
    """Return what rules out each of the firms that would fit but for it."""
    every = [explained.reasons(challenge, firm) for _, firm in found]
    return [line.text for reasons in every if reasons for line in reasons.gates]


def _counted(what: Sequence[str | Message]) -> list[Count]:
    """Return how often each stands there, the most frequent first."""
    words = {str(one): one for one in what}
    counts = Counter(str(one) for one in what)
    return [(words[key], n) for key, n in counts.most_common()]


routes = [get("/desk/challenges/{slug}/firms", firms, desk, records=True)]
