"""How a challenge is put into words on pages: cards, badges, facts. Texts, no HTML."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only, selectinload

from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.challenges.queries.reading import text_for
from govmatch.challenges.rules.phases import phase
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import locale, money_text
from govmatch.kit.i18n import Lang, Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority

SOON = timedelta(days=10)

PHASES: dict[str, tuple[Message, str]] = {
    "draft": (msg("Draft"), "neutral"),
    "in_review": (msg("Waiting for approval"), "info"),
    "returned": (msg("Returned"), "warning"),
    "approved": (msg("Approved, not yet published"), "info"),
    "scheduled": (msg("Announced"), "info"),
    "open": (msg("Open"), "success"),
    "closed": (msg("Closed"), "neutral"),
    "in_selection": (msg("In selection"), "info"),
    "decided": (msg("Decided"), "info"),
    "piloting": (msg("In pilot"), "info"),
    "completed": (msg("Completed"), "success"),
    "did_not_proceed": (msg("Did not proceed"), "neutral"),
    "cancelled": (msg("Cancelled"), "danger"),
    "archived": (msg("Archived"), "neutral"),
}
"""Each phase: what it is called, and the kind of its badge."""


@dataclass(frozen=True)
class Card:
    """One challenge in a list; `lang` is set where its text is not in the reader's language."""

    title: str
    url: str
    authority: str
    summary: str
    badges: list[tuple[Message, str]]
    facts: list[tuple[Message, str]]
    lang: str | None


def phase_of(challenge: Challenge, now: datetime) -> str:
    """Return the phase as the plain word that `PHASES` knows."""
    return phase(challenge, now).value


def text_of(challenge: Challenge, lang: Lang) -> ChallengeText:
    """Return its words in the reader's language, else in one that it has."""
    return text_for(challenge, lang)


def days_left(challenge: Challenge, now: datetime) -> int:
    """Return how many midnights of its zone lie between now and the deadline."""
    zone = ZoneInfo(challenge.zone)
    closes = challenge.closes or now
    return (closes.astimezone(zone).date() - now.astimezone(zone).date()).days


def badges(challenge: Challenge, now: datetime) -> list[tuple[Message, str]]:
    """Return the phase, and how long it stays open."""
    here = phase_of(challenge, now)
    shown = [PHASES[here]]
    if here == "open" and challenge.closes is not None:
        left = days_left(challenge, now)
        kind = "warning" if challenge.closes - now <= SOON else "info"
        ends = (
            msg("Ends today") if left <= 0 else msgn("Ends in {n} day", "Ends in {n} days", n=left)
        )
        shown.append((ends, kind))
    return shown


def budget_text(challenge: Challenge, lang: Lang) -> str:
    """Return the budget of one pilot, such as «200.000–600.000 kr.»."""
    if challenge.budget_max is None:
        return ""
    most = money_text(challenge.budget_max, challenge.currency, lang)
    if not challenge.budget_min or challenge.budget_min == challenge.budget_max:
        return most
    return f"{money_text(challenge.budget_min, challenge.currency, lang)} – {most}"


def language_names(codes: Sequence[str], lang: Lang) -> str:
    names = locale(lang).languages
    return ", ".join(names.get(code, code) for code in codes)


def country_names(codes: Sequence[str], lang: Lang) -> str:
    """Return names of countries; EU and EEA are names of groups and stand as they are."""
    names = locale(lang).territories
    groups = {"EU": "EU", "EEA": {"de": "EWR", "da": "EØS", "en": "EEA"}[lang]}
    return ", ".join(groups.get(code) or names.get(code, code) for code in codes)


def card(challenge: Challenge, *, lang: Lang, now: datetime, url: str) -> Card:
    """Return what a list shows of one challenge."""
    text = text_of(challenge, lang)
    languages = language_names(challenge.eligibility.get("languages", []), lang)
    facts = [(msg("Budget"), budget_text(challenge, lang)), (msg("Apply in"), languages)]
    return Card(
        title=text.title,
        url=url,
        authority=pick(challenge.authority.names, lang)[0],
        summary=text.summary,
        badges=badges(challenge, now),
        facts=[(term, value) for term, value in facts if value],
        lang=text.lang if text.lang != lang else None,
    )


_AS_SHOWN = (
    load_only(
        Challenge.slug,
        Challenge.public_id,
        Challenge.state,
        Challenge.zone,
        Challenge.published_at,
        Challenge.opens,
        Challenge.closes,
        Challenge.budget_min,
        Challenge.budget_max,
        Challenge.currency,
        Challenge.eligibility,
        Challenge.main_lang,
        Challenge.revision,
        Challenge.updated_at,
    ),
    joinedload(Challenge.authority).load_only(Authority.slug, Authority.names),
    selectinload(Challenge.texts).load_only(
        ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title, ChallengeText.summary
    ),
)
"""What lists, feeds and calendars show: long texts, forms and criteria are left out."""


def by_ids(session: ReadSession, ids: Sequence[int]) -> list[Challenge]:
    """Return challenges as lists show them, in the order of the ids; two statements."""
    found = session.scalars(select(Challenge).options(*_AS_SHOWN).where(Challenge.id.in_(ids)))
    by_id = {challenge.id: challenge for challenge in found}
    return [by_id[number] for number in ids if number in by_id]
