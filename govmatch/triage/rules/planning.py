"""What an act on one or many applications will change and what it will not, and why. Pure."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from govmatch.applications.models import NEXT_STATES, Application, State
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.triage.rules.roles import may_read, may_run, may_work

STEPS: Mapping[State, frozenset[State]] = {
    State.SUBMITTED: frozenset({State.IN_REVIEW, State.INELIGIBLE}),
    State.IN_REVIEW: frozenset({State.SUBMITTED, State.SHORTLISTED, State.INELIGIBLE}),
    State.SHORTLISTED: frozenset({State.IN_REVIEW, State.INELIGIBLE}),
    State.INELIGIBLE: frozenset({State.SUBMITTED, State.IN_REVIEW, State.SHORTLISTED}),
}
"""Where a manager may put an application by hand. Incomplete is entered and left by a request, and
all later states by a decision.
"""

MOST_TAGS = 12

Value = str | int | list[str] | None
"""What an act changes: a state, a person's id (None: nobody), or the tags."""


class Kind(StrEnum):
    STATE = "state"
    HANDLER = "handler"
    TAG = "tag"
    UNTAG = "untag"


@dataclass(frozen=True)
class Change:
    """What is to be done: a state, a person's id as text ("" for nobody), or a tag's word."""

    kind: Kind
    to: str


@dataclass(frozen=True)
class Case:
    """An application with how far staff are with it."""

    application: Application
    revision: int
    handler_id: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """One application of an act: what it has and what it would get; `why` it stays as it is."""

    case: Case
    before: Value
    after: Value
    why: Message | None

    @property
    def will_change(self) -> bool:
        return self.why is None


def steps_from(application: Application) -> list[State]:
    """Return the states that a manager may choose for an application, in the order of the way."""
    return [state for state in State if state in STEPS.get(State(application.state), ())]


def may_move(actor: Actor, application: Application, to: State) -> Ruling:
    """A manager, along the steps that are made by hand."""
    ruling = may_run(actor, application)
    if not ruling:
        return ruling
    now = State(application.state)
    if to == now:
        return No(msg("It is in this state already."))
    if now == State.INCOMPLETE:
        return No(msg("It waits for the firm. Settle the request first."))
    if to == State.INCOMPLETE:
        return No(msg("Ask the firm for what is missing, then it waits for the answer."))
    if to not in STEPS.get(now, frozenset()) or to not in NEXT_STATES[now]:
        return No(msg("This step is not possible from its present state."))
    return YES


def may_assign(
    actor: Actor, case: Case, person_id: int | None, *, can_handle: Collection[int]
) -> Ruling:
    """A manager, to somebody who works on the challenge and has no conflict, or to nobody.

    `can_handle` holds the ids of the applications that this person may look after.
    """
    if not may_read(actor, case.application):
        return may_run(actor, case.application)
    ruling = may_run(actor, case.application)
    if not ruling:
        return ruling
    if person_id == case.handler_id:
        return No(
            msg("It is with this person already.")
            if person_id
            else msg("Nobody looks after it already.")
        )
    if person_id is not None and case.application.id not in can_handle:
        return No(msg("This person cannot look after this application."))
    return YES


def may_tag(actor: Actor, case: Case, word: str) -> Ruling:
    """Managers, and staff and approvers of the authority; at most twelve tags."""
    ruling = may_work(actor, case.application)
    if not ruling:
        return ruling
    if word in case.tags:
        return No(msg("It has this tag already."))
    if len(case.tags) >= MOST_TAGS:
        return No(msg("An application has at most {n} tags.", n=MOST_TAGS))
    return YES


def may_untag(actor: Actor, case: Case, word: str) -> Ruling:
    ruling = may_work(actor, case.application)
    if ruling and word not in case.tags:
        return No(msg("It does not have this tag."))
    return ruling


def plan(
    cases: Sequence[Case], change: Change, *, actor: Actor, can_handle: Collection[int] = ()
) -> list[Planned]:
    """Return for each application what an act would do to it; nothing is changed."""
    return [_planned(case, change, actor=actor, can_handle=can_handle) for case in cases]


def _planned(case: Case, change: Change, *, actor: Actor, can_handle: Collection[int]) -> Planned:
    ruling = _ruling(case, change, actor=actor, can_handle=can_handle)
    why = ruling.reason if isinstance(ruling, No) else None
    return Planned(case, value_of(case, change.kind), _after(case, change), why)


def _ruling(case: Case, change: Change, *, actor: Actor, can_handle: Collection[int]) -> Ruling:
    match change.kind:
        case Kind.STATE:
            return may_move(actor, case.application, State(change.to))
        case Kind.HANDLER:
            return may_assign(actor, case, person_of(change), can_handle=can_handle)
        case Kind.TAG:
            return may_tag(actor, case, change.to)
    return may_untag(actor, case, change.to)


def person_of(change: Change) -> int | None:
    return int(change.to) if change.to else None


def value_of(case: Case, kind: Kind) -> Value:
    """Return what an application has now of what such an act changes."""
    match kind:
        case Kind.STATE:
            return case.application.state
        case Kind.HANDLER:
            return case.handler_id
    return sorted(case.tags)


def _after(case: Case, change: Change) -> Value:
    match change.kind:
        case Kind.STATE:
            return change.to
        case Kind.HANDLER:
            return person_of(change)
        case Kind.TAG:
            return sorted({*case.tags, change.to})
    return sorted(set(case.tags) - {change.to})
