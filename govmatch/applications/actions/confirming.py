"""Saying that what was submitted still holds after its challenge has changed."""

from collections.abc import Collection
from datetime import datetime

from govmatch.applications import queries, rules
from govmatch.applications.actions.checking import gates_of, version_sent, wrong_with
from govmatch.applications.events import ChangesConfirmed
from govmatch.applications.models import Application, Confirmation, Version
from govmatch.kit import journal
from govmatch.kit.actor import Actor, Held
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Lang, msg


def confirm(
    session: Session,
    application: Application,
    *,
    seen: str,
    lang: Lang,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
) -> Confirmation:
    """Let the version that counts stand with the changes of its challenge, up to the one `seen`.

    Refused after the deadline, without a change that asks for it, and where the form asks for more
    by now than that version answers. Raises `Conflict` when the challenge has changed once more
    since the page was opened.
    """
    version = version_sent(session, application)
    waiting = queries.changed(session, application).to_confirm
    late = queries.late_code_of(session, application.challenge, actor, now=now)
    is_whole = version is not None and not wrong_with(application, lang, version.answers)
    require(
        rules.may_confirm(
            actor, application, is_asked=bool(waiting), is_whole=is_whole, held=held,
            gates=gates_of(session, application, now=now), now=now, late=late,
        )
    )  # fmt: skip
    if waiting[0].public_id != seen:
        raise Conflict(
            msg("The challenge has changed once more. Please read what changed, then confirm.")
        )
    assert version is not None
    made = note_confirmed(session, application, version, actor=actor, now=now)
    assert made is not None
    return made


def note_confirmed(
    session: Session, application: Application, version: Version, *, actor: Actor, now: datetime
) -> Confirmation | None:
    """Keep that a version stands with every change so far; None where no change asks for it."""
    waiting = queries.changed(session, application).to_confirm
    if not waiting:
        return None
    made = Confirmation(
        version=version, amendment=waiting[0], at=now, by=actor.person_id
    )  # the newest one stands for those before it
    session.add(made)
    session.flush()
    event = ChangesConfirmed(application.id, number=version.number, amendment_id=made.amendment_id)
    journal.record(session, event, actor=actor, now=now)
    return made
