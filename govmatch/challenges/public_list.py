"""The public list's read model: every published challenge with its facets, as bitmaps.

Made from the database once per process, kept in step with the journal, brought up to the clock when
a phase changes, and asked on each request. It holds only what every visitor may know.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
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
            *only,
        ),
        execution_options=_IN_PARTS,
    )
    per_euro = _per_euro(content_dir)
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
    for challenge_id, slug in session.execute(found, execution_options=_IN_PARTS):
        themes[challenge_id] = (*themes.get(challenge_id, ()), intern(slug))
    return themes


def _row(one: Any, themes: tuple[str, ...], per_euro: dict[str, float]) -> Row:
    return Row(
        id=one.id,
        slug=one.slug,
        authority=intern(one.authority),
        country=intern(one.country),
        state=intern(one.state),
        published_at=one.published_at,
        opens=one.opens,
        closes=one.closes,
        euros=round((one.budget_max or 0) / per_euro.get(one.currency, 1)),
        themes=tuple(sorted(themes)),
        languages=_languages(one.eligibility),
        programme=intern(one.programme),
    )


@lru_cache(maxsize=256)
def _languages(eligibility: str) -> tuple[str, ...]:
    """Return the languages of a condition as it is kept; thousands of challenges share a few."""
    return tuple(json.loads(eligibility).get("languages", ()))


@lru_cache(maxsize=4)
def _per_euro(content_dir: Path) -> dict[str, float]:
    text = (content_dir / "reference" / "currencies.yaml").read_text("utf-8")
    rates: dict[str, float] = yaml.safe_load(text)["per_euro"]
    return rates


def _arranged(rows: Collection[Row], now: datetime) -> PublicList:
    """Return the rows that are public at `now`, sorted, with their facets and their end."""
    shown = sorted((r for r in rows if r.published_at <= now), key=lambda r: _order(r, now))
    coming = (r for r in rows if r.closes > now or r.published_at > now)
    instants = (i for r in coming for i in (r.published_at, r.opens, r.closes, *_bands(r)))
    expires = min((i for i in instants if i > now), default=now + timedelta(days=1))
    return PublicList(shown, now, expires, Facets.of([_values(row, now) for row in shown]))


def _bands(row: Row) -> tuple[datetime, ...]:
    return tuple(row.closes - within for within in DEADLINES.values())


def _order(row: Row, now: datetime) -> tuple[int, float, int]:
    """Open ones by their deadline, then scheduled ones by their opening, then the latest."""
    phase = row.phase(now)
    if phase == "open":
        return (0, row.closes.timestamp(), row.id)
    if phase == "scheduled":
        return (1, row.opens.timestamp(), row.id)
    return (2, -row.closes.timestamp(), row.id)


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
