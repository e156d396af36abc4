"""Writing to the other side of a pilot."""

from datetime import datetime

from govmatch.correspondence import actions as correspondence
from govmatch.correspondence.models import Message
from govmatch.correspondence.rules import Side
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.pilots import rules
from govmatch.pilots.events import PilotMessageSent
from govmatch.pilots.models import Pilot

SUBJECT = "pilot"
"""What threads about pilots are called."""


def write(
    session: Session, pilot: Pilot, text: str, *, actor: Actor, now: datetime, real_now: datetime
) -> Message:
    """Add a message of the actor's side; the other side is told that there is one.

    Refused to mentors and auditors. Raises `Invalid` for no text or too much, and `TooMany` beyond
    30 an hour.
    """
    require(rules.may_write(actor, pilot))
    side = Side(str(rules.side_of(actor, pilot)))
    message = correspondence.write(
        session, SUBJECT, pilot.id, text, side=side, actor=actor, now=now, real_now=real_now
    )
    event = PilotMessageSent(subject_id=pilot.id, message_id=message.id, side=side.value)
    journal.record(session, event, actor=actor, now=now)
    return message
