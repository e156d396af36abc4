"""Asking to join a firm, and the answer. `real_now` is the machine's time, as for roles."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Person, Role
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.organisations import rules
from govmatch.organisations.events import JoinAccepted, JoinAsked, JoinDeclined, JoinWithdrawn
from govmatch.organisations.models import Firm, JoinRequest, JoinState
from govmatch.organisations.queries.joining import OPEN_FOR, last_request

ASKING = Limit("join_requests", 5, timedelta(days=1))
AGAIN_AFTER = timedelta(days=30)
"""How long somebody whom a firm declined has to wait before asking it again."""
KEPT = timedelta(days=120)
"""How long a request is kept after it was made, whatever became of it."""
OVER = msg("This request has been answered or taken back already.")


def ask_to_join(
    session: Session, firm: Firm, *, note: str, actor: Actor, now: datetime, real_now: datetime
) -> JoinRequest:
    """Let whoever leads the firm know that somebody wants to belong to it; nothing else changes.

    Asked twice it is one request, with the newer note. Refused for 30 days after the firm declined;
    raises `TooMany` after five a day by one person.
    """
    require(rules.may_ask_to_join(actor, firm))
    assert actor.person_id is not None
    session.refresh(firm, with_for_update=True)
    before = last_request(session, firm, actor.person_id)
    if before is not None and _is_open(before, real_now):
        before.note = note
        return before
    if before is not None and before.state == JoinState.DECLINED:
        _wait(before, real_now)
    spend(session, ASKING, str(actor.person_id), now=real_now)
    if before is not None and before.state == JoinState.ASKED:  # nobody answered it in its time
        before.state = JoinState.WITHDRAWN.value
        session.flush()
    request = JoinRequest(
        public_id=public_id(),
        firm_id=firm.id,
        person_id=actor.person_id,
        note=note,
        state=JoinState.ASKED.value,
        asked_at=real_now,
    )
    session.add(request)
    session.flush()
    event = JoinAsked(subject_id=request.id, firm_id=firm.id)
    journal.record(session, event, actor=actor, now=now)
    return request


def _is_open(request: JoinRequest, real_now: datetime) -> bool:
    return request.state == JoinState.ASKED and request.asked_at > real_now - OPEN_FOR


def _wait(before: JoinRequest, real_now: datetime) -> None:
    if before.answered_at is not None and before.answered_at > real_now - AGAIN_AFTER:
        raise NotAllowed(
            msg("The firm has declined your request. You can ask it again after 30 days.")
        )


def accept_join(
    session: Session,
    firm: Firm,
    request: JoinRequest,
    role: Role,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Take somebody into the firm who asked for it; whoever leads it.

    Raises `Conflict` when somebody else answered meanwhile, it was taken back, or the account of
    who asked is closed.
    """
    require(rules.may_manage(actor, firm))
    person = session.get_one(Person, request.person_id)
    if person.disabled_at is not None:
        raise Conflict(msg("This account is closed. Choose somebody else."))
    _answer(session, request, JoinState.ACCEPTED, by=actor, real_now=real_now)
    event = JoinAccepted(subject_id=request.id, firm_id=firm.id, role=role.value)
    journal.record(session, event, actor=actor, now=now)
    give_role(
        session, person, role, "firm", firm.id,
        actor=actor, now=now, real_now=real_now, object_label=firm.name,
    )  # fmt: skip


def decline_join(
    session: Session,
    firm: Firm,
    request: JoinRequest,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Say no; who asked is told so, and may ask again after 30 days."""
    require(rules.may_manage(actor, firm))
    _answer(session, request, JoinState.DECLINED, by=actor, real_now=real_now)
    event = JoinDeclined(subject_id=request.id, firm_id=firm.id)
    journal.record(session, event, actor=actor, now=now)


def withdraw_join(
    session: Session, request: JoinRequest, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Take one's own request back."""
    if request.person_id != actor.person_id:
        raise NotAllowed(msg("Somebody else asked for this."))
    _answer(session, request, JoinState.WITHDRAWN, by=actor, real_now=real_now)
    event = JoinWithdrawn(subject_id=request.id, firm_id=request.firm_id)
    journal.record(session, event, actor=actor, now=now)


def _answer(
    session: Session, request: JoinRequest, state: JoinState, *, by: Actor, real_now: datetime
) -> None:
    """Let a request have one answer, however many are given at the same moment."""
    answered = session.execute(
        update(JoinRequest)
        .where(JoinRequest.id == request.id, JoinRequest.state == JoinState.ASKED)
        .values(state=state.value, answered_at=real_now, answered_by=by.person_id)
        .returning(JoinRequest.id)
    )
    if answered.first() is None:
        raise Conflict(OVER)
    session.refresh(request)


def forget_joins(session: Session, *, real_now: datetime) -> None:
    """Delete requests of 120 days ago with their notes; the journal keeps that there were some."""
    session.execute(delete(JoinRequest).where(JoinRequest.asked_at <= real_now - KEPT))
