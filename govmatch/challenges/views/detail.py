"""/challenges/{slug}: one challenge as page, Markdown, JSON and calendar entry."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from govmatch.challenges import queries
from govmatch.challenges.changes import Shown
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import (
    badges,
    budget_text,
    country_names,
    language_names,
    phase_of,
    text_of,
)
from govmatch.challenges.views.papers import Paper, papers_of
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.markdown import kept
from govmatch.programmes.queries import criteria
from govmatch.web.answers import Answer, text
from govmatch.web.calendars import CalendarEvent, calendar
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

SIZES = {
    "micro": msg("fewer than 10 people"),
    "small": msg("fewer than 50 people"),
    "medium": msg("fewer than 250 people"),
    "large": msg("250 people or more"),
}
REQUIREMENTS = {
    "company-registration": msg("Entry in a business register"),
    "gdpr-processing-agreement": msg("Agreement on processing personal data (GDPR, article 28)"),
    "liability-insurance": msg("Liability insurance"),
    "iso-27001": msg("ISO/IEC 27001 certificate"),
    "hosting-in-eea": msg("Data are kept in the European Economic Area"),
}


@dataclass(frozen=True)
class Criterion:
    label: str
    help: str
    weight: int
    minimum: int | None
    anchors: list[tuple[int, str]]


@dataclass(frozen=True)
class ShownAmendment:
    at: datetime
    reason: str
    reason_lang: str | None
    changes: list[Shown]


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
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
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
        facts=_facts(visit, challenge),
        requirements=[
            REQUIREMENTS[code]
            for code in challenge.eligibility.get("requires", [])
            if code in REQUIREMENTS
        ],
        steps=_steps(challenge, visit.now),
        criteria=_criteria(visit, challenge),
        papers=papers_of(visit, challenge),
        amendments=_amendments(visit, challenge),
        programme=pick(challenge.programme.names, lang)[0],
        programme_url=visit.url(f"/programmes/{challenge.programme.slug}"),
        apply_url=visit.url(f"/challenges/{challenge.slug}/apply"),
        results_url=visit.url(f"/results/{challenge.slug}")
        if queries.is_told(challenge, visit.now)
        else "",
        phase=phase_of(challenge, visit.now),
        apply_text=_apply_text(challenge, visit.now),
        contact=challenge.contact,
        path=f"/challenges/{challenge.slug}",
        end_reason=end_reason,
        end_lang=end_lang,
    )
    return page(visit, "challenges/detail.html", values, expires=_expires(visit, challenge))


def _expires(visit: Visit, challenge: Challenge) -> datetime:
    return queries.next_change_of(challenge, visit.now)


def _facts(visit: Visit, challenge: Challenge) -> list[tuple[Message, object]]:
    """Return what a firm wants to know first; dates stand in the challenge's zone."""
    lang, limits = visit.lang, challenge.eligibility
    facts: list[tuple[Message, object]] = [
        (msg("Deadline"), challenge.closes),
        (msg("Budget of a pilot, without VAT"), budget_text(challenge, lang)),
        (msg("Pilots"), msg("up to {n}", n=challenge.pilots_max)),
        (msg("Apply in"), language_names(limits.get("languages", []), lang)),
        (msg("Who may apply"), _who(visit, limits)),
        (msg("Questions until"), challenge.questions_until),
    ]
    return [(term, value) for term, value in facts if value]


def _who(visit: Visit, limits: Mapping[str, list[str]]) -> str:
    """Return countries and the largest size class in words."""
    countries = country_names(limits.get("countries", []), visit.lang)
    sizes = [SIZES[size] for size in ("medium", "small", "micro") if size in limits.get("size", [])]
    if "large" in limits.get("size", []) or not sizes:
        return countries
    who = visit.say(msg("firms with {size}", size=sizes[0]))
    return f"{countries}; {who}" if countries else who


def _steps(challenge: Challenge, now: datetime) -> list[tuple[Message, str, object]]:
    """Return the way of the challenge: done, current and still to come."""
    phase = phase_of(challenge, now)
    order = ["scheduled", "open", "closed", "in_selection", "decided", "piloting", "completed"]
    here = order.index(phase) if phase in order else -1
    names: list[tuple[Message, object, int]] = [
        (msg("Opens"), challenge.opens, 0),
        (msg("Open for applications"), challenge.closes, 1),
        (msg("Selection"), None, 3),
        (msg("Decision"), None, 4),
        (msg("Pilot"), None, 5),
        (msg("Outcome"), None, 6),
    ]
    if here == order.index("closed"):
        here = order.index("in_selection")
    return [
        (label, "done" if here > place else "current" if here == place else "todo", when)
        for label, when, place in names
    ]


def _amendments(visit: Visit, challenge: Challenge) -> list[ShownAmendment]:
    shown = []
    for one in queries.amendments(visit.db, challenge):
        reason, lang = pick(one.reasons, visit.lang)
        changes = queries.shown_changes(
            visit.db, challenge, one, lang=visit.lang, content=visit.settings.content_dir
        )
        shown.append(ShownAmendment(one.at, reason, lang if lang != visit.lang else None, changes))
    return shown


