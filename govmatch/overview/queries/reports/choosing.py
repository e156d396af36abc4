"""What readers of reports narrow them by: only what their challenges have."""

from collections.abc import Mapping

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope
from govmatch.programmes.models import Programme, Round

Names = Mapping[str, Mapping[str, str]]
"""What each is called, by slug and language."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from; countries are codes, those of the authorities."""

    programmes: Names
    authorities: Names
    rounds: Names
    countries: list[str]


def choices(session: ReadSession, scope: Scope) -> Choices:
    """Return the programmes, authorities, rounds and countries of everything the reader has."""
    return kept(session, ("choices", scope), lambda: _choices(session, scope))


def _choices(session: ReadSession, scope: Scope) -> Choices:
    found = session.execute(
        select(Challenge.programme_id, Challenge.authority_id, Challenge.round_id)
        .where(scope.cases)
        .distinct()
    ).all()
    programmes = select(Programme.slug, Programme.names).where(
        Programme.id.in_({row.programme_id for row in found})
    )
    authorities = select(Authority.slug, Authority.names, Authority.country).where(
        Authority.id.in_({row.authority_id for row in found})
    )
    rounds = select(Round.slug, Round.names).where(
        Round.id.in_({row.round_id for row in found if row.round_id is not None})
    )
    offices = session.execute(authorities.order_by(Authority.slug)).all()
    return Choices(
        dict(session.execute(programmes.order_by(Programme.slug)).all()),
        {one.slug: one.names for one in offices},
        dict(session.execute(rounds.order_by(Round.starts.desc(), Round.slug)).all()),
        sorted({one.country for one in offices}),
    )
