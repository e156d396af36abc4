"""Reading opened applications for the triage table: in a few statements, whatever their number."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Label, Text, and_, func, or_, select, type_coerce

from govmatch.applications import call
from govmatch.applications import queries as applications
from govmatch.applications.models import Access, Application, How, State, Version
from govmatch.challenges.models import Amendment, Challenge, ChallengeTerm
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.organisations.names import fold, spellings
from govmatch.questionnaires import digest
from govmatch.triage.models import Deficiency, GateRuling, Handling, Note, Tag

CHUNK = 400
SEARCHED = 80
"""Characters of a title in which words are looked for."""
NOBODY = "none"
_RANKS: Mapping[str, int] = {
    State.SUBMITTED: 0,
    State.INCOMPLETE: 0,
    State.IN_REVIEW: 1,
    State.SHORTLISTED: 1,
    State.SELECTED: 2,
    State.RESERVE: 2,
}
"""For the order by what comes next: to be done in triage, under way, decided; the rest is over."""
_OVER = 3
_RANK = 1e11
"""More seconds than any date has, so that a rank and a date make one number."""
_STATES = {state.value: place for place, state in enumerate(State)}
_IN_PARTS = {"yield_per": 500}


@dataclass(frozen=True, slots=True)
class Line:
    """What the table knows of one application; `keys` are in the order of `table.ORDERS`."""

    id: int
    keys: tuple[Any, ...]
    facets: tuple[tuple[str, str], ...]
    words: str
    due_at: datetime | None

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(value for facet, value in self.facets if facet == "flag")


@dataclass
class _Around:
    """What belongs to applications and stands in other tables."""

    themes: dict[int, list[str]]
    tags: dict[int, list[str]]
    rulings: dict[int, dict[tuple[str, str], bool]]
    waiting: dict[int, tuple[datetime, bool]]
    """By application: until when, and whether it was answered."""
    forms: dict[int, str]
    """By challenge that was amended, the digest of its form now."""
    unconfirmed: set[int]
    closed: set[int]
    """Those that a conflict of interest closes to somebody."""
    noted: set[int]


def lines(session: ReadSession, ids: Collection[int] | None = None) -> Iterator[Line]:
    """Yield every opened application, or those of the ids that are opened."""
    if ids is None:
        yield from _lines(session, None)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        yield from _lines(session, wanted[start : start + CHUNK])


def _lines(session: ReadSession, ids: list[int] | None) -> Iterator[Line]:
    around = _around(session, ids)
    rows = session.execute(_chosen(_columns(), Application.id, ids), execution_options=_IN_PARTS)
    for row in rows:
        yield _line(row, around)


def _columns() -> Any:
    return (
        select(
            Application.id,
            Application.reference,
            Application.title,
            Application.state,
            Application.submitted_at,
            Application.firm_id,
            Application.partner_firms,
            Application.challenge_id,
            Firm.name,
            Firm.name_key,
            Firm.country,
            Challenge.slug,
            Challenge.closes,
            Challenge.programme_id,
            Challenge.authority_id,
            Version.at,
            Version.form_digest,
            type_coerce(Version.gates, Text).label("gates"),
            Handling.handler_id,
            in_state_since(),
        )
        .join(Challenge, Challenge.id == Application.challenge_id)
        .join(Firm, Firm.id == Application.firm_id)
        .join(Version, _counts())
        .outerjoin(Handling, Handling.application_id == Application.id)
        .where(is_opened())
        .order_by(Application.id)
    )


def _counts() -> ColumnElement[bool]:
    return and_(
        Version.application_id == Application.id, Version.number == Application.current_version
    )


def in_state_since() -> Label[datetime]:
    """When it came into its state, where `Handling` is joined from outside.

    A firm that withdraws moves nothing of what staff keep, so its own date says it.
    """
    since = func.coalesce(Application.withdrawn_at, Handling.state_since, Application.submitted_at)
    return since.label("state_since")


def is_opened() -> ColumnElement[bool]:
    """The same as `applications.rules.is_opened`, where the challenge is joined."""
    return and_(
        Challenge.opened_at.is_not(None),
        Application.state != State.DRAFT,
        or_(
            Application.state != State.WITHDRAWN,
            Application.alias.is_not(None),
            Application.withdrawn_at >= Challenge.opened_at,
        ),
    )


def _chosen(found: Any, column: Any, ids: list[int] | None) -> Any:
    """Return a selection narrowed to these ids; SQLAlchemy's type of one names its columns."""
    return found if ids is None else found.where(column.in_(ids))


def _around(session: ReadSession, ids: list[int] | None) -> _Around:
    opened = select(Challenge.id).where(Challenge.opened_at.is_not(None))
    themes: dict[int, list[str]] = {}
    of_themes = select(ChallengeTerm.challenge_id, ChallengeTerm.slug).where(
        ChallengeTerm.kind == "theme", ChallengeTerm.challenge_id.in_(opened)
    )
    for challenge_id, slug in session.execute(of_themes):
        themes.setdefault(challenge_id, []).append(intern(slug))
    tags: dict[int, list[str]] = {}
    of_tags = _chosen(select(Tag.application_id, Tag.word), Tag.application_id, ids)
    for application_id, word in session.execute(of_tags, execution_options=_IN_PARTS):
        tags.setdefault(application_id, []).append(intern(word))
    return _Around(
        themes,
        tags,
        _rulings(session, ids),
        _waiting(session, ids),
        _forms(session),
        applications.unconfirmed(session, ids),
        _closed(session, ids),
        _noted(session, ids),
    )


