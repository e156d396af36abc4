"""What may be a conflict of interest is written down, and a manager says whether it is one."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.reviews import events, queries, rules
from govmatch.reviews.actions.conflicts import note
from govmatch.reviews.models import ConflictKind
from govmatch.reviews.queries import suspecting, suspicions
from govmatch.reviews.suspicion_models import SuspectedUpTo, Suspicion, SuspicionState


def suspect(
    session: Session,
    challenge: Challenge,
    *,
    content_dir: Path,
    now: datetime,
    real_now: datetime,
) -> int:
    """Write down what is suspected between the jury and the applications; return how many are new.

    What is a conflict already is left out. An open suspicion goes when nothing speaks for it any
    more; a cleared one opens again when something else is found. Harmless when run twice.
    """
    here = select(Application).where(
        Application.challenge_id == challenge.id,
        Application.state.in_(sorted(rules.RANKED)),
        Application.emptied_at.is_(None),
    )
    applications = list(session.scalars(here.order_by(Application.id)))
    people = [one.person for one in queries.jury(session, challenge, now=real_now)]
    found = suspecting.suspected(
        session, challenge, applications, people, content_dir=content_dir, now=real_now
    )
    closed = queries.closed_among(session, applications, [one.id for one in people], now=real_now)
    kept = suspicions.kept_suspicions(session, [one.id for one in applications])
    for pair, row in kept.items():
        if row.state == SuspicionState.OPEN and (pair not in found or pair in closed):
            session.delete(row)
    new = 0
    for pair, kinds in found.items():
        if pair not in closed:
            new += _keep(session, pair, [one.value for one in kinds], kept.get(pair), now=now)
    session.flush()
    return new


def _keep(
    session: Session,
    pair: suspecting.Pair,
    kinds: list[str],
    row: Suspicion | None,
    *,
    now: datetime,
) -> bool:
    """Write one suspicion down; return whether somebody has to look at it anew."""
    if row is not None and set(kinds) <= set(row.kinds):
        return False
    is_new = row is None or row.state != SuspicionState.OPEN
    if row is None:
        row = Suspicion(application_id=pair[0], person_id=pair[1], reason="")
        session.add(row)
    row.kinds, row.state, row.found_at = kinds, SuspicionState.OPEN.value, now
    if is_new:
        event = events.ConflictSuspected(pair[0], person_id=pair[1], kinds=tuple(kinds))
        journal.record(session, event, actor=VISITOR, now=now)
    return is_new


def suspect_changed(
    session: Session, *, content_dir: Path, now: datetime, real_now: datetime
) -> int:
    """Look through the selections about which something changed; return how many there were."""
    changed = suspicions.to_suspect(session)
    for challenge, until in changed:
        suspect(session, challenge, content_dir=content_dir, now=now, real_now=real_now)
        session.merge(SuspectedUpTo(challenge_id=challenge.id, journal_id=until))
    session.flush()
    return len(changed)


def confirm_suspicion(
    session: Session,
    application: Application,
    person_id: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Say that it is a conflict of interest: the application is closed to the person at once.

    Raises `NotAllowed`, `Invalid` without a reason, and `Conflict` where it is decided already.
    """
    row = _open(session, application, person_id, reason, actor=actor)
    note(
        session, application, person_id,
        kind=ConflictKind.FOUND, reason=reason, actor=actor, now=now,
    )  # fmt: skip
    _settle(row, SuspicionState.CONFIRMED, reason, actor=actor, now=now)
    event = events.SuspicionConfirmed(application.id, person_id=person_id)
    journal.record(session, event, actor=actor, now=now)


def clear_suspicion(
    session: Session,
    application: Application,
    person_id: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Say that it is no conflict; it stays so until something else is found about the two.

    Raises the same as `confirm_suspicion`.
    """
    row = _open(session, application, person_id, reason, actor=actor)
    _settle(row, SuspicionState.CLEARED, reason, actor=actor, now=now)
    event = events.SuspicionCleared(application.id, person_id=person_id)
    journal.record(session, event, actor=actor, now=now)


def _open(
    session: Session, application: Application, person_id: int, reason: str, *, actor: Actor
) -> Suspicion:
    held = select(Application.id).where(Application.id == application.id)
    session.execute(held.with_for_update())
    require(rules.may_settle_suspicion(actor, application.challenge, person_id))
    row = suspicions.suspicion_of(session, application.id, person_id)
    if row is None or row.state != SuspicionState.OPEN:
        raise Changed(msg("Somebody has decided about this already."))
    if not reason:
        raise Invalid({"suspicion_reason": msg("Please say why.")})
    return row


def _settle(
    row: Suspicion, state: SuspicionState, reason: str, *, actor: Actor, now: datetime
) -> None:
    row.state, row.by, row.at = state.value, actor.person_id, now
    row.reason = "\n\n".join(part for part in (row.reason, reason) if part)
