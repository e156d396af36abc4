"""What was suspected and what became of it; and where something else may be suspected by now."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, select

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow, last_id
from govmatch.kit.records import dataclass
from govmatch.reviews.models import ENDED, SCORING, Conflict, Review
from govmatch.reviews.queries.conflicts import HOLDS
from govmatch.reviews.queries.suspecting import Pair
from govmatch.reviews.suspicion_models import (
    SuspectedUpTo,
    Suspicion,
    SuspicionKind,
    SuspicionState,
)

CHANGES = frozenset({
    "RoleGiven", "RoleEnded", "AddressChanged", "DetailsChanged", "FirmProfileChanged",
    "ListedFirmChanged", "PartnerAccepted", "PartnerLeft", "PartnerRemoved", "ConflictNoted",
    "ConflictCleared", "ApplicationsOpened",
})  # fmt: skip
"""Events after which something else may be suspected."""


@dataclass(frozen=True)
class NamedSuspicion:
    """A suspicion on a page."""

    application: Application
    person: str
    person_key: str
    person_id: int
    kinds: tuple[SuspicionKind, ...]
    state: SuspicionState
    reason: str
    found_at: datetime
    at: datetime | None


def kept_suspicions(session: ReadSession, ids: Collection[int]) -> dict[Pair, Suspicion]:
    """Return what was suspected about these applications, settled ones too."""
    found = select(Suspicion).where(Suspicion.application_id.in_(sorted(ids)))
    rows = session.scalars(found) if ids else ()
    return {(row.application_id, row.person_id): row for row in rows}


def suspicion_of(session: ReadSession, application_id: int, person_id: int) -> Suspicion | None:
    found = select(Suspicion).where(
        Suspicion.application_id == application_id, Suspicion.person_id == person_id
    )
    return session.scalars(found).first()


def suspicions(
    session: ReadSession, challenge: Challenge, *, application_ids: Collection[int]
) -> list[NamedSuspicion]:
    """Return what is and was suspected about these applications, open ones first."""
    found = (
        select(Suspicion, Application, Person.name, Person.public_id)
        .join(Application, Application.id == Suspicion.application_id)
        .join(Person, Person.id == Suspicion.person_id)
        .where(Application.challenge_id == challenge.id, Application.id.in_(application_ids))
        .order_by(Suspicion.state != SuspicionState.OPEN, Suspicion.found_at.desc(), Suspicion.id)
    )
    return [
        NamedSuspicion(
            application,
            name,
            key,
            row.person_id,
            tuple(SuspicionKind(kind) for kind in row.kinds),
            SuspicionState(row.state),
            row.reason,
            row.found_at,
            row.at,
        )
        for row, application, name, key in session.execute(found)
    ]


def open_suspicions(
    session: ReadSession, application_ids: Collection[int], person_ids: Collection[int]
) -> set[Pair]:
    """Return the pairs about which nobody has decided yet."""
    found = select(Suspicion.application_id, Suspicion.person_id).where(
        Suspicion.application_id.in_(sorted(application_ids)),
        Suspicion.person_id.in_(sorted(person_ids)),
        Suspicion.state == SuspicionState.OPEN,
    )
    return set(session.execute(found))


def open_loads(session: ReadSession, person_ids: Collection[int]) -> dict[int, int]:
    """Return how many reviews each of these people has still to do, all challenges together."""
    found = (
        select(Review.person_id, func.count())
        .where(Review.person_id.in_(sorted(person_ids)), Review.state.in_(sorted(SCORING)))
        .group_by(Review.person_id)
    )
    return dict(session.execute(found).all()) if person_ids else {}


def count_undecided(session: ReadSession, challenge: Challenge) -> int:
    """Return about how many reviewers of an application it is open whether they have a conflict."""
    is_reviewed = exists().where(
        Review.application_id == Suspicion.application_id,
        Review.person_id == Suspicion.person_id,
        Review.state.not_in(sorted(ENDED)),
    )
    found = (
        select(Suspicion.id)
        .join(Application, Application.id == Suspicion.application_id)
        .where(
            Application.challenge_id == challenge.id,
            Suspicion.state == SuspicionState.OPEN,
            is_reviewed,
        )
    )
    return len(session.execute(found).all())


def count_open(session: ReadSession, application: Application) -> int:
    """Return about how many people of the jury it is open whether they have a conflict."""
    found = select(func.count()).where(
        Suspicion.application_id == application.id, Suspicion.state == SuspicionState.OPEN
    )
    return session.execute(found).scalar_one()


def count_conflicts(session: ReadSession, application: Application) -> int:
    """Return to how many people a conflict of interest closes it."""
    found = select(func.count()).select_from(Conflict)
    return session.execute(
        found.where(Conflict.application_id == application.id, HOLDS)
    ).scalar_one()


def to_suspect(session: ReadSession) -> list[tuple[Challenge, int]]:
    """Return the selections about which something changed since they were looked through.

    Each with the last row of the journal that it is looked through up to.
    """
    until = last_id(session)
    found = select(Challenge).where(Challenge.state == ChallengeState.IN_SELECTION)
    open_ones = list(session.scalars(found.order_by(Challenge.id)))
    seen = {one.challenge_id: one.journal_id for one in session.scalars(select(SuspectedUpTo))}
    oldest = min((seen[one.id] for one in open_ones if one.id in seen), default=until)
    happened = select(JournalRow.id).where(
        JournalRow.id > oldest, JournalRow.event.in_(sorted(CHANGES))
    )
    last = max(session.scalars(happened), default=0)
    return [(one, until) for one in open_ones if one.id not in seen or seen[one.id] < last]
