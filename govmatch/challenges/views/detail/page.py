"""/challenges/{slug}: one challenge as everybody reads it."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from govmatch.challenges import queries, rules
from govmatch.challenges.amended import ShownAmendment
from govmatch.challenges.labels import REQUIREMENTS
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import PHASES, badges, country_names, phase_of, text_of
from govmatch.challenges.views.detail.amendments import MOST_ON_PAGE, shown_of
from govmatch.challenges.views.detail.criteria import Criterion, shown_criteria
from govmatch.challenges.views.detail.facts import facts
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.challenges.views.detail.steps import apply_text, steps
from govmatch.challenges.views.papers import Paper, papers_of
from govmatch.following.models import Kind
from govmatch.following.queries import own_follow
from govmatch.kit.i18n import Message, pick
from govmatch.kit.markdown import kept
from govmatch.kit.records import dataclass
from govmatch.needs.rules import may_see as may_see_need
from govmatch.needs.wording import shown as shown_need
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Preview:
    """Shown before its publication by a link that ends; `path` is the secret address."""

    expires_at: datetime
    path: str


@dataclass(frozen=True)
class DetailPage:
    challenge: Challenge
    title: str
    summary: str
    body: Markup
    text_lang: str | None
    authority: str
    authority_url: str
    country: str
    badges: list[tuple[Message, str]]
    facts: list[tuple[Message, object]]
    requirements: list[Message]
    steps: list[tuple[Message, str, object]]
    criteria: list[Criterion]
    papers: list[Paper]
    amendments: list[ShownAmendment]
    """The last few of its changes; `changes` says how many there are."""
    changes: int
    programme: str
    programme_url: str
    apply_url: str
    match_url: str
    """How it fits the reader's own firm, while it is open; empty for everybody else."""
    follow: tuple[str, str] | None
    """How it is followed by mail: ("link", "button" or "followed", address); None in a draft."""
    need: tuple[str, str, str | None] | None
    """The need that it was taken up from: (title, address, language where it is another)."""
    results_url: str
    """What became of it, once there is something that everybody may read."""
    phase: str
    apply_text: Message | None
    contact: Mapping[str, str]
    path: str
    end_reason: str
    """Why it was cancelled or did not proceed."""
    end_lang: str
    preview: Preview | None
    """Set where a secret link shows a draft: then nothing leads to its public addresses."""


def detail(visit: Visit) -> Answer:
    """Show one challenge to whoever may see it."""
    challenge = challenge_of(visit)
    values = shown(visit, challenge)
    return page(visit, "challenges/detail.html", values, expires=expires_of(visit, challenge))


def shown(visit: Visit, challenge: Challenge, *, preview: Preview | None = None) -> DetailPage:
    """Return what the page of a challenge says; a preview tells nothing of its way so far."""
    words = text_of(challenge, visit.lang)
    lang = visit.lang
    end_reason, end_lang = pick(challenge.end_reasons, lang)
    changes = queries.amendments(visit.db, challenge)
    return DetailPage(
        challenge=challenge,
        title=words.title,
        summary=words.summary,
        body=kept(words.html),
        text_lang=words.lang if words.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        authority_url=visit.url(f"/authorities/{challenge.authority.slug}"),
        country=country_names([challenge.authority.country], lang),
        badges=[PHASES["draft"]] if preview else badges(challenge, visit.now),
        facts=facts(visit, challenge),
        requirements=[
            REQUIREMENTS[code]
            for code in challenge.eligibility.get("requires", [])
            if code in REQUIREMENTS
        ],
        steps=steps(challenge, visit.now),
        criteria=shown_criteria(visit, challenge),
        papers=papers_of(visit, challenge, below=preview.path if preview else ""),
        amendments=shown_of(visit, challenge, changes[:MOST_ON_PAGE]),
        changes=len(changes),
        programme=pick(challenge.programme.names, lang)[0],
        programme_url=visit.url(f"/programmes/{challenge.programme.slug}"),
        apply_url=visit.url(f"/challenges/{challenge.slug}/apply"),
        match_url="" if preview else _match_url(visit, challenge),
        follow=None if preview else _follow(visit, challenge),
        need=_need(visit, challenge),
        results_url=visit.url(f"/results/{challenge.slug}")
        if queries.is_told(challenge, visit.now)
        else "",
        phase=phase_of(challenge, visit.now),
        apply_text=apply_text(challenge, visit.now),
        contact=challenge.contact,
        path=f"/challenges/{challenge.slug}",
        end_reason=end_reason,
        end_lang=end_lang,
        preview=preview,
    )


def _need(visit: Visit, challenge: Challenge) -> tuple[str, str, str | None] | None:
    need = challenge.need
    if need is None or not may_see_need(visit.actor, need):
        return None
    words = shown_need(need, visit.lang)
    other = words.lang if words.lang != visit.lang else None
    return words.words.title, visit.url(f"/needs/{need.public_id}"), other


def _follow(visit: Visit, challenge: Challenge) -> tuple[str, str] | None:
    """Return the way to follow it: one button with an account, a page for an address without."""
    if not rules.is_public(challenge, visit.now):
        return None
    address = visit.url(f"/challenges/{challenge.slug}/follow")
    if not visit.actor.is_signed_in or visit.actor.needs_factor:
        return "link", address
    own = own_follow(visit.db, visit.actor, Kind.CHALLENGE, challenge.public_id)
    return "followed" if own else "button", address


def _match_url(visit: Visit, challenge: Challenge) -> str:
    if visit.actor.needs_factor or not visit.actor.objects("firm"):
        return ""
    is_open = rules.is_open(challenge, visit.now)
    return visit.url(f"/matches/{challenge.slug}") if is_open else ""
