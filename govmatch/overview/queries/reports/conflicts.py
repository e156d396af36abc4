"""How many conflicts of interest there are in each selection: numbers, never whose."""

from collections import Counter, defaultdict

from sqlalchemy import func, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope, with_opened
from govmatch.reviews.models import Conflict, ConflictKind, Declaration
from govmatch.reviews.suspicion_models import Suspicion, SuspicionState


@dataclass(frozen=True)
class Conflicts:
    """Of one challenge: pairs of a person and an application, but `declarations` are of people.

    `declared` by the person, `members` of the firm that applied, `found` by those who run the
    selection; `inferred` from what the site knows, each of which is open, confirmed or cleared;
    `cleared` were noted wrongly.
    """

    challenge_id: int
    declarations: int
    declared: int
    members: int
    found: int
    cleared: int
    inferred_open: int
    inferred_confirmed: int
    inferred_cleared: int

    @property
    def inferred(self) -> int:
        return self.inferred_open + self.inferred_confirmed + self.inferred_cleared


def conflicts(session: ReadSession, scope: Scope) -> list[Conflicts]:
    """Return them by challenge, the latest opening first, without challenges that have none."""
    return kept(
        session, ("conflicts", scope), lambda: _conflicts(session, with_opened(session, scope))
    )


def _conflicts(session: ReadSession, scope: Scope) -> list[Conflicts]:
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    noted = (
        select(Application.challenge_id, Conflict.kind, func.count())
        .join(Conflict, Conflict.application_id == Application.id)
        .where(scope.applications)
        .group_by(Application.challenge_id, Conflict.kind)
    )
    suspected = (
        select(Application.challenge_id, Suspicion.state, func.count())
        .join(Suspicion, Suspicion.application_id == Application.id)
        .where(scope.applications)
        .group_by(Application.challenge_id, Suspicion.state)
    )
    for challenge, kind, n in session.execute(noted):
        numbers[challenge][kind] = n
    for challenge, state, n in session.execute(suspected):
        numbers[challenge][f"inferred {state}"] = n
    said = (
        select(Declaration.challenge_id, func.count())
        .join(Challenge, Challenge.id == Declaration.challenge_id)
        .where(scope.unclouded, Challenge.opened_at.is_not(None))
        .group_by(Declaration.challenge_id)
    )
    for challenge, n in session.execute(said):
        numbers[challenge]["declarations"] = n
    order = {number: place for place, number in enumerate(reversed(scope.opened or ()))}
    return [
        _of(number, numbers[number])
        for number in sorted(numbers, key=lambda one: order.get(one, len(order)))
    ]


def _of(number: int, kinds: Counter[str]) -> Conflicts:
    return Conflicts(
        number,
        declarations=kinds["declarations"],
        declared=kinds[ConflictKind.DECLARED],
        members=kinds[ConflictKind.MEMBER],
        found=kinds[ConflictKind.FOUND],
        cleared=kinds[ConflictKind.CLEARED],
        inferred_open=kinds[f"inferred {SuspicionState.OPEN}"],
        inferred_confirmed=kinds[f"inferred {SuspicionState.CONFIRMED}"],
        inferred_cleared=kinds[f"inferred {SuspicionState.CLEARED}"],
    )
