"""Whose challenges a report is about, and which of them were chosen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, select, true

from govmatch.accounts.models import Role
from govmatch.applications.models import Access, Application, How
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme, Round
from govmatch.triage.queries.seeing import challenges_of, countable_in, counted_of, readable_in


@dataclass(frozen=True)
class Scope:
    """The reader, and what they narrowed the report to; the days are those of the deadline.

    With `counts` it is about figures alone, which administrators read of everything. `opened`
    holds the ids of the opened challenges once `with_opened` has looked for them: they are few,
    and looking for them among all challenges costs more than most of what is counted.
    """

    actor: Actor
    zone: str
    counts: bool = False
    programme: str = ""
    authority: str = ""
    round: str = ""
    country: str = ""
    """That of the authority."""
    since: date | None = None
    until: date | None = None
    """The last day that counts."""
    opened: tuple[int, ...] | None = None

    @property
    def is_narrowed(self) -> bool:
        return any((self.programme, self.authority, self.round, self.country)) or (
            self.since is not None or self.until is not None
        )

    @property
    def is_of_counts(self) -> bool:
        """True for a reader who counts what they cannot all read."""
        return self.counts and self.actor.holds(Role.ADMINISTRATOR)

    @property
    def cases(self) -> ColumnElement[bool]:
        """The challenges that the reader runs, owns, audits or counts and that were chosen."""
        conditions = [counted_of(self.actor) if self.counts else challenges_of(self.actor)]
        if self.programme:
            run = select(Programme.id).where(Programme.slug == self.programme)
            conditions.append(Challenge.programme_id.in_(run))
        if self.round:
            held = select(Round.id).where(Round.slug == self.round)
            conditions.append(Challenge.round_id.in_(held))
        if self.authority or self.country:
            conditions.append(Challenge.authority_id.in_(self._authorities()))
        if self.since is not None:
            conditions.append(Challenge.closes >= _midnight(self.since, self.zone))
        if self.until is not None:
            conditions.append(
                Challenge.closes < _midnight(self.until + timedelta(days=1), self.zone)
            )
        return and_(*conditions)

    def _authorities(self) -> Select[int]:
        own = select(Authority.id)
        if self.authority:
            own = own.where(Authority.slug == self.authority)
        return own.where(Authority.country == self.country) if self.country else own

    @property
    def applications(self) -> ColumnElement[bool]:
        """Opened applications to them, without those that a conflict closes to the reader."""
        return self.applications_in(true())

    def applications_in(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """The same, of those challenges only that meet a condition."""
        cases = self.cases if self.opened is None else Challenge.id.in_(self.opened)
        narrow = countable_in if self.counts else readable_in
        return narrow(self.actor, and_(cases, condition))

    @property
    def unclouded(self) -> ColumnElement[bool]:
        """Challenges in which the reader has no conflict of interest, so that they may decide."""
        return and_(self.cases, Challenge.id.not_in(_closed(self.actor)))


def with_opened(session: ReadSession, scope: Scope) -> Scope:
    """Return the same scope, knowing which of its challenges were opened, in that order."""
    found = select(Challenge.id).where(scope.cases, Challenge.opened_at.is_not(None))
    found = found.order_by(Challenge.opened_at, Challenge.id)
    return replace(scope, opened=tuple(session.scalars(found)))


def _closed(actor: Actor) -> Select[int]:
    return (
        select(Application.challenge_id)
        .join(Access, Access.application_id == Application.id)
        .where(Access.person_id == (actor.person_id or 0), Access.how == How.CLOSED)
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
