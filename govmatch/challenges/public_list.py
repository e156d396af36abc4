"""The public list's read model: every published challenge with its facets, as bitmaps.

Made from the database once per process, kept in step with the journal, brought up to the clock when
a phase changes, and asked on each request. It holds only what every visitor may know.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import yaml
from sqlalchemy import ColumnElement, Text, or_, select, type_coerce

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, ChallengeTerm, State
from govmatch.kit.bitmaps import Facets, rows_of
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import subjects_since
from govmatch.kit.records import dataclass
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
    """What the list knows of one challenge without asking the database.

    Instants are seconds since 1970: there are thousands of them, and a number is half as large.
    """

    id: int
    authority: str
    country: str
    state: str
    published_at: float
    opens: float
    closes: float
    euros: int
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    programme: str

    def phase(self, now: float) -> str:
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


_IN_PARTS = {"yield_per": 500}
"""Rows are read some at a time: all at once they would take more memory than what is made of them,
as would the same few words in ten thousand copies."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The rows of all published challenges by id as of a journal id, and the list made of them."""

    public_id: int
    rows: dict[int, Row]
    shown: PublicList


_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()
"""By database, so that two sites in one process keep apart."""
_making = Lock()
"""On PostgreSQL several threads ask at once: one makes the list, the others wait for it."""

_CONCERNED = {
    "challenge": Challenge.id,
    "authority": Challenge.authority_id,
    "programme": Challenge.programme_id,
}
"""What events are about that may change rows, and which rows those are."""
_MOST_SUBJECTS = 500
"""Above it, such as after a load of content, everything is read anew."""


def public_list(
    session: ReadSession, *, public_id: int, now: datetime, content_dir: Path
) -> PublicList:
    """Return the list as of this public event and instant.

    Everything is read once, and after an event only what it was about.
    """
    place = session.get_bind().engine
    with _making:
        kept = _kept.get(place)
        if kept is None or public_id < kept.public_id:
            kept = _made(public_id, _load(session, content_dir), now)
        elif public_id > kept.public_id:
            kept = _followed(session, kept, public_id, now, content_dir)
        if not kept.shown.at <= now < kept.shown.expires:
            kept = _made(public_id, kept.rows, now)
        _kept[place] = kept
    return kept.shown


def _made(public_id: int, rows: dict[int, Row], now: datetime) -> _Kept:
    return _Kept(public_id, rows, _arranged(rows.values(), now))


def _followed(
    session: ReadSession, kept: _Kept, public_id: int, now: datetime, content_dir: Path
) -> _Kept:
    """Return what is kept with all that the journal says since then.

    What was committed after this public event may be read too, and is read again after the next.
    """
    subjects = subjects_since(session, kept.public_id, _CONCERNED)
    if len(subjects) > _MOST_SUBJECTS:
        return _made(public_id, _load(session, content_dir), now)
    about = {kind: [number for one, number in subjects if one == kind] for kind in _CONCERNED}
    changed = set(about["challenge"])
    rows = {number: row for number, row in kept.rows.items() if number not in changed}
    if subjects:
        concerned = or_(*(_CONCERNED[kind].in_(about[kind]) for kind in about if about[kind]))
        rows |= _load(session, content_dir, concerned)
    return replace(kept, public_id=public_id) if rows == kept.rows else _made(public_id, rows, now)


def _load(
    session: ReadSession, content_dir: Path, concerned: ColumnElement[bool] | None = None
) -> dict[int, Row]:
    """Return the rows of all published challenges by id, or of those that are concerned."""
    only = () if concerned is None else (concerned,)
    themes = _themes(session, only)
    found = session.execute(
        select(
            Challenge.id,
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
            *only,
        ),
        execution_options=_IN_PARTS,
    )
    per_euro = currencies(content_dir)
    return {
        one.id: _row(one, themes.get(one.id, ()), per_euro)
        for one in found
        if one.published_at and one.opens and one.closes
    }


