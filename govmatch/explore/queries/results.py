"""What everybody may read of challenges from their opening on: lists, choices, moments.

All of it is narrowed by `challenges.queries.told` first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText, State
from govmatch.challenges.queries import told
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Authority
from govmatch.pilots.models import Delivery, Milestone, Pilot
from govmatch.programmes.models import Programme
from govmatch.taxonomy.models import Term, TermKind

SIZE = 20
MOST_IN_FILE = 10_000

ENDS = frozenset({State.COMPLETED.value, State.DID_NOT_PROCEED.value, State.CANCELLED.value})
"""States that end a story, as the timeline tells them."""


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the list to, as slugs; None or "" for everything."""

    authority: str = ""
    theme: str = ""
    year: int | None = None

    @property
    def count(self) -> int:
        return sum(bool(one) for one in (self.authority, self.theme, self.year))


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: only what some result has."""

    authorities: Mapping[str, Mapping[str, str]]
    themes: Mapping[str, Mapping[str, str]]
    years: list[int]


@dataclass(frozen=True)
class Accepted:
    """A milestone that was accepted, and when; `pilot` is the pilot's public id."""

    pilot: str
    number: int
    title: str
    at: datetime


def _fits(filters: Filters, zone: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Challenge.published_at.is_not(None)]
    if filters.authority:
        of = select(Authority.id).where(Authority.slug == filters.authority)
        conditions.append(Challenge.authority_id.in_(of))
    if filters.theme:
        about = select(ChallengeTerm.challenge_id).where(
            ChallengeTerm.kind == TermKind.THEME, ChallengeTerm.slug == filters.theme
        )
        conditions.append(Challenge.id.in_(about))
    if filters.year:
        begins, ends = (_new_year(year, zone) for year in (filters.year, filters.year + 1))
        conditions.append(and_(Challenge.closes >= begins, Challenge.closes < ends))
    return and_(*conditions)


def _new_year(year: int, zone: str) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def page_of(
    session: ReadSession, filters: Filters, *, now: datetime, zone: str, page: int, size: int
) -> tuple[list[Challenge], int]:
    """Return one page of challenges with a story, the latest deadline first, and how many there are

    A year is that of the deadline on the clocks of `zone`.
    """
    found = select(Challenge).where(told(session, now), _fits(filters, zone))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    shown = (
        found.options(*_AS_LISTED)
        .order_by(Challenge.closes.desc(), Challenge.id.desc())
        .offset((page - 1) * size)
        .limit(size)
    )
    return list(session.scalars(shown)), total


_AS_LISTED = (
    load_only(
        Challenge.public_id,
        Challenge.slug,
        Challenge.state,
        Challenge.zone,
        Challenge.main_lang,
        Challenge.published_at,
        Challenge.opens,
        Challenge.closes,
        Challenge.opened_at,
        Challenge.currency,
        Challenge.end_reasons,
    ),
    joinedload(Challenge.authority).load_only(
        Authority.slug, Authority.names, Authority.country
    ),
    joinedload(Challenge.programme).load_only(Programme.slug),
    selectinload(Challenge.texts).load_only(
        ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title, ChallengeText.summary
    ),
)  # fmt: skip


def choices(session: ReadSession, *, now: datetime, zone: str) -> Choices:
    """Return the authorities, themes and years that results have."""
    with_story = select(Challenge.id).where(told(session, now))
    authorities = (
        select(Authority.slug, Authority.names)
        .where(
            Authority.id.in_(select(Challenge.authority_id).where(Challenge.id.in_(with_story)))
        )
        .order_by(Authority.slug)
    )  # fmt: skip
    slugs = select(ChallengeTerm.slug).where(
        ChallengeTerm.kind == TermKind.THEME, ChallengeTerm.challenge_id.in_(with_story)
    )
    themes = (
        select(Term.slug, Term.labels)
        .where(Term.kind == TermKind.THEME, Term.slug.in_(slugs))
        .order_by(Term.slug)
    )
    span = session.execute(
        select(func.min(Challenge.closes), func.max(Challenge.closes)).where(
            Challenge.id.in_(with_story)
        )
    ).one()
    first, last = (_year(moment, zone) for moment in span)
    return Choices(
        dict(session.execute(authorities).all()),
        dict(session.execute(themes).all()),
        list(range(last, first - 1, -1)) if first and last else [],
    )


def _year(moment: datetime | None, zone: str) -> int:
    return moment.astimezone(ZoneInfo(zone)).year if moment else 0


def themes_of(session: ReadSession, ids: Collection[int]) -> dict[int, list[str]]:
    """Return the slugs of their themes, by challenge."""
    found = select(ChallengeTerm.challenge_id, ChallengeTerm.slug).where(
        ChallengeTerm.kind == TermKind.THEME, ChallengeTerm.challenge_id.in_(ids)
    )
    by_challenge: dict[int, list[str]] = {}
    for number, slug in session.execute(found.order_by(ChallengeTerm.position)):
        by_challenge.setdefault(number, []).append(slug)
    return by_challenge


def ends_of(session: ReadSession, ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    """Return how and when a story ended, by challenge: its last state and the instant of it."""
    found = select(JournalRow).where(
        JournalRow.subject_kind == "challenge",
        JournalRow.subject_id.in_(ids),
        JournalRow.event.in_(["ChallengeMovedOn", "ChallengeCancelled"]),
    )
    ends: dict[int, tuple[str, datetime]] = {}
    for row in session.scalars(found.order_by(JournalRow.id)):
        state = str(row.data.get("to_state", State.CANCELLED.value))
        if state in ENDS:
            ends[row.subject_id] = (state, row.at)
    return ends


def accepted(session: ReadSession, challenge: Challenge) -> list[Accepted]:
    """Return the accepted milestones of its agreed pilots, with the day of the acceptance."""
    found = (
        select(Pilot.public_id, Milestone.number, Milestone.title, Delivery.decided_at)
        .join(Milestone, Milestone.pilot_id == Pilot.id)
        .join(Delivery, Delivery.milestone_id == Milestone.id)
        .where(
            Pilot.challenge_id == challenge.id,
            Pilot.agreed_at.is_not(None),
            Delivery.is_accepted.is_(True),
            Delivery.decided_at.is_not(None),
        )
        .order_by(Delivery.decided_at, Milestone.number)
    )
    rows = session.execute(found)
    return [Accepted(pilot, n, title, at) for pilot, n, title, at in rows if at is not None]
