"""What everybody may read of a selection: counts, criteria, reasons, and who takes part."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.decisions.models import Decision, Determination, Kind, Outcome, State
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.programmes.queries import criteria, rule_value
from govmatch.programmes.switches import Rule


@dataclass(frozen=True)
class PublicCriterion:
    id: str
    label: Mapping[str, str]
    weight: int
    minimum: int | None


@dataclass(frozen=True)
class PublicDecision:
    """A released decision; `reasons` are by language."""

    number: int
    kind: Kind
    released_at: datetime
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class PublicFirm:
    """A firm that confirmed its place, with its weighted mean from 0 to 5."""

    application_id: int
    name: str
    slug: str
    mean: float | None


@dataclass(frozen=True)
class Story:
    """What is public of a selection so far.

    `applications` is how many the opening found, None before it. `firms` names those alone that
    were selected, released and have confirmed; nobody else is ever named here.
    """

    applications: int | None
    opened_at: datetime | None
    criteria: list[PublicCriterion]
    decisions: list[PublicDecision]
    firms: list[PublicFirm]
    waiting: int
    """How many selected firms have still to answer."""


def public_story(session: ReadSession, challenge: Challenge) -> Story:
    """Return what everybody may read; four statements. The challenge has to be public itself.

    Where the programme does not publish results, only the criteria stand here.
    """
    weights = {one["id"]: one for one in challenge.criteria}
    asked = [
        PublicCriterion(
            one.id, one.label, weights[one.id]["weight"], weights[one.id].get("minimum")
        )
        for one in criteria(terms_of(challenge))
        if one.id in weights and weights[one.id]["weight"]
    ]
    if not rule_value(terms_of(challenge), Rule.RESULTS_PUBLIC):
        return Story(None, None, asked, [], [], 0)
    taking_part = _taking_part(session, [challenge.id])
    return Story(
        applications=_count(session, challenge),
        opened_at=challenge.opened_at,
        criteria=asked,
        decisions=_released(session, challenge),
        firms=[_firm(*row) for row in taking_part if row[0].state == Applied.CONFIRMED],
        waiting=sum(row[0].state == Applied.SELECTED for row in taking_part),
    )


@dataclass(frozen=True)
class Summary:
    """The same in short: `firms` are the names of those that have confirmed."""

    applications: int = 0
    decided_at: datetime | None = None
    firms: tuple[str, ...] = ()


def public_summaries(session: ReadSession, challenge_ids: Collection[int]) -> dict[int, Summary]:
    """Return the short form of many stories, by challenge; three statements however many.

    The caller has asked that the challenges are public, and that their programmes publish results.
    `applications` says something only of a challenge that was opened.
    """
    ids = sorted(challenge_ids)
    counted = (
        select(Application.challenge_id, func.count())
        .where(Application.challenge_id.in_(ids), Application.alias.is_not(None))
        .group_by(Application.challenge_id)
    )
    decided = (
        select(Decision.challenge_id, func.min(Decision.released_at))
        .where(
            Decision.challenge_id.in_(ids),
            Decision.kind == Kind.SELECTION,
            Decision.state == State.RELEASED,
        )
        .group_by(Decision.challenge_id)
    )
    counts = dict(session.execute(counted).all())
    moments = dict(session.execute(decided).all())
    firms: dict[int, list[str]] = {}
    for application, _ in _taking_part(session, ids):
        if application.state == Applied.CONFIRMED:
            firms.setdefault(application.challenge_id, []).append(application.firm.name)
    return {
        number: Summary(counts.get(number, 0), moments.get(number), tuple(firms.get(number, ())))
        for number in ids
    }


def _count(session: ReadSession, challenge: Challenge) -> int | None:
    """Return how many the opening found: each was given an alias then."""
    if challenge.opened_at is None:
        return None
    found = select(func.count()).where(
        Application.challenge_id == challenge.id, Application.alias.is_not(None)
    )
    return session.execute(found).scalar_one()


def _released(session: ReadSession, challenge: Challenge) -> list[PublicDecision]:
    found = select(Decision).where(
        Decision.challenge_id == challenge.id, Decision.state == State.RELEASED
    )
    return [
        PublicDecision(one.number, Kind(one.kind), one.released_at, one.reasons)
        for one in session.scalars(found.order_by(Decision.number))
        if one.released_at is not None
    ]


def _taking_part(
    session: ReadSession, challenge_ids: Collection[int]
) -> list[tuple[Application, Determination]]:
    """Return whoever holds a place by a released decision, with what it said."""
    found = (
        select(Application, Determination)
        .join(Determination, Determination.application_id == Application.id)
        .join(Decision, Decision.id == Determination.decision_id)
        .options(
            # Answers of dozens of firms are long, and none of them is told.
            load_only(Application.challenge_id, Application.firm_id, Application.state),
            joinedload(Application.firm).load_only(Firm.name, Firm.slug),
            load_only(Determination.application_id, Determination.mean),
        )
        .where(
            Application.challenge_id.in_(challenge_ids),
            Application.state.in_([Applied.SELECTED.value, Applied.CONFIRMED.value]),
            Application.decision_released_at.is_not(None),
            Decision.state == State.RELEASED,
            Determination.outcome == Outcome.SELECTED,
        )
        .order_by(Determination.rank, Application.alias, Application.id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def _firm(application: Application, said: Determination) -> PublicFirm:
    firm = application.firm
    return PublicFirm(application.id, firm.name, firm.slug, said.mean)