def _themes(
    session: ReadSession, only: Collection[ColumnElement[bool]]
) -> dict[int, tuple[str, ...]]:
    found = select(ChallengeTerm.challenge_id, ChallengeTerm.slug)
    found = found.where(ChallengeTerm.kind == "theme")
    if only:
        found = found.where(ChallengeTerm.challenge_id.in_(select(Challenge.id).where(*only)))
    themes: dict[int, tuple[str, ...]] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for challenge_id, slug in session.execute(found, execution_options=_IN_PARTS):
        several = tuple(sorted((*themes.get(challenge_id, ()), slug)))
        themes[challenge_id] = shared.setdefault(several, several)
    return themes


def _row(one: Any, themes: tuple[str, ...], per_euro: dict[str, float]) -> Row:
    return Row(
        id=one.id,
        authority=intern(one.authority),
        country=intern(one.country),
        state=intern(one.state),
        published_at=one.published_at.timestamp(),
        opens=one.opens.timestamp(),
        closes=one.closes.timestamp(),
        euros=_in_euros(one.budget_max or 0, one.currency, per_euro),
        themes=themes,
        languages=_languages(one.eligibility),
        programme=intern(one.programme),
    )


@lru_cache(maxsize=256)
def _languages(eligibility: str) -> tuple[str, ...]:
    """Return the languages of a condition as it is kept; thousands of challenges share a few."""
    return tuple(json.loads(eligibility).get("languages", ()))


@lru_cache(maxsize=4)
def currencies(content_dir: Path) -> dict[str, float]:
    """Return how much of each currency is one euro, as the operator's file says."""
    text = (content_dir / "reference" / "currencies.yaml").read_text("utf-8")
    rates: dict[str, float] = yaml.safe_load(text)["per_euro"]
    return rates


def euros_of(amount: int, currency: str, content_dir: Path) -> int:
    """Return an amount in euros, by which budgets of all countries are compared."""
    return _in_euros(amount, currency, currencies(content_dir))


def _in_euros(amount: int, currency: str, per_euro: Mapping[str, float]) -> int:
    return round(amount / per_euro.get(currency, 1))


def _arranged(rows: Collection[Row], at: datetime) -> PublicList:
    """Return the rows that are public at this instant, sorted, with their facets and their end."""
    now = at.timestamp()
    shown = sorted((r for r in rows if r.published_at <= now), key=lambda r: _order(r, now))
    coming = (r for r in rows if r.closes > now or r.published_at > now)
    instants = (i for r in coming for i in (r.published_at, r.opens, r.closes, *_bands(r)))
    first = min((i for i in instants if i > now), default=None)
    expires = at + timedelta(days=1) if first is None else datetime.fromtimestamp(first, UTC)
    facets = Facets.of((_values(row, now) for row in shown), size=len(shown))
    return PublicList(shown, at, expires, facets)


def _bands(row: Row) -> tuple[float, ...]:
    return tuple(row.closes - within.total_seconds() for within in DEADLINES.values())


def _order(row: Row, now: float) -> tuple[int, float, int]:
    """Open ones by their deadline, then scheduled ones by their opening, then the latest."""
    phase = row.phase(now)
    if phase == "open":
        return (0, row.closes, row.id)
    if phase == "scheduled":
        return (1, row.opens, row.id)
    return (2, -row.closes, row.id)


def _values(row: Row, now: float) -> list[tuple[str, str]]:
    phase = row.phase(now)
    values = [("phase", phase), ("authority", row.authority), ("country", row.country)]
    values.append(("programme", row.programme))
    values += [("theme", theme) for theme in row.themes]
    values += [("language", lang) for lang in row.languages]
    if phase == "open":
        left = row.closes - now
        values += [("deadline", k) for k, most in DEADLINES.items() if left <= most.total_seconds()]
    values += [
        ("budget", band)
        for band, (low, below) in BUDGETS.items()
        if row.euros >= low and (below is None or row.euros < below) and row.euros
    ]
    return values
