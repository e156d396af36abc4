"""Who comes next with a challenge, and what they do; for one reader of the desk."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from govmatch.challenges import rules
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules import Phase
from govmatch.challenges.rules.answering import answers_by, answers_for
from govmatch.challenges.rules.desk import takes_part_in_opening
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass


class Act(StrEnum):
    """What the reader can do next, most pressing first."""

    APPROVE = "approve"
    PUBLISH = "publish"
    OPEN = "open"
    ANSWER = "answer"
    MEND = "mend"
    WRITE = "write"


@dataclass(frozen=True)
class NextStep:
    """What comes next in words; `act` is None where it waits for somebody else, or for time."""

    act: Act | None
    words: Message


YOURS: dict[Act, Message] = {
    Act.APPROVE: msg("Waits for your approval"),
    Act.PUBLISH: msg("Waits for you to publish it"),
    Act.OPEN: msg("The deadline has passed: open the applications"),
    Act.ANSWER: msg("Questions wait for your answer"),
    Act.MEND: msg("Was returned: change it and submit it again"),
    Act.WRITE: msg("Go on writing, then submit it for approval"),
}

OVERDUE = msg("Questions wait for your answer, and the day for it is over")
ANSWERED_IN = frozenset({Phase.SCHEDULED, Phase.OPEN, Phase.CLOSED, Phase.IN_SELECTION})

LATER: dict[Phase, Message] = {
    Phase.SCHEDULED: msg("Opens by itself"),
    Phase.OPEN: msg("Takes applications until the deadline"),
    Phase.CLOSED: msg("The deadline has passed"),
    Phase.IN_SELECTION: msg("The jury is at work"),
    Phase.DECIDED: msg("The decision is out"),
    Phase.PILOTING: msg("Pilots are running"),
    Phase.COMPLETED: msg("Nothing more is to do"),
    Phase.DID_NOT_PROCEED: msg("Nothing more is to do"),
    Phase.CANCELLED: msg("Nothing more is to do"),
    Phase.ARCHIVED: msg("Nothing more is to do"),
}


def next_step(
    challenge: Challenge, *, actor: Actor, own_approvers: Collection[int], now: datetime
) -> NextStep:
    """Return what comes next, seen by this actor."""
    match State(challenge.state):
        case State.IN_REVIEW:
            if rules.may_approve(actor, challenge, own_approvers=own_approvers):
                return NextStep(Act.APPROVE, YOURS[Act.APPROVE])
            return NextStep(None, msg("Waits for somebody who approves"))
        case State.APPROVED:
            if rules.may_publish(actor, challenge):
                return NextStep(Act.PUBLISH, YOURS[Act.PUBLISH])
            return NextStep(None, msg("Waits for the programme manager to publish it"))
        case State.DRAFT | State.RETURNED:
            return _writing(challenge, actor)
    return _after(challenge, actor, now)


def _writing(challenge: Challenge, actor: Actor) -> NextStep:
    if challenge.source_path is not None:
        return NextStep(None, msg("Is written in files"))
    if not rules.may_edit(actor, challenge):
        return NextStep(None, msg("Is being written by its authority"))
    act = Act.MEND if challenge.state == State.RETURNED else Act.WRITE
    return NextStep(act, YOURS[act])


def _after(challenge: Challenge, actor: Actor, now: datetime) -> NextStep:
    phase = rules.phase(challenge, now)
    if phase is Phase.APPROVED:
        return NextStep(None, msg("Becomes public by itself"))
    if (
        phase is Phase.CLOSED
        and challenge.opened_at is None
        and takes_part_in_opening(actor, challenge)
    ):
        return NextStep(Act.OPEN, YOURS[Act.OPEN])
    if challenge.open_questions and phase in ANSWERED_IN and answers_for(actor, challenge):
        due = answers_by(challenge)
        late = due is not None and due <= now
        return NextStep(Act.ANSWER, OVERDUE if late else YOURS[Act.ANSWER])
    return NextStep(None, LATER[phase])
