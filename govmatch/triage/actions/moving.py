"""Acts on one application: its state, who looks after it, its tags. Each can be undone for a day.

`revision` is that of the page the act was made on; raises `Conflict` where somebody else has
changed the application since, so that nothing is overwritten.
"""

from datetime import datetime

from govmatch.applications.models import Application, State
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.triage import queries, rules
from govmatch.triage.actions.changing import carry_out, keep
from govmatch.triage.actions.holding import case_of, hold, require_seen
from govmatch.triage.actions.tags import clean_tag
from govmatch.triage.models import Move
from govmatch.triage.rules import Change, Kind, Planned


def move(
    session: Session,
    application: Application,
    to: State,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> Move:
    """Put the application into another state by hand, along the steps of `rules.STEPS`.

    Refused to everybody but managers of the programme, and once decisions are released.
    """
    change = Change(Kind.STATE, to.value)
    return _act(session, application, change, revision=revision, actor=actor, now=now)


def assign(
    session: Session,
    application: Application,
    person_id: int | None,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Move:
    """Make a person look after the application; None for nobody.

    Refused for who neither runs nor owns the challenge, and who has a conflict of interest.
    """
    change = Change(Kind.HANDLER, "" if person_id is None else str(person_id))
    return _act(
        session, application, change, revision=revision, actor=actor, now=now, real_now=real_now
    )


def tag(
    session: Session,
    application: Application,
    word: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> Move:
    """Put an internal word on the application; raises `Invalid` for one that cannot be a tag."""
    change = Change(Kind.TAG, clean_tag(word))
    return _act(session, application, change, revision=revision, actor=actor, now=now)


def untag(
    session: Session,
    application: Application,
    word: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> Move:
    """Take an internal word off the application."""
    change = Change(Kind.UNTAG, word)
    return _act(session, application, change, revision=revision, actor=actor, now=now)


def _act(
    session: Session,
    application: Application,
    change: Change,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime | None = None,
) -> Move:
    handling = hold(session, application, actor=actor, now=now)
    may = rules.may_run if change.kind in {Kind.STATE, Kind.HANDLER} else rules.may_work
    require(may(actor, application))
    require_seen(handling, revision)
    can_handle = (
        queries.can_handle(
            session, rules.person_of(change), [application], real_now=real_now or now
        )
        if change.kind is Kind.HANDLER
        else frozenset()
    )
    case = case_of(session, application, handling)
    (planned,) = rules.plan([case], change, actor=actor, can_handle=can_handle)
    _require(planned)
    carry_out(session, planned, handling, change, actor=actor, now=now)
    return keep(session, change, [planned], {application.id: handling}, actor=actor, now=now)


def _require(planned: Planned) -> None:
    if planned.why is not None:
        raise NotAllowed(planned.why)
