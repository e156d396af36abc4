"""The public list's read model: every published challenge with its facets, as bitmaps.

Made from the database once per public event and process, brought up to the clock when a phase
changes, and asked on each request. It holds only what every visitor may know.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import yaml
from sqlalchemy import Text, select, type_coerce

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, ChallengeTerm, State
from govmatch.kit.bitmaps import Facets, rows_of
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme

FACETS = ("phase", "deadline", "theme", "authority", "country", "budget", "language", "programme")
DEADLINES = {"7": timedelta(days=7), "14": timedelta(days=14), "30": timedelta(days=30)}
BUDGETS = {
    "0": (0, 25_000),
    "25": (25_000, 50_000),
    "50": (50_000, 100_000),
    "100": (100_000, None),
}
"""Bands of the largest budget of a pilot, in euros: from, below."""
PHASE_ORDER = ("open", "scheduled", "closed", "in_selection", "piloting", "decided", "completed")
SORTS = ("closing", "newest", "budget")


@dataclass(frozen=True, slots=True)
class Row:
    """What the list knows of one challenge without asking the database."""

    id: int
    slug: str
    authority: str
    country: str
    state: str
    published_at: datetime
    opens: datetime
    closes: datetime
    euros: int
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    programme: str

    def phase(self, now: datetime) -> str:
        if self.state != State.PUBLISHED:
            return self.state
        return "scheduled" if now < self.opens else "open" if now < self.closes else "closed"


@dataclass
class PublicList:
    """All published challenges at one public event, in the order «closing soonest first»."""

    rows: list[Row]
    at: datetime
    expires: datetime
    facets: Facets = field(default_factory=Facets)

    def found(self, wanted: Mapping[str, Collection[str]]) -> int:
        """Return how many challenges fit."""
        return self.facets.narrowed(wanted).bit_count()

    def ids(
        self, wanted: Mapping[str, Collection[str]], *, sort: str, offset: int, size: int
    ) -> list[int]:
        """Return the ids of one page of those that fit."""
        rows = [self.rows[number] for number in rows_of(self.facets.narrowed(wanted))]
        if sort == "newest":
            rows.sort(key=lambda row: row.published_at, reverse=True)
        elif sort == "budget":
            rows.sort(key=lambda row: row.euros, reverse=True)
        return [row.id for row in rows[offset : offset + size]]

    def counts(self, wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
        return {facet: self.facets.counts(facet, wanted) for facet in FACETS}


_kept: WeakKeyDictionary[Any, tuple[int, list[Row], PublicList]] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""


def public_list(
    session: ReadSession, *, public_id: int, now: datetime, content_dir: Path
) -> PublicList:
    """Return the list as of this public event and instant."""
    place = session.get_bind().engine
    kept = _kept.get(place)
    if kept is None or kept[0] != public_id:
        rows = _load(session, content_dir)
        kept = (public_id, rows, _arranged(rows, now))
    elif not kept[2].at <= now < kept[2].expires:
        kept = (public_id, kept[1], _arranged(kept[1], now))
    _kept[place] = kept
    return kept[2]


def _load(session: ReadSession, content_dir: Path) -> list[Row]:
    themes: dict[int, list[str]] = {}
    for challenge_id, slug in session.execute(
        select(ChallengeTerm.challenge_id, ChallengeTerm.slug).where(ChallengeTerm.kind == "theme")
    ):
        themes.setdefault(challenge_id, []).append(slug)
    found = session.execute(
        select(
            Challenge.id,
            Challenge.slug,
            Authority.slug.label("authority"),
            Authority.country,
            Challenge.state,
            Challenge.published_at,
            Challenge.opens,
            Challenge.closes,
            Challenge.budget_max,
            Challenge.currency,
            type_coerce(Challenge.eligibility, Text).label("eligibility"),
            Programme.slug.label("programme"),
        )
        .join(Authority, Authority.id == Challenge.authority_id)
        .join(Programme, Programme.id == Challenge.programme_id)
        .where(
            Challenge.state.in_([state.value for state in AFTER_PUBLICATION]),
            Challenge.state != State.ARCHIVED.value,
            Challenge.published_at.is_not(None),
        )
    )
    per_euro = _per_euro(content_dir)
    return [
        Row(
            id=one.id,
            slug=one.slug,
            authority=one.authority,
            country=one.country,
            state=one.state,
            published_at=one.published_at,
            opens=one.opens,
            closes=one.closes,
            euros=round((one.budget_max or 0) / per_euro.get(one.currency, 1)),
            themes=tuple(themes.get(one.id, ())),
            languages=_languages(one.eligibility),
            programme=one.programme,
        )
        for one in found
        if one.published_at and one.opens and one.closes
    ]


@lru_cache(maxsize=256)
def _languages(eligibility: str) -> tuple[str, ...]:
    """Return the languages of a condition as it is kept; thousands of challenges share a few."""
    return tuple(json.loads(eligibility).get("languages", ()))


@lru_cache(maxsize=4)
def _per_euro(content_dir: Path) -> dict[str, float]:
    text = (content_dir / "reference" / "currencies.yaml").read_text("utf-8")
    rates: dict[str, float] = yaml.safe_load(text)["per_euro"]
    return rates


def _arranged(rows: list[Row], now: datetime) -> PublicList:
    """Return the rows that are public at `now`, sorted, with their facets and their end."""
    shown = sorted((r for r in rows if r.published_at <= now), key=lambda r: _order(r, now))
    coming = (r for r in rows if r.closes > now or r.published_at > now)
    instants = (i for r in coming for i in (r.published_at, r.opens, r.closes, *_bands(r)))
    expires = min((i for i in instants if i > now), default=now + timedelta(days=1))
    made = PublicList(shown, now, expires, Facets(every=(1 << len(shown)) - 1))
    for number, row in enumerate(shown):
        for facet, value in _values(row, now):
            made.facets.add(number, facet, value)
    return made


def _bands(row: Row) -> tuple[datetime, ...]:
    return tuple(row.closes - within for within in DEADLINES.values())


def _order(row: Row, now: datetime) -> tuple[int, float]:
    """Open ones by their deadline, then scheduled ones by their opening, then the latest."""
    phase = row.phase(now)
    if phase == "open":
        return (0, row.closes.timestamp())
    if phase == "scheduled":
        return (1, row.opens.timestamp())
    return (2, -row.closes.timestamp())


def _values(row: Row, now: datetime) -> list[tuple[str, str]]:
    phase = row.phase(now)
    values = [("phase", phase), ("authority", row.authority), ("country", row.country)]
    values.append(("programme", row.programme))
    values += [("theme", theme) for theme in row.themes]
    values += [("language", lang) for lang in row.languages]
    if phase == "open":
        values += [("deadline", k) for k, within in DEADLINES.items() if row.closes - now <= within]
    values += [
        ("budget", band)
        for band, (low, below) in BUDGETS.items()
        if row.euros >= low and (below is None or row.euros < below) and row.euros
    ]
    return values
