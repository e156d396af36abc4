"""The steering group: a list laid before it, what its members say, and the minutes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.needs.actions.holding import said
from govmatch.needs.events import ListDecided, ListLaid, OpinionGiven
from govmatch.needs.models import Opinion, Outcome, Sitting
from govmatch.needs.queries import (
    latest,
    opinions,
    places,
    rules_of,
    running,
    sittings_so_far,
)
from govmatch.needs.rules import (
    has_vote,
    may_give_opinion,
    may_lay_list,
    may_minute,
    outcome_of,
    seat_of,
)
from govmatch.needs.survey import TOP
from govmatch.needs.wording import MAX_MINUTES, MAX_REASON
from govmatch.programmes.models import Programme


def lay_list(session: Session, programme: Programme, *, actor: Actor, now: datetime) -> Sitting:
    """Lay the first ten of the newest ranking before the steering group.

    Refused while another list lies there, and before there is a ranking with a need in it.
    """
    session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())
    is_running = running(session, programme.id) is not None
    require(may_lay_list(actor, programme, is_running=is_running))
    assert actor.person_id is not None
    ranking = latest(session, programme.id)
    first = [one.need_id for one in places(session, ranking).values() if one.score > 0][:TOP]
    if ranking is None or not first:
        raise Invalid({"": msg("There is no ranking yet that could be laid before it.")})
    ranking.is_kept = True
    sitting = Sitting(
        public_id=public_id(),
        programme_id=programme.id,
        number=sittings_so_far(session, programme.id) + 1,
        ranking_id=ranking.id,
        laid=first,
        opened_by=actor.person_id,
        opened_at=now,
    )
    session.add(sitting)
    session.flush()
    event = ListLaid(subject_id=programme.id, sitting_id=sitting.id, ranking_id=ranking.id)
    journal.record(session, event, actor=actor, now=now)
    return sitting


def give_opinion(
    session: Session,
    sitting: Sitting,
    outcome: Outcome,
    *,
    remark: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say for the actor's seat what should become of a list; a second word replaces the first.

    Chambers and associations are heard and have no vote where the programme says so. Whoever is
    for a change or a return says why.
    """
    _hold(session, sitting)
    require(may_give_opinion(actor, sitting))
    assert actor.person_id is not None
    remark = remark.strip()
    if outcome is not Outcome.ACCEPTED and not remark:
        raise Invalid({"remark": msg("Please say what should change, or why it goes back.")})
    if len(remark) > MAX_REASON:
        raise Invalid({"remark": msg("Please use at most {limit} characters.", limit=MAX_REASON)})
    seat = seat_of(actor)
    counts = has_vote(seat, rules_of(session, sitting.programme_id))
    found = select(Opinion).where(
        Opinion.sitting_id == sitting.id, Opinion.person_id == actor.person_id
    )
    row = session.scalars(found).first()
    if row is None:
        row = Opinion(sitting_id=sitting.id, person_id=actor.person_id)
        session.add(row)
    row.seat = seat.value
    row.counts = counts
    row.outcome, row.remark, row.at = outcome.value, remark, now
    event = OpinionGiven(
        subject_id=sitting.programme_id,
        sitting_id=sitting.id,
        outcome=outcome.value,
        counts=counts,
    )
    journal.record(session, event, actor=actor, now=now)


def minute(
    session: Session,
    sitting: Sitting,
    *,
    decided: Sequence[int],
    reasons: Mapping[str, str],
    minutes: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """End a sitting with what most of its votes are for, and publish its minutes.

    `decided` are the ids of the needs in the order that holds; it counts for a change alone, which
    must say another order or leave out some of what was laid. A change and a return have reasons.
    """
    _hold(session, sitting)
    outcome = outcome_of(opinions(session, sitting))
    require(may_minute(actor, sitting, outcome=outcome))
    assert outcome is not None
    if outcome is Outcome.CHANGED:
        _refuse(sitting, decided)
    if outcome is not Outcome.ACCEPTED:
        sitting.reasons = said(reasons, field="reason")
    sitting.minutes = said(minutes, field="minutes", most=MAX_MINUTES)
    lists = {Outcome.ACCEPTED: list(sitting.laid), Outcome.CHANGED: list(decided)}
    sitting.decided = lists.get(outcome, [])
    sitting.outcome = outcome.value
    sitting.closed_by, sitting.closed_at = actor.person_id, now
    event = ListDecided(
        subject_id=sitting.programme_id, sitting_id=sitting.id, outcome=outcome.value
    )
    journal.record(session, event, actor=actor, now=now)
    return outcome


def _refuse(sitting: Sitting, decided: Sequence[int]) -> None:
    is_known = set(decided) <= set(sitting.laid) and len(set(decided)) == len(decided)
    if not decided or not is_known:
        raise Invalid({"order": msg("Please give needs of the list a place, each one once.")})
    if list(decided) == list(sitting.laid):
        raise Invalid({"order": msg("This is the list as it was laid. Please change it.")})


def _hold(session: Session, sitting: Sitting) -> None:
    """Read the sitting anew and keep others from changing it until this transaction ends."""
    session.execute(
        select(Sitting)
        .where(Sitting.id == sitting.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
