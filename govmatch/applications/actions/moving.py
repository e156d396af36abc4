"""Setting the state of an application: the one way for the packages above."""

from datetime import datetime

from govmatch.applications.events import ApplicationMoved
from govmatch.applications.models import ASSESSING, NEXT_STATES, Application, State
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg


def may_follow(application: Application, to: State) -> bool:
    """True where the table of states lets the application go there from where it is."""
    return to in NEXT_STATES[State(application.state)]


def leave_assessment(application: Application) -> None:
    """Keep how far the assessment had come, now that it is decided on or withdrawn."""
    if application.state in ASSESSING:
        application.assessed_as = application.state


def move(
    session: Session, application: Application, to: State, *, actor: Actor, now: datetime
) -> None:
    """Set the application's state; who may do so, the caller has asked.

    Raises `Conflict` where the table of states does not lead from its present state to this one,
    as when somebody else has moved it or the firm has withdrawn it meanwhile.
    """
    before = State(application.state)
    if to not in NEXT_STATES[before]:
        raise Conflict(msg("The application has changed meanwhile. Please look at it again."))
    if to in ASSESSING:
        application.assessed_as = None
    else:
        leave_assessment(application)
    application.state = to.value
    event = ApplicationMoved(application.id, from_state=before.value, to_state=to.value)
    journal.record(session, event, actor=actor, now=now)
