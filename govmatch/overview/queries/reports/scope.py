"""Whose challenges a report is about, and which of them were chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, select

from govmatch.applications.models import Access, Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from govmatch.triage.queries import readable_to
from govmatch.triage.queries.seeing import challenges_of


@dataclass(frozen=True)
class Scope:
    """The reader, and what they narrowed the report to; a year is that of the deadline."""

    actor: Actor
    zone: str
    programme: str = ""
    authority: str = ""
    year: int | None = None

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
        return and_(
            Application.challenge_id.in_(select(Challenge.id).where(self.cases)),
            readable_to(self.actor),
        )

    @property
    def unclouded(self) -> ColumnElement[bool]:
        """Challenges in which the reader has no conflict of interest, so that they may decide."""
        return and_(self.cases, Challenge.id.not_in(_closed(self.actor)))


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
    own = challenges_of(scope.actor)
    programmes = select(Programme.slug, Programme.names).where(
        Programme.id.in_(select(Challenge.programme_id).where(own))
    )
    authorities = select(Authority.slug, Authority.names).where(
        Authority.id.in_(select(Challenge.authority_id).where(own))
    )
    span = select(func.min(Challenge.closes), func.max(Challenge.closes)).where(
        own, Challenge.published_at.is_not(None)
    )
    first, last = session.execute(span).one()
    place = ZoneInfo(scope.zone)
    return Choices(
        dict(session.execute(programmes.order_by(Programme.slug)).all()),
        dict(session.execute(authorities.order_by(Authority.slug)).all()),
        list(range(last.astimezone(place).year, first.astimezone(place).year - 1, -1))
        if first and last
        else [],
    )
