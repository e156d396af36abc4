"""What every action on a pilot begins with."""

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Message, msg
from govmatch.pilots.models import NEXT_STATES, Milestone, Pilot, State

CHANGED = msg("The plan has changed meanwhile. Look at it again; what you typed is kept below.")


def hold(session: Session, pilot: Pilot) -> None:
    """Read the pilot anew and keep others from changing it until this transaction ends.

    On SQLite a writer is alone anyway; on PostgreSQL two acts on one pilot follow each other, and
    the second sees what the first made of it. Whoever changes a part of a pilot holds the pilot.
    """
    session.execute(select(Pilot.id).where(Pilot.id == pilot.id).with_for_update())
    session.refresh(pilot)


def hold_application(session: Session, application: Application) -> None:
    """Keep an application from being withdrawn or taken twice until this transaction ends."""
    session.execute(
        select(Application.id).where(Application.id == application.id).with_for_update()
    )
    session.refresh(application)


def hold_milestone(session: Session, pilot: Pilot, milestone: Milestone) -> None:
    """Hold the pilot and read one of its milestones anew."""
    hold(session, pilot)
    session.refresh(milestone)


def require_revision(pilot: Pilot, revision: int, message: Message = CHANGED) -> None:
    """Go on only where the plan is the one that the reader saw; raises `Conflict` else."""
    if pilot.revision != revision:
        raise Conflict(message)


def move(pilot: Pilot, to: State) -> State:
    """Put the pilot into a state that may follow its own, and return the one it was in.

    Raises `ValueError` where the table of states has no such step.
    """
    was = State(pilot.state)
    if to not in NEXT_STATES[was]:
        raise ValueError(f"{to} does not follow {was}")
    pilot.state = to.value
    return was
