"""What became of needs: challenges, applications, pilots, outcomes, each where it can be opened."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import load_only, selectinload

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.needs.models import LISTED, Need, NeedText
from govmatch.needs.models import State as NeedState
from govmatch.needs.queries import visible_to
from govmatch.overview.queries.reports.scope import Scope
from govmatch.overview.queries.reports.stages import selected_ids
from govmatch.overview.queries.reports.titles import challenges_by_id
from govmatch.pilots import queries as pilots
from govmatch.pilots.models import Pilot


class Step(StrEnum):
    """Each step counts the needs that came this far or further."""

    NAMED = "named"
    TAKEN_UP = "taken_up"
    PUBLISHED = "published"
    OPENED = "opened"
    PILOT = "pilot"
    OUTCOME = "outcome"
    SOLVED = "solved"


def steps(session: ReadSession, scope: Scope) -> dict[Step, int]:
    """Return how many needs came how far; two statements.

    The needs are all that are listed in the programmes of the chosen challenges, as far as the
    reader may see them. What follows is of the chosen challenges alone.
    """
    programmes = select(Challenge.programme_id).where(scope.cases)
    named = select(func.count()).where(
        Need.programme_id.in_(programmes),
        Need.state.in_(sorted(state.value for state in LISTED)),
        visible_to(scope.actor),
    )
    is_public = Challenge.published_at.is_not(None)

    def needs_with(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((condition, Challenge.need_id)).distinct())

    told = (
        select(
            func.count(Challenge.need_id.distinct()),
            needs_with(is_public),
            needs_with(Challenge.opened_at.is_not(None)),
            needs_with(Pilot.agreed_at.is_not(None)),
            needs_with(and_(Pilot.agreed_at.is_not(None), Pilot.outcome.is_not(None))),
            needs_with(Need.state == NeedState.SOLVED),
        )
        .select_from(Challenge)
        .join(Need, Need.id == Challenge.need_id)
        .outerjoin(Pilot, Pilot.challenge_id == Challenge.id)
        .where(scope.cases, visible_to(scope.actor))
    )
    numbers = (session.execute(named).scalar_one(), *session.execute(told).one())
    return dict(zip(Step, numbers, strict=True))


@dataclass(frozen=True)
class Tried:
    public_id: str
    title: str
    firm: str
    outcome: str | None


@dataclass(frozen=True)
class Traced:
    """A challenge that was made of a need; `applications` is None before the opening."""

    need: Need
    challenge: Challenge
    applications: int | None
    selected: int
    pilots: list[Tried]


@dataclass(frozen=True)
class Trace:
    rows: list[Traced]
    total: int


def trace(session: ReadSession, scope: Scope, *, now: datetime, most: int | None = None) -> Trace:
    """Return the published challenges made of needs, the latest first, or the first `most` of them.

    Eight statements at most however many there are. A need that is hidden from the reader, a
    pilot that is closed to them, and applications that a conflict closes are not in it.
    """
    found = (
        select(Challenge.id, Challenge.need_id, Challenge.opened_at)
        .join(Need, Need.id == Challenge.need_id)
        .where(scope.cases, visible_to(scope.actor), Challenge.published_at <= now)
        .order_by(Challenge.id.desc())
    )
    rows = session.execute(found).all()
    shown = rows[:most]
    ids = [row.id for row in shown]
    known = challenges_by_id(session, ids)
    needs = {one.id: one for one in session.scalars(_needs([row.need_id for row in shown]))}
    applied = (
        select(Application.challenge_id, func.count())
        .where(scope.applications_in(Challenge.id.in_(ids)))
        .group_by(Application.challenge_id)
    )
    n = Counter(dict(session.execute(applied).all()))
    chosen = Counter(dict(session.execute(applied.where(Application.id.in_(selected_ids))).all()))
    tried = _tried(session, scope, ids)
    return Trace(
        [
            Traced(
                needs[row.need_id],
                known[row.id],
                n[row.id] if row.opened_at is not None else None,
                chosen[row.id],
                tried.get(row.id, []),
            )
            for row in shown
        ],
        len(rows),
    )


def _needs(ids: Sequence[int]) -> Select[Need]:
    words = selectinload(Need.texts).load_only(NeedText.need_id, NeedText.lang, NeedText.title)
    wanted = load_only(Need.public_id, Need.state, Need.main_lang)
    return select(Need).options(wanted, words).where(Need.id.in_(sorted(set(ids))))


def _tried(session: ReadSession, scope: Scope, ids: Sequence[int]) -> dict[int, list[Tried]]:
    """Return the agreed pilots of these challenges that the reader may open, by challenge."""
    found = (
        select(Pilot)
        .options(load_only(Pilot.challenge_id, Pilot.public_id, Pilot.title, Pilot.outcome))
        .options(selectinload(Pilot.firm))
        .where(
            Pilot.challenge_id.in_(ids),
            Pilot.agreed_at.is_not(None),
            pilots.visible_to(scope.actor),
        )
        .order_by(Pilot.id)
    )
    tried: dict[int, list[Tried]] = defaultdict(list)
    for one in session.scalars(found):
        tried[one.challenge_id].append(Tried(one.public_id, one.title, one.firm.name, one.outcome))
    return tried
