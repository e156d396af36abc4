"""One act on many applications: previewed, applied to those that are still as previewed, undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications.models import Application
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.triage import queries, rules
from govmatch.triage.actions.changing import carry_out, keep, put
from govmatch.triage.actions.holding import handlings
from govmatch.triage.models import Handling, Move
from govmatch.triage.rules import Case, Change, Kind, Planned

MOST_AT_ONCE = 5_000


@dataclass(frozen=True)
class Seen:
    """An application by its public id, with the revision that the preview showed."""

    public_id: str
    revision: int


@dataclass(frozen=True)
class Done:
    """What an act changed, what it left as it was and why, and the act, to be undone.

    `gone` counts what was asked for and is not there for this actor.
    """

    move: Move
    changed: list[Planned]
    left: list[Planned]
    gone: int


@dataclass(frozen=True)
class Undone:
    """What stands as it did before, and what does not, with the reason."""

    back: list[Application]
    left: list[tuple[Application, Message]]


def preview(
    session: ReadSession,
    public_ids: Sequence[str],
    change: Change,
    *,
    actor: Actor,
    real_now: datetime,
) -> list[Planned]:
    """Return what an act would do to each application that the actor reads; nothing is changed.

    Raises `Invalid` for more than 5,000 at once. Each has `case.revision`, which `apply` asks for.
    """
    _check_number(len(public_ids))
    cases = queries.readable_cases(session, actor, public_ids)
    return _plan(session, cases, change, actor=actor, real_now=real_now)


def apply(
    session: Session,
    seen: Sequence[Seen],
    change: Change,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Done:
    """Do to each application what its preview said, in one transaction that is undone as one.

    What was changed since the preview, or cannot be changed, is left and named. Raises `Conflict`
    where nothing at all could be changed.
    """
    _check_number(len(seen))
    revisions = {one.public_id: one.revision for one in seen}
    found = queries.to_change(session, actor, list(revisions))
    held = handlings(session, found, now=now)
    cases = queries.cases_of(session, found)
    planned = [
        _if_seen(one, revisions[one.case.application.public_id])
        for one in _plan(session, cases, change, actor=actor, real_now=real_now)
    ]
    changed = [one for one in planned if one.will_change]
    left = [one for one in planned if not one.will_change]
    if not changed:
        raise Conflict(left[0].why if left and left[0].why else _NOTHING)
    for one in changed:
        handling = held[one.case.application.id]
        carry_out(session, one, handling, change, actor=actor, now=now)
    move = keep(session, change, changed, held, actor=actor, now=now)
    return Done(move, changed, left, gone=len(revisions) - len(found))


_NOTHING = msg("None of these applications could be changed. Please look at them again.")
_CHANGED = msg("It was changed by somebody else meanwhile.")


def _if_seen(planned: Planned, revision: int) -> Planned:
    """Leave as it is what is no longer as the preview showed it."""
    if planned.case.revision == revision:
        return planned
    return Planned(planned.case, planned.before, planned.after, _CHANGED)


def _plan(
    session: ReadSession,
    cases: Sequence[Case],
    change: Change,
    *,
    actor: Actor,
    real_now: datetime,
) -> list[Planned]:
    can_handle: frozenset[int] = frozenset()
    if change.kind is Kind.HANDLER:
        asked = [case.application for case in cases]
        person_id = rules.person_of(change)
        can_handle = queries.can_handle(session, person_id, asked, real_now=real_now)
    return rules.plan(cases, change, actor=actor, can_handle=can_handle)


def _check_number(number: int) -> None:
    if not number:
        raise Invalid({"ids": msg("Please choose at least one application.")})
    if number > MOST_AT_ONCE:
        raise Invalid({"ids": msg("At most {n} applications at once.", n=MOST_AT_ONCE)})


def undo(session: Session, move: Move, *, actor: Actor, now: datetime) -> Undone:
    """Put back what an act changed, where nothing has happened to it since; once, within a day.

    Raises `NotAllowed` to others and afterwards, and `Conflict` where nothing can be put back.
    """
    require(rules.may_undo(actor, move, now=now))
    kind = Kind(move.kind)
    found = queries.moved(session, actor, move)
    locked = queries.to_change(session, actor, [one.public_id for one in found.values()])
    held = handlings(session, locked, now=now)
    cases = {case.application.id: case for case in queries.cases_of(session, locked)}
    items = {item["application"]: item for item in move.items}
    back: list[Application] = []
    left: list[tuple[Application, Message]] = []
    for number, case in cases.items():
        why = _put_back(session, case, items[number], kind, held[number], actor=actor, now=now)
        if why is None:
            back.append(case.application)
        else:
            left.append((case.application, why))
    if not back:
        raise Conflict(msg("Nothing could be undone: everything was changed again since."))
    move.undone_at = now
    session.flush()
    return Undone(back, left)


def _put_back(
    session: Session,
    case: Case,
    item: Mapping[str, object],
    kind: Kind,
    handling: Handling,
    *,
    actor: Actor,
    now: datetime,
) -> Message | None:
    """Return why it stays as it is, or None when it stands as before."""
    before, after, revision = item["before"], item["after"], item["revision"]
    assert isinstance(revision, int)
    ruling = rules.may_put_back(
        actor, case, kind, before=_value(before), after=_value(after), revision=revision
    )
    if not ruling:
        return ruling.reason
    planned = Planned(case, _value(after), _value(before), None)
    put(session, planned, handling, kind, planned.after, actor=actor, now=now)
    return None


def _value(kept: object) -> rules.Value:
    if isinstance(kept, list):
        return [str(word) for word in kept]
    return kept if isinstance(kept, int | str) else None
