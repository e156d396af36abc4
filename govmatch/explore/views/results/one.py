"""/results/{slug}: one challenge's whole story as far as it is public, and as CSV."""

from datetime import datetime

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import PHASES, phase_of, text_of
from govmatch.decisions import queries as decisions
from govmatch.decisions.queries import Story
from govmatch.explore.views.results.rows import as_file, cost_of, story_rows
from govmatch.explore.views.results.timeline import Happening, timeline
from govmatch.explore.views.results.trials import Trial, trial
from govmatch.kit.actor import VISITOR
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.directory import directory
from govmatch.pilots import queries as pilots
from govmatch.pilots.queries import PublicPilot
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

PATH = "/results/{slug}"


@dataclass(frozen=True)
class Criterion:
    label: str
    weight: int
    minimum: int | None


@dataclass(frozen=True)
class Reason:
    """The published reasons of one decision, in the reader's language or the next best."""

    at: datetime
    text: str
    lang: str | None


@dataclass(frozen=True)
class Chosen:
    """A firm that takes part; `url` is empty where it is not in the directory."""

    name: str
    url: str
    mean: float | None


@dataclass(frozen=True)
class StoryPage:
    title: str
    title_lang: str | None
    summary: str
    identifier: str
    authority: str
    authority_url: str
    programme: str
    programme_url: str
    zone: str
    state: tuple[Message, str]
    has_ended: bool
    """True where it was cancelled or did not proceed."""
    end_reasons: str
    end_lang: str | None
    applications: int | None
    happenings: list[Happening]
    criteria: list[Criterion]
    reasons: list[Reason]
    chosen: list[Chosen]
    waiting: int
    is_decided: bool
    trials: list[Trial]
    cost: int | None
    currency: str
    challenge_url: str
    file_url: str


def show(visit: Visit) -> Answer:
    """Show what became of one challenge."""
    challenge = _told(visit)
    story = decisions.public_story(visit.db, challenge)
    tried = pilots.public_story(visit.db, challenge)
    values = _page(visit, challenge, story, tried)
    expires = challenges.next_change_of(challenge, visit.now)
    return page(visit, "explore/result.html", values, expires=expires)


def file(visit: Visit) -> Answer:
    """The same story as CSV: what happened, milestones, values of key figures."""
    challenge = _told(visit)
    story = decisions.public_story(visit.db, challenge)
    tried = pilots.public_story(visit.db, challenge)
    happenings = timeline(visit, challenge, story, tried)
    head, rows = story_rows(visit, challenge, happenings, tried)
    expires = challenges.next_change_of(challenge, visit.now)
    return as_file(f"{challenge.slug}.csv", head, rows, expires=expires)


def _told(visit: Visit) -> Challenge:
    """Return the challenge of the address; everybody sees the same here, whatever their roles."""
    challenge = challenges.get_visible(
        visit.db, actor=VISITOR, now=visit.now, slug=visit.params["slug"]
    )
    if not challenges.is_told(challenge, visit.now):
        raise NotFound
    return challenge


def _page(visit: Visit, challenge: Challenge, story: Story, tried: list[PublicPilot]) -> StoryPage:
    lang, words = visit.lang, text_of(challenge, visit.lang)
    phase = phase_of(challenge, visit.now)
    end_reasons, end_lang = pick(challenge.end_reasons, lang)
    listed = {row.id: row.slug for row in directory(visit.db, public_id=visit.public_id).rows}
    slugs = set(listed.values())
    return StoryPage(
        title=words.title or challenge.slug,
        title_lang=words.lang if words.title and words.lang != lang else None,
        summary=words.summary,
        identifier=challenge.public_id,
        authority=pick(challenge.authority.names, lang)[0],
        authority_url=visit.url(f"/authorities/{challenge.authority.slug}"),
        programme=pick(challenge.programme.names, lang)[0],
        programme_url=visit.url(f"/programmes/{challenge.programme.slug}"),
        zone=challenge.zone,
        state=PHASES[phase],
        has_ended=phase in {"did_not_proceed", "cancelled"},
        end_reasons=end_reasons,
        end_lang=end_lang if end_lang != lang else None,
        applications=story.applications,
        happenings=timeline(visit, challenge, story, tried),
        criteria=[
            Criterion(pick(one.label, lang)[0], one.weight, one.minimum) for one in story.criteria
        ],
        reasons=_reasons(visit, story),
        chosen=[
            Chosen(one.name, _firm_url(visit, one.slug if one.slug in slugs else ""), one.mean)
            for one in story.firms
        ],
        waiting=story.waiting,
        is_decided=any(one.kind != "ending" for one in story.decisions),
        trials=[
            trial(visit, one, firm_url=_firm_url(visit, listed.get(one.firm_id, "")))
            for one in tried
        ],
        cost=cost_of(tried),
        currency=challenge.currency,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        file_url=visit.url(f"/results/{challenge.slug}.csv"),
    )


def _firm_url(visit: Visit, slug: str) -> str:
    return visit.url(f"/firms/{slug}") if slug else ""


def _reasons(visit: Visit, story: Story) -> list[Reason]:
    """Return the reasons of each decision on who takes part, the first one first."""
    found = []
    for one in story.decisions:
        text, lang = pick(one.reasons, visit.lang)
        if text and one.kind != "ending":
            found.append(Reason(one.released_at, text, lang if lang != visit.lang else None))
    return found


routes = [
    get("/results/{slug}.csv", file, anyone, cached=True),
    get(PATH, show, anyone, cached=True),
]