def _criteria(visit: Visit, challenge: Challenge) -> list[Criterion]:
    """Return what the challenge is judged by, under the terms it was published under."""
    known = {one.id: one for one in criteria(queries.terms_of(challenge))}
    return [
        Criterion(
            label=pick(known[one["id"]].label, visit.lang)[0],
            help=pick(known[one["id"]].help, visit.lang)[0],
            weight=one["weight"],
            minimum=one.get("minimum"),
            anchors=[
                (points, pick(words, visit.lang)[0])
                for points, words in known[one["id"]].anchors.items()
            ],
        )
        for one in challenge.criteria
        if one["id"] in known
    ]


def _apply_text(challenge: Challenge, now: datetime) -> Message | None:
    """Return why nobody can apply now, or None while it is open."""
    match phase_of(challenge, now):
        case "open":
            return None
        case "scheduled":
            return msg("Applications are not open yet.")
        case "cancelled":
            return msg("This challenge was cancelled.")
        case "draft" | "in_review" | "returned" | "approved":
            return msg("This challenge is not published yet.")
    return msg("The deadline has passed. Applications are no longer possible.")


def as_markdown(visit: Visit) -> Answer:
    """The challenge as plain text."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    words = text_of(challenge, visit.lang)
    head = f"# {words.title}\n\n{words.summary}\n\n"
    facts = "".join(
        f"- {visit.say(term)}: {_plain(value)}\n" for term, value in _facts(visit, challenge)
    )
    source = f"\n{visit.absolute(visit.url(f'/challenges/{challenge.slug}'))}\n"
    return text(
        head + facts + "\n" + words.body + "\n" + source,
        "text/markdown",
        expires=_expires(visit, challenge),
    )


def _plain(value: object) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)


def as_json(visit: Visit) -> Answer:
    """The challenge as data, with its words in every language it has."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    return text(
        json.dumps(facts_of(visit, challenge), ensure_ascii=False, indent=2),
        "application/json",
        expires=_expires(visit, challenge),
    )


def facts_of(visit: Visit, challenge: Challenge) -> dict[str, Any]:
    """Return everything public about a challenge; instants in UTC (RFC 3339)."""
    return {
        "id": challenge.public_id,
        "slug": challenge.slug,
        "url": visit.absolute(f"/challenges/{challenge.slug}"),
        "phase": phase_of(challenge, visit.now),
        "authority": {"slug": challenge.authority.slug, "name": challenge.authority.names},
        "country": challenge.authority.country,
        "programme": challenge.programme.slug,
        "published": _instant(challenge.published_at),
        "opens": _instant(challenge.opens),
        "questions_until": _instant(challenge.questions_until),
        "closes": _instant(challenge.closes),
        "zone": challenge.zone,
        "budget": {
            "min": challenge.budget_min,
            "max": challenge.budget_max,
            "currency": challenge.currency,
        },
        "pilots_max": challenge.pilots_max,
        "end_reasons": challenge.end_reasons,
        "eligibility": challenge.eligibility,
        "criteria": challenge.criteria,
        "cpv": challenge.cpv,
        "terms": queries.terms(visit.db, challenge),
        "texts": {
            words.lang: {"title": words.title, "summary": words.summary, "body": words.body}
            for words in challenge.texts
        },
        "papers": [
            {"title": one.title, "url": visit.absolute(one.url)}
            for one in papers_of(visit, challenge)
        ],
        "contact": challenge.contact,
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


def as_calendar(visit: Visit) -> Answer:
    """The dates of the challenge as calendar entries."""
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    return calendar(events_of(visit, challenge), name=text_of(challenge, visit.lang).title)


def events_of(visit: Visit, challenge: Challenge) -> list[CalendarEvent]:
    """Return opening, end of questions and deadline; the same UID each time."""
    title = text_of(challenge, visit.lang).title
    dates = (
        ("opens", msg("Opens: {title}", title=title), challenge.opens),
        (
            "questions",
            msg("Last day for questions: {title}", title=title),
            challenge.questions_until,
        ),
        ("closes", msg("Deadline: {title}", title=title), challenge.closes),
    )
    return [
        CalendarEvent(
            uid=f"{challenge.public_id}-{name}@govmatch",
            sequence=challenge.revision,
            stamp=challenge.updated_at,
            at=at,
            summary=visit.say(label),
            url=visit.absolute(f"/challenges/{challenge.slug}"),
        )
        for name, label, at in dates
        if at is not None
    ]


routes = [
    get("/challenges/{slug}.md", as_markdown, anyone, cached=True),
    get("/challenges/{slug}.json", as_json, anyone, cached=True),
    get("/challenges/{slug}.ics", as_calendar, anyone, cached=True),
    get("/challenges/{slug}", detail, anyone, cached=True),
]
