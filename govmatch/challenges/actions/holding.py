"""What every action on a challenge begins and ends with."""

from datetime import datetime

from sqlalchemy import select

from govmatch.challenges.models import NEXT_STATES, Challenge, State
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session


def hold(session: Session, challenge: Challenge) -> None:
    """Read the challenge anew and keep others from changing it until this transaction ends.

    SQLite lets in one writer at a time anyway; on PostgreSQL two acts on one challenge come one
    after the other, and the second sees what the first made of it.
    """
    session.execute(
        select(Challenge)
        .where(Challenge.id == challenge.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()  # only a row that is fetched is read anew
    session.expire(challenge, ["texts", "terms", "authority", "programme", "round", "version"])


def move(challenge: Challenge, to: State, *, now: datetime) -> State:
    """Put the challenge into a state that may follow its own, and return the one it was in.

    Raises `ValueError` where the table of states has no such step.
    """
    was = State(challenge.state)
    if to not in NEXT_STATES[was]:
        raise ValueError(f"{to} does not follow {was}")
    challenge.state = to.value
    challenge.updated_at = now
    return was


def note_editor(challenge: Challenge, actor: Actor) -> None:
    """Keep that this person wrote in it."""
    if actor.person_id is not None and actor.person_id not in challenge.editors:
        challenge.editors = [*challenge.editors, actor.person_id]
