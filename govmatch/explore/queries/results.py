"""What everybody may read of challenges from their opening on: lists, choices, moments.

Which these are, `told_list` keeps ready.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only, selectinload

from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText, State
from govmatch.explore.queries.told_list import Row, ToldList
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
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


def told_rows(told: ToldList, filters: Filters, *, zone: str) -> list[Row]:
    """Return those that fit, the latest deadline first.

    A year is that of the deadline on the clocks of `zone`.
    """
    return [
        row
        for row in told.rows
        if (not filters.authority or row.authority == filters.authority)
        and (not filters.theme or filters.theme in row.themes)
        and (not filters.year or _year(row.closes, zone) == filters.year)
    ]


def challenges_of(session: ReadSession, rows: Collection[Row]) -> list[Challenge]:
    """Return the challenges of these rows in their order, with what a list shows of them."""
    found = select(Challenge).where(Challenge.id.in_([row.id for row in rows]))
    by_id = {one.id: one for one in session.scalars(found.options(*_AS_LISTED))}
    return [by_id[row.id] for row in rows if row.id in by_id]


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


def choices(session: ReadSession, told: ToldList, *, zone: str) -> Choices:
    """Return the authorities, themes and years that results have; two statements."""
    slugs = {row.authority for row in told.rows}
    authorities = select(Authority.slug, Authority.names).where(Authority.slug.in_(sorted(slugs)))
    about = {theme for row in told.rows for theme in row.themes}
    themes = select(Term.slug, Term.labels).where(
        Term.kind == TermKind.THEME, Term.slug.in_(sorted(about))
    )
    years = {_year(row.closes, zone) for row in told.rows if row.closes is not None}
    return Choices(
        dict(session.execute(authorities.order_by(Authority.slug)).all()),
        dict(session.execute(themes.order_by(Term.slug)).all()),
        list(range(max(years), min(years) - 1, -1)) if years else [],
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
