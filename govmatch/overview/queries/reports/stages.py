"""How far applications came, from the opening to the outcome of their pilot."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from govmatch.applications.models import ASSESSING, Application
from govmatch.applications.models import State as Applied
from govmatch.decisions.models import Answer, Decision, Determination, Outcome, Reply
from govmatch.decisions.models import State as DecisionState
from govmatch.kit.db import ReadSession
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope, with_opened
from govmatch.pilots.models import Pilot
from govmatch.reviews.models import Review
from govmatch.reviews.models import State as Reviewed


class Stage(StrEnum):
    """Each stage counts what came this far or further."""

    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    IN_REVIEW = "in_review"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    CONFIRMED = "confirmed"
    PILOT = "pilot"
    OUTCOME = "outcome"


PASSED = (
    Applied.IN_REVIEW,
    Applied.SHORTLISTED,
    Applied.SELECTED,
    Applied.RESERVE,
    Applied.NOT_SELECTED,
    Applied.CONFIRMED,
    Applied.DECLINED,
)


def funnel(session: ReadSession, scope: Scope) -> dict[Stage, int]:
    """Return how many applications reached each stage: what is kept, or counted anew."""
    return kept(session, ("funnel", scope), lambda: _funnel(session, with_opened(session, scope)))


def _funnel(session: ReadSession, scope: Scope) -> dict[Stage, int]:
    """Return it in two statements.

    How far the assessment had come is kept with each application when it is decided on, so that
    one that was on the shortlist and not selected still counts there. What was selected counts
    up to there whatever was kept: it is taken out of what was counted of all, and put back.
    """
    every = session.execute(select(*_came_to()).where(scope.applications)).one()
    chosen = session.execute(_chosen(scope)).one()
    return {
        Stage.SUBMITTED: every.n,
        Stage.ELIGIBLE: every.passed - chosen.passed + chosen.n,
        Stage.IN_REVIEW: every.assessed - chosen.assessed + chosen.reviewed,
        Stage.SHORTLISTED: every.shortlisted - chosen.shortlisted + chosen.n,
        Stage.SELECTED: chosen.n,
        Stage.CONFIRMED: chosen.confirmed,
        Stage.PILOT: chosen.agreed,
        Stage.OUTCOME: chosen.ended,
    }


def _came_to() -> tuple[Label[int], ...]:
    """How many there are, and how many came how far in their assessment.

    All of it stands in indexes; the rows themselves are long by their answers.
    """
    has_passed = came_to.in_([state.value for state in PASSED])
    return (
        func.count().label("n"),
        _number_of(has_passed).label("passed"),
        _number_of(and_(has_passed, _is_reviewed)).label("assessed"),
        _number_of(came_to == Applied.SHORTLISTED).label("shortlisted"),
    )


def _chosen(scope: Scope) -> Select[*tuple[int, ...]]:
    """What was selected: nothing else is confirmed later, or has a pilot."""
    return select(
        *_came_to(),
        _number_of(_is_reviewed).label("reviewed"),
        _number_of(Application.id.in_(_confirmed_ids)).label("confirmed"),
        _number_of(Application.id.in_(_piloted(Pilot.agreed_at))).label("agreed"),
        _number_of(Application.id.in_(_piloted(Pilot.outcome))).label("ended"),
    ).where(scope.applications, Application.id.in_(selected_ids))


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _piloted(moment: InstrumentedAttribute[Any]) -> Select[int]:
    return select(Pilot.application_id).where(moment.is_not(None))


came_to = case(
    (Application.state.in_(sorted(state.value for state in ASSESSING)), Application.state),
    else_=func.coalesce(Application.assessed_as, Application.state),
)
"""How far an application came in its assessment, as a state."""
selected_ids = (
    select(Determination.application_id)
    .join(Decision, Decision.id == Determination.decision_id)
    .where(Determination.outcome == Outcome.SELECTED, Decision.state == DecisionState.RELEASED)
)
_confirmed_ids = select(Answer.application_id).where(Answer.answer == Reply.CONFIRMED)
_is_reviewed = exists().where(
    Review.application_id == Application.id, Review.state != Reviewed.RECUSED
)
