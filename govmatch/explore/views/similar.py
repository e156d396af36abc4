"""/desk/challenges/{slug}/similar: who has asked the same before, what came of it, side by side.

It stands here and not with the desk, since what came of a challenge lies in packages above it.
"""

from collections.abc import Mapping, Sequence

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_public
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.showing import PHASES, budget_text, phase_of, text_of
from govmatch.challenges.similar import SimilarChallenge, compared_with, similar_to
from govmatch.explore.views.matches.firms import desk
from govmatch.explore.views.results.rows import cost_of
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.matching.likeness import Kind, Likeness
from govmatch.pilots import queries as pilots
from govmatch.pilots.queries import PublicEnd
from govmatch.pilots.showing import OUTCOMES
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

KINDS: dict[Kind, tuple[Message, str]] = {
    Kind.SAME_TEXT: (msg("Same text in parts"), "warning"),
    Kind.OTHER_WORDS: (msg("Same content in other words"), "warning"),
    Kind.OTHER_LANGUAGE: (msg("Same content in another language"), "warning"),
    Kind.TOPIC: (msg("Same topic only"), "neutral"),
}


@dataclass(frozen=True)
class Like:
    """One challenge that is like this one; `lang` is set where its words are not the reader's."""

    title: str
    lang: str | None
    authority: str
    summary: str
    state: tuple[Message, str]
    kind: tuple[Message, str]
    told: int | None
    """How much of the shorter text stands in both, in per cent; None for the same topic only."""
    shared: list[str]
    """Themes, technologies and CPV codes that both have."""
    url: str
    beside_url: str
    budget: str
    """Of one pilot, once it is public."""
    outcomes: list[Message]
    """What came of its pilots, each word once."""
    pilots: int
    cost: str
    """What its finished pilots have cost together; empty where that is not known."""
    reason: str
    """Why it ended without an outcome; published with it."""
    reason_lang: str | None
    results_url: str
    """What became of it, where that is told."""


@dataclass(frozen=True)
class SimilarPage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    back: str
    same: list[Like]
    topic: list[Like]


@dataclass(frozen=True)
class Side:
    """One of two challenges: its words as they were compared, and what stands in it alone."""

    title: str
    url: str
    authority: str
    state: tuple[Message, str]
    lang: str
    alone: list[str]


@dataclass(frozen=True)
class BesidePage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    like: Like
    here: Side
    there: Side
    pairs: list[tuple[str, str]]


def challenge_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where it lies on another desk."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not works_on(visit.actor, challenge):
        raise NotFound
    return challenge


def path_of(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}"


def similar(visit: Visit) -> Answer:
    """Show what others have asked and what came of it; a part of the page where htmx asks."""
    challenge = challenge_of(visit)
    found = similar_to(
        visit.db,
        challenge,
        lang=visit.lang,
        actor=visit.actor,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    same = [one for one in found if one.likeness.is_near_duplicate]
    topic = [one for one in found if not one.likeness.is_near_duplicate]
    text = text_of(challenge, visit.lang)
    values = SimilarPage(
        challenge=challenge,
        title=text.title or challenge.slug,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        path=path_of(challenge),
        back=visit.url(path_of(challenge)),
        same=_likes(visit, challenge, same),
        topic=_likes(visit, challenge, topic),
    )
    return page(visit, "explore/similar.html", values, block="found")


def beside(visit: Visit) -> Answer:
    """Show two challenges side by side; raises `NotFound` for itself and what is not visible."""
    challenge = challenge_of(visit)
    other = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["other"]
    )
    if other.id == challenge.id:
        raise NotFound
    compared = compared_with(
        visit.db,
        challenge,
        other,
        lang=visit.lang,
        actor=visit.actor,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    likeness = compared.likeness
    here_lang, there_lang = likeness.languages
    text = text_of(challenge, visit.lang)
    values = BesidePage(
        challenge=challenge,
        title=text.title or challenge.slug,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        path=path_of(challenge),
        like=_likes(visit, challenge, [SimilarChallenge(other, likeness)])[0],
        here=_side(visit, challenge, here_lang, compared.alone(0)),
        there=_side(visit, other, there_lang, compared.alone(1)),
        pairs=compared.pairs,
    )
    return page(visit, "explore/beside.html", values)


def _side(visit: Visit, challenge: Challenge, lang: str, alone: list[str]) -> Side:
    title = next((text.title for text in challenge.texts if text.lang == lang), "")
    return Side(
        title=title or challenge.slug,
        url=visit.url(f"/challenges/{challenge.slug}"),
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase_of(challenge, visit.now)],
        lang=lang or visit.lang,
        alone=alone,
    )


