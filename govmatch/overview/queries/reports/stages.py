"""How far applications came, from the opening to the outcome of their pilot."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.decisions.models import Answer, Decision, Determination, Outcome, Reply
from govmatch.decisions.models import State as DecisionState
from govmatch.kit.db import ReadSession
from govmatch.overview.queries.reports.scope import Scope
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
    """Return how many applications reached each stage, in one statement.

    How far the assessment had come is kept with each application when it is decided on, so that
    one that was on the shortlist and not selected still counts there.
    """
    columns = [func.coalesce(func.sum(case((reached, 1), else_=0)), 0) for reached in _STAGES]
    found = session.execute(select(*columns).where(scope.applications)).one()
    return dict(zip(Stage, found, strict=True))


_came_to = func.coalesce(Application.assessed_as, Application.state)
_selected = Application.id.in_(
    select(Determination.application_id)
    .join(Decision, Decision.id == Determination.decision_id)
    .where(Determination.outcome == Outcome.SELECTED, Decision.state == DecisionState.RELEASED)
)
_eligible = or_(_came_to.in_([state.value for state in PASSED]), _selected)
_reviewed = Application.id.in_(
    select(Review.application_id).where(Review.state != Reviewed.RECUSED)
)  # fmt: skip

_STAGES: tuple[ColumnElement[bool], ...] = (
    Application.id.is_not(None),
    _eligible,
    and_(_eligible, _reviewed),
    or_(_came_to == Applied.SHORTLISTED, _selected),
    _selected,
    Application.id.in_(
        select(Answer.application_id).where(Answer.answer == Reply.CONFIRMED)
    ),
    Application.id.in_(select(Pilot.application_id).where(Pilot.agreed_at.is_not(None))),
    Application.id.in_(select(Pilot.application_id).where(Pilot.outcome.is_not(None))),
)  # fmt: skip
