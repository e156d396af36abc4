"""/challenges/{slug}: one challenge as everybody reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from govmatch.challenges import queries
from govmatch.challenges.labels import REQUIREMENTS
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import badges, country_names, phase_of, text_of
from govmatch.challenges.views.detail.amendments import ShownAmendment, shown_amendments
from govmatch.challenges.views.detail.criteria import Criterion, shown_criteria
from govmatch.challenges.views.detail.facts import facts
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.challenges.views.detail.steps import apply_text, steps
from govmatch.challenges.views.papers import Paper, papers_of
from govmatch.kit.i18n import Message, pick
from govmatch.kit.markdown import kept
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.visit import Visit


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
    programme: str
    programme_url: str
    apply_url: str
    results_url: str
    """What became of it, once there is something that everybody may read."""
    phase: str
    apply_text: Message | None
    contact: Mapping[str, str]
    path: str
    end_reason: str
    """Why it was cancelled or did not proceed."""
    end_lang: str


def detail(visit: Visit) -> Answer:
    """Show one challenge to whoever may see it."""
    challenge = challenge_of(visit)
    words = text_of(challenge, visit.lang)
    lang = visit.lang
    end_reason, end_lang = pick(challenge.end_reasons, lang)
    values = DetailPage(
        challenge=challenge,
        title=words.title,
        summary=words.summary,
        body=kept(words.html),
        text_lang=words.lang if words.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        authority_url=visit.url(f"/authorities/{challenge.authority.slug}"),
        country=country_names([challenge.authority.country], lang),
        badges=badges(challenge, visit.now),
        facts=facts(visit, challenge),
        requirements=[
            REQUIREMENTS[code]
            for code in challenge.eligibility.get("requires", [])
            if code in REQUIREMENTS
        ],
        steps=steps(challenge, visit.now),
        criteria=shown_criteria(visit, challenge),
        papers=papers_of(visit, challenge),
        amendments=shown_amendments(visit, challenge),
        programme=pick(challenge.programme.names, lang)[0],
        programme_url=visit.url(f"/programmes/{challenge.programme.slug}"),
        apply_url=visit.url(f"/challenges/{challenge.slug}/apply"),
        results_url=visit.url(f"/results/{challenge.slug}")
        if queries.is_told(challenge, visit.now)
        else "",
        phase=phase_of(challenge, visit.now),
        apply_text=apply_text(challenge, visit.now),
        contact=challenge.contact,
        path=f"/challenges/{challenge.slug}",
        end_reason=end_reason,
        end_lang=end_lang,
    )
    return page(visit, "challenges/detail.html", values, expires=expires_of(visit, challenge))