def _likes(visit: Visit, challenge: Challenge, found: Sequence[SimilarChallenge]) -> list[Like]:
    labels = _labels(visit, [code for one in found for code in one.likeness.codes])
    told = [one.challenge.id for one in found if queries.is_told(one.challenge, visit.now)]
    ends = pilots.public_ends(visit.db, told)
    return [_like(visit, challenge, one, labels, ends) for one in found]


def _like(
    visit: Visit,
    challenge: Challenge,
    one: SimilarChallenge,
    labels: Mapping[str, str],
    ends: Mapping[int, list[PublicEnd]],
) -> Like:
    other, text = one.challenge, text_of(one.challenge, visit.lang)
    is_told, tried = queries.is_told(other, visit.now), ends.get(other.id, [])
    cost = cost_of(tried)
    reason, reason_lang = pick(other.end_reasons, visit.lang) if is_told else ("", visit.lang)
    return Like(
        title=text.title or other.slug,
        lang=text.lang if text.lang != visit.lang else None,
        authority=pick(other.authority.names, visit.lang)[0],
        summary=text.summary,
        state=PHASES[phase_of(other, visit.now)],
        kind=KINDS[one.likeness.kind or Kind.TOPIC],
        told=_told(one.likeness),
        shared=[labels[code] for code in one.likeness.codes],
        url=visit.url(f"/challenges/{other.slug}"),
        beside_url=visit.url(f"{path_of(challenge)}/similar/{other.slug}"),
        budget=budget_text(other, visit.lang) if is_public(other, visit.now) else "",
        outcomes=_outcomes(tried),
        pilots=len(tried),
        cost=money_text(cost, other.currency, visit.lang) if cost is not None else "",
        reason=reason,
        reason_lang=reason_lang if reason_lang != visit.lang else None,
        results_url=visit.url(f"/results/{other.slug}") if is_told else "",
    )


def _outcomes(tried: Sequence[PublicEnd]) -> list[Message]:
    known = dict.fromkeys(one.outcome for one in tried if one.outcome is not None)
    return [OUTCOMES[outcome][0] for outcome in known]


def _told(likeness: Likeness) -> int | None:
    share = max(likeness.told, likeness.runs)
    return round(100 * share) if likeness.is_near_duplicate else None


def _labels(visit: Visit, codes: Sequence[str]) -> dict[str, str]:
    """Return what codes are called, each with its taxonomy before it: `theme:invoicing`."""
    found: dict[str, str] = {}
    catalogue = cpv.codes(visit.settings.content_dir)
    for code in codes:
        tree, name = code.split(":", 1)
        found[code] = f"{name} {catalogue.label(name, visit.lang)}" if tree == "cpv" else name
    for kind in TermKind:
        slugs = [code.split(":", 1)[1] for code in found if code.startswith(f"{kind.value}:")]
        labels = all_labels(visit.db, kind, slugs)
        found |= {
            f"{kind.value}:{slug}": pick(labels.get(slug, {}), visit.lang)[0] or slug
            for slug in slugs
        }
    return found


routes = [
    get("/desk/challenges/{slug}/similar", similar, desk, waits=True),
    get("/desk/challenges/{slug}/similar/{other}", beside, desk, waits=True),
]
