"""Whose challenges a report is about, and which of them were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true

from govmatch.applications.models import Access, Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from govmatch.triage.queries.seeing import challenges_of, readable_in


@dataclass(frozen=True)
class Scope:
    """The reader, and what they narrowed the report to; a year is that of the deadline.

    `opened` holds the ids of the opened challenges once `with_opened` has looked for them: they
    are few, and looking for them among all challenges costs more than most of what is counted.
    """

    actor: Actor
    zone: str
    programme: str = ""
    authority: str = ""
    year: int | None = None
    opened: tuple[int, ...] | None = None

    @property
    def cases(self) -> ColumnElement[bool]:
        """The challenges that the reader runs, owns or audits and that were chosen."""
        conditions = [challenges_of(self.actor)]
        if self.programme:
            run = select(Programme.id).where(Programme.slug == self.programme)
            conditions.append(Challenge.programme_id.in_(run))
        if self.authority:
            own = select(Authority.id).where(Authority.slug == self.authority)
            conditions.append(Challenge.authority_id.in_(own))
        if self.year:
            begins, ends = (_new_year(year, self.zone) for year in (self.year, self.year + 1))
            conditions += [Challenge.closes >= begins, Challenge.closes < ends]
        return and_(*conditions)

    @property
    def applications(self) -> ColumnElement[bool]:
        """Opened applications to them, without those that a conflict closes to the reader."""
        return self.applications_in(true())

    def applications_in(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """The same, of those challenges only that meet a condition."""
        cases = self.cases if self.opened is None else Challenge.id.in_(self.opened)
        return readable_in(self.actor, and_(cases, condition))

    @property
    def unclouded(self) -> ColumnElement[bool]:
        """Challenges in which the reader has no conflict of interest, so that they may decide."""
        return and_(self.cases, Challenge.id.not_in(_closed(self.actor)))


def with_opened(session: ReadSession, scope: Scope) -> Scope:
    """Return the same scope, knowing which of its challenges were opened."""
    found = select(Challenge.id).where(scope.cases, Challenge.opened_at.is_not(None))
    return replace(scope, opened=tuple(session.scalars(found)))


def _closed(actor: Actor) -> Select[int]:
    return (
        select(Application.challenge_id)
        .join(Access, Access.application_id == Application.id)
        .where(Access.person_id == (actor.person_id or 0), Access.how == How.CLOSED)
    )


def _new_year(year: int, zone: str) -> datetime:
    return datetime(year, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Choices:
    """What a reader chooses from, by slug: only what their challenges have."""

    programmes: Mapping[str, Mapping[str, str]]
    authorities: Mapping[str, Mapping[str, str]]
    years: list[int]


def choices(session: ReadSession, scope: Scope) -> Choices:
    """Return programmes, authorities and years of everything that the reader has."""
    published = case((Challenge.published_at.is_not(None), Challenge.closes))
    spans = (
        select(
            Challenge.programme_id,
            Challenge.authority_id,
            func.min(published).label("first"),
            func.max(published).label("last"),
        )
        .where(challenges_of(scope.actor))
        .group_by(Challenge.programme_id, Challenge.authority_id)
    )
    found = session.execute(spans).all()
    programmes = select(Programme.slug, Programme.names).where(
        Programme.id.in_({row.programme_id for row in found})
    )
    authorities = select(Authority.slug, Authority.names).where(
        Authority.id.in_({row.authority_id for row in found})
    )
    return Choices(
        dict(session.execute(programmes.order_by(Programme.slug)).all()),
        dict(session.execute(authorities.order_by(Authority.slug)).all()),
        _years([at for row in found for at in (row.first, row.last) if at], scope.zone),
    )


def _years(moments: list[datetime], zone: str) -> list[int]:
    """Return every year from the first to the last, the latest first."""
    if not moments:
        return []
    place = ZoneInfo(zone)
    first, last = (at.astimezone(place).year for at in (min(moments), max(moments)))
    return list(range(last, first - 1, -1))
