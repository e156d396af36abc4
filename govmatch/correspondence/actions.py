"""Writing in a thread."""

from datetime import datetime, timedelta

from govmatch.correspondence import queries
from govmatch.correspondence.models import Message, Thread
from govmatch.correspondence.rules import MOST_AN_HOUR, Side, wrong_with
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.markdown import render

_LIMIT = Limit("messages", MOST_AN_HOUR, timedelta(hours=1))


def write(
    session: Session,
    subject_kind: str,
    subject_id: int,
    text: str,
    *,
    side: Side,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Message:
    """Add a message to the thread about one thing, which is made where there is none.

    For the package of the subject, which has asked its own rule, and which records that a message
    was sent. Raises `Invalid` for no text or too much, and `TooMany` beyond 30 an hour.
    """
    if wrong := wrong_with(text):
        raise Invalid(wrong)
    spend(session, _LIMIT, str(actor.person_id), now=real_now)
    message = Message(
        public_id=public_id(),
        thread=_thread(session, subject_kind, subject_id, now=now),
        side=side.value,
        by=actor.person_id,
        at=now,
        text=text.strip(),
        html=render(text),
    )
    session.add(message)
    session.flush()
    return message


def _thread(session: Session, kind: str, subject_id: int, *, now: datetime) -> Thread:
    found = queries.find(session, kind, subject_id)
    if found is None:
        found = Thread(
            public_id=public_id(), subject_kind=kind, subject_id=subject_id, created_at=now
        )
        session.add(found)
        session.flush()
    return found