def _closed(session: ReadSession, ids: list[int] | None) -> set[int]:
    found = select(Access.application_id).distinct().where(Access.how == How.CLOSED)
    return set(session.scalars(_chosen(found, Access.application_id, ids)))


def _noted(session: ReadSession, ids: list[int] | None) -> set[int]:
    found = select(Note.application_id).distinct().where(Note.deleted_at.is_(None))
    return set(session.scalars(_chosen(found, Note.application_id, ids)))


def _rulings(session: ReadSession, ids: list[int] | None) -> dict[int, dict[tuple[str, str], bool]]:
    columns = (GateRuling.application_id, GateRuling.kind, GateRuling.wanted, GateRuling.is_met)
    rulings: dict[int, dict[tuple[str, str], bool]] = {}
    found = _chosen(select(*columns), GateRuling.application_id, ids)
    for application_id, kind, wanted, is_met in session.execute(found, execution_options=_IN_PARTS):
        rulings.setdefault(application_id, {})[kind, wanted] = is_met
    return rulings


def _waiting(session: ReadSession, ids: list[int] | None) -> dict[int, tuple[datetime, bool]]:
    columns = (Deficiency.application_id, Deficiency.due_at, Deficiency.answered_at)
    found = select(*columns).where(Deficiency.settled_at.is_(None))
    rows = session.execute(_chosen(found, Deficiency.application_id, ids))
    return {number: (due_at, at is not None) for number, due_at, at in rows}


def _forms(session: ReadSession) -> dict[int, str]:
    """Return the digest of the form now of those opened challenges that were ever amended."""
    amended = select(Amendment.challenge_id).distinct()
    found = select(Challenge).where(Challenge.opened_at.is_not(None), Challenge.id.in_(amended))
    return {one.id: digest(call.form(one)) for one in session.scalars(found)}


def _line(row: Any, around: _Around) -> Line:
    due_at, is_answered = around.waiting.get(row.id, (None, False))
    since = row.state_since
    facets = [
        ("state", row.state),
        ("challenge", row.slug),
        ("country", row.country),
        ("handler", str(row.handler_id) if row.handler_id else NOBODY),
        ("programme", str(row.programme_id)),
        ("authority", str(row.authority_id)),
        # Nobody of a firm that takes part reads here, so partners count like the one that leads.
        *(("firm", str(number)) for number in (row.firm_id, *row.partner_firms)),
        *(("theme", theme) for theme in around.themes.get(row.challenge_id, ())),
        *(("tag", word) for word in around.tags.get(row.id, ())),
        *(("flag", flag) for flag in _flags(row, around)),
    ]
    return Line(
        id=row.id,
        keys=(
            _next_key(row.state, since, is_asked=due_at is not None and not is_answered),
            since.timestamp(),
            row.submitted_at.timestamp(),
            row.name_key,
            intern(row.slug),
            _STATES[row.state],
        ),
        facets=tuple(_pair(*pair) for pair in facets),
        words=f"{spellings(row.name)} {fold(row.reference)} {fold(row.title[:SEARCHED])}",
        due_at=None if is_answered or row.state != State.INCOMPLETE else due_at,
    )


def _next_key(state: str, since: datetime, *, is_asked: bool) -> float:
    """Return where it stands by what comes next: within a rank, what waits longest comes first.

    What a firm was asked for is under way; what is over stands last, the latest first.
    """
    rank = _RANKS.get(state, _OVER)
    if is_asked and state == State.INCOMPLETE:
        rank = 1
    at = since.timestamp()
    return rank * _RANK + (at if rank < _OVER else _RANK - at)


@lru_cache(maxsize=100_000)
def _pair(facet: str, value: str) -> tuple[str, str]:
    """Thousands of applications share a few values."""
    return facet, value


def _flags(row: Any, around: _Around) -> Iterator[str]:
    if row.closes is not None and row.at >= row.closes:
        yield "late"
    if around.forms.get(row.challenge_id, row.form_digest) != row.form_digest:
        yield "form_changed"
    if row.id in around.unconfirmed:
        yield "unconfirmed"
    if row.id in around.closed:
        yield "conflict"
    if row.id in around.noted:
        yield "note"
    rulings = around.rulings.get(row.id, {})
    if any(not is_met for is_met in rulings.values()):
        yield "gate_failed"
    if any(met != "yes" and gate not in rulings for gate, met in _gates(row.gates)):
        yield "gate_open"
    if row.id in around.waiting and row.state == State.INCOMPLETE:
        yield "answered" if around.waiting[row.id][1] else "asked"


@lru_cache(maxsize=4096)
def _gates(kept: str) -> tuple[tuple[tuple[str, str], str], ...]:
    """Return requirements as they are kept; thousands of versions share a few."""
    return tuple(((one["kind"], " ".join(one["wanted"])), one["met"]) for one in json.loads(kept))
