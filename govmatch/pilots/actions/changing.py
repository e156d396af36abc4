"""Other dates and amounts while a pilot runs: one side proposes, the other agrees or declines.

What was accepted is frozen. A change that is agreed gives the plan a new revision, to which both
sides have agreed: the one by proposing, the other by its answer.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import plan, queries, rules
from govmatch.pilots.actions.holding import CHANGED, hold, require_revision
from govmatch.pilots.events import (
    ChangeAgreed,
    ChangeDeclined,
    ChangeProposed,
    ChangeWithdrawn,
)
from govmatch.pilots.models import SETTLED, Change, ChangeState, Milestone, Pilot, Side

MAX_REASON = 2_000


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One milestone with the day and the amount that it is to have."""

    milestone: Milestone
    due: date
    amount: int


def propose_change(
    session: Session,
    pilot: Pilot,
    wishes: Sequence[Wish],
    *,
    ends: date,
    reason: str,
    revision: int,
    lang: Lang,
    actor: Actor,
    now: datetime,
) -> Change:
    """Ask the other side for other days, amounts or another end; nothing changes until it agrees.

    Refused for what was accepted, beyond the budget and outside the time of the pilot (`Invalid`,
    by field), where nothing would change, and while another change waits.
    """
    hold(session, pilot)
    is_one_open = queries.open_change(session, pilot) is not None
    require(rules.may_propose_change(actor, pilot, is_one_open=is_one_open))
    require_revision(pilot, revision)
    _check(session, pilot, wishes, ends, reason, lang=lang)
    side = rules.side_of(actor, pilot)
    assert side is not None
    change = Change(
        pilot=pilot,
        number=_next_number(session, pilot),
        revision=revision,
        side=side.value,
        by=actor.person_id,
        at=now,
        reason=reason.strip(),
        ends=ends,
        was_ends=pilot.ends,
        milestones=[_kept(wish) for wish in wishes if _differs(wish)],
    )
    session.add(change)
    session.flush()
    event = ChangeProposed(subject_id=pilot.id, change_id=change.id, side=side.value)
    journal.record(session, event, actor=actor, now=now)
    return change


def agree_to_change(
    session: Session, pilot: Pilot, change: Change, *, actor: Actor, now: datetime
) -> None:
    """Put a proposed change into the plan, which has a new revision that both sides agreed to.

    Raises `Conflict` where a milestone of it was delivered and accepted meanwhile.
    """
    _begin_answer(session, pilot, change)
    require(rules.may_answer_change(actor, pilot, change))
    by_number = {one.number: one for one in queries.milestones(session, pilot)}
    touched = [(by_number[int(one["number"])], one) for one in change.milestones]
    if change.revision != pilot.revision or any(one.state in SETTLED for one, _ in touched):
        raise Conflict(msg("A milestone of this change was accepted meanwhile. Propose it anew."))
    for milestone, wanted in touched:
        milestone.due, milestone.amount = date.fromisoformat(wanted["due"]), int(wanted["amount"])
        milestone.reminded = None
    pilot.ends = change.ends
    pilot.revision += 1
    proposer, answerer = change.by, actor.person_id
    firm_proposed = change.side == Side.FIRM
    pilot.firm_agreed_by = proposer if firm_proposed else answerer
    pilot.authority_agreed_by = answerer if firm_proposed else proposer
    pilot.firm_agreed_at = change.at if firm_proposed else now
    pilot.authority_agreed_at = now if firm_proposed else change.at
    _answer(change, ChangeState.AGREED, actor=actor, now=now)
    event = ChangeAgreed(subject_id=pilot.id, change_id=change.id, revision=pilot.revision)
    journal.record(session, event, actor=actor, now=now)


def decline_change(
    session: Session, pilot: Pilot, change: Change, *, answer: str, actor: Actor, now: datetime
) -> None:
    """Leave the plan as it is, and tell the other side why."""
    _begin_answer(session, pilot, change)
    require(rules.may_answer_change(actor, pilot, change))
    change.answer = _said(answer, "answer", msg("Please say why."))
    _answer(change, ChangeState.DECLINED, actor=actor, now=now)
    event = ChangeDeclined(subject_id=pilot.id, change_id=change.id)
    journal.record(session, event, actor=actor, now=now)


def withdraw_change(
    session: Session, pilot: Pilot, change: Change, *, actor: Actor, now: datetime
) -> None:
    """Take a change back that was not answered yet."""
    _begin_answer(session, pilot, change)
    require(rules.may_withdraw_change(actor, pilot, change))
    _answer(change, ChangeState.WITHDRAWN, actor=actor, now=now)
    event = ChangeWithdrawn(subject_id=pilot.id, change_id=change.id)
    journal.record(session, event, actor=actor, now=now)


def _begin_answer(session: Session, pilot: Pilot, change: Change) -> None:
    hold(session, pilot)
    session.refresh(change)
    if change.state != ChangeState.OPEN:
        raise Conflict(msg("This change was answered already."))


def _answer(change: Change, state: ChangeState, *, actor: Actor, now: datetime) -> None:
    change.state = state.value
    change.answered_by, change.answered_at = actor.person_id, now


def _check(
    session: Session,
    pilot: Pilot,
    wishes: Sequence[Wish],
    ends: date,
    reason: str,
    *,
    lang: Lang,
) -> None:
    """Raise `Invalid` with what is wrong, by field; `Conflict` where a day was accepted since."""
    wanted = {wish.milestone.id: wish for wish in wishes}
    every = queries.milestones(session, pilot)
    if any(one.state in SETTLED and one.id in wanted for one in every):
        raise Conflict(CHANGED)
    errors: dict[str, Message] = {}
    dues = [wanted[one.id].due if one.id in wanted else one.due for one in every]
    if fault := plan.days_fault(pilot.starts, ends, ()):
        errors["ends"] = fault
    for one, due in zip(every, dues, strict=True):
        if fault := plan.due_fault(due, pilot.starts, ends):
            errors[f"due-{one.number}" if one.id in wanted else "ends"] = fault
    spent = sum(wanted[one.id].amount if one.id in wanted else one.amount for one in every)
    if spent > pilot.budget:
        budget, total = (money_text(n, pilot.currency, lang) for n in (pilot.budget, spent))
        text = msg("Together that is {total}; the budget is {budget}.", total=total, budget=budget)
        for wish in wishes:
            if wish.amount > wish.milestone.amount:
                errors.setdefault(f"amount-{wish.milestone.number}", text)
    if not errors and ends == pilot.ends and not any(_differs(wish) for wish in wishes):
        errors["reason"] = msg("Nothing would change.")
    if errors:
        raise Invalid(errors)
    _said(reason, "reason", msg("Please say why."))


def _said(text: str, field: str, otherwise: Message) -> str:
    said = text.strip()
    if not said:
        raise Invalid({field: otherwise})
    if len(said) > MAX_REASON:
        raise Invalid({field: msg("At most {limit} characters fit here.", limit=MAX_REASON)})
    return said


def _differs(wish: Wish) -> bool:
    return (wish.due, wish.amount) != (wish.milestone.due, wish.milestone.amount)


def _kept(wish: Wish) -> dict[str, object]:
    return {
        "number": wish.milestone.number,
        "due": wish.due.isoformat(),
        "amount": wish.amount,
        "was_due": wish.milestone.due.isoformat(),
        "was_amount": wish.milestone.amount,
    }


def _next_number(session: Session, pilot: Pilot) -> int:
    found = select(func.coalesce(func.max(Change.number), 0)).where(Change.pilot_id == pilot.id)
    return session.execute(found).scalar_one() + 1
