"""Writing in the thread of an application, for the firm or for the authority."""

from datetime import datetime

from govmatch.applications import queries, rules
from govmatch.applications.events import AuthorityWrote, FirmWrote
from govmatch.applications.models import Application
from govmatch.correspondence import actions as correspondence
from govmatch.correspondence.models import Message
from govmatch.correspondence.rules import Side
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import msg

SUBJECT = "application"
"""What threads about applications are called."""


def write(
    session: Session,
    application: Application,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Message:
    """Add a message of the actor's side; the other side is told that there is one.

    Refused before the opening, and to whoever belongs to neither side or has a conflict of
    interest. Raises `Invalid` for no text or too much, and `TooMany` beyond 30 an hour.
    """
    access = queries.access_of(session, actor, [application]).get(application.id)
    side = rules.side_of(actor, application, access)
    if side is None:
        raise NotAllowed(msg("You cannot write here."))
    message = correspondence.write(
        session, SUBJECT, application.id, text,
        side=side, actor=actor, now=now, real_now=real_now,
    )  # fmt: skip
    happened = FirmWrote if side is Side.FIRM else AuthorityWrote
    journal.record(session, happened(application.id, message_id=message.id), actor=actor, now=now)
    return message
