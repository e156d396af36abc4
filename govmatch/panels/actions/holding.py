"""Holding a meeting: begin it, note what is said and agreed, end it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.panels import queries, rules
from govmatch.panels.actions.stale import STALE, meeting_held
from govmatch.panels.events import (
    ConsensusNoted,
    MeetingBegun,
    MeetingEnded,
)
from govmatch.panels.models import Panel, PanelItem, PanelScore, State
from govmatch.reviews.queries import is_frozen
from govmatch.reviews.rubric import rubric_of


def begin(
    session: Session,
    panel: Panel,
    present: Collection[int],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Note who is there, and open the meeting.

    Allowed to the chair, who has to be there too, once every review is in. Raises `Invalid` where
    for one of the applications fewer are there than the programme wants.
    """
    panel = meeting_held(session, panel, revision)
    members, items = queries.members_of(session, panel), queries.items_of(session, panel)
    ids = [one.application_id for one in items]
    require(
        rules.may_begin(
            actor, panel, members,
            is_frozen=is_frozen(session, panel.challenge),
            left=queries.count_open(session, ids),
        )
    )  # fmt: skip
    there = {one.person_id for one in members if one.person_id in present}
    if actor.person_id not in there:
        raise Invalid({"present": msg("The chair has to be there.")})
    errors = _faults_of_presence(session, panel, items, there, real_now=real_now)
    if errors:
        raise Invalid(errors)
    for one in members:
        one.is_present = one.person_id in there
    panel.state, panel.begun_at = State.HELD.value, now
    panel.revision += 1
    event = MeetingBegun(panel.challenge_id, panel_id=panel.id, present=tuple(sorted(there)))
    journal.record(session, event, actor=actor, now=now)


def _faults_of_presence(
    session: Session,
    panel: Panel,
    items: Sequence[PanelItem],
    there: Collection[int],
    *,
    real_now: datetime,
) -> dict[str, Message]:
    barred = queries.barred(session, [one.application for one in items], there, now=real_now)
    missing = rules.missing_for(
        {one.id: one.application_id for one in items}, there, barred, quorum=panel.quorum
    )
    if not missing:
        return {}
    return {
        "present": msgn(
            "For {n} application fewer are there than the programme wants.",
            "For {n} applications fewer are there than the programme wants.",
            n=len(missing),
        )
    }


@dataclass(frozen=True)
class Noted:
    """What was said of an application; `points` by criterion: the points and the reason."""

    note: str
    points: Mapping[str, tuple[int, str]]


def note(
    session: Session,
    panel: Panel,
    item: PanelItem,
    data: Noted,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what was said of an application and which points the meeting agreed on.

    Allowed to the chair while the meeting goes on, except about what is closed to the chair. The
    points of the reviewers stay as they are. Raises `Conflict` for a page that is not the newest.
    """
    panel = meeting_held(session, panel, None)
    members = queries.members_of(session, panel)
    require(rules.may_note(actor, panel, members, is_frozen=is_frozen(session, panel.challenge)))
    session.refresh(item)
    if item.revision != revision:
        raise Conflict(STALE)
    if not queries.open_to(session, actor, [item]):
        raise NotFound
    _check_points(panel, data)
    item.note, item.discussed_at = data.note, now
    item.revision += 1
    panel.revision += 1
    session.execute(delete(PanelScore).where(PanelScore.item_id == item.id))
    for criterion, (points, reason) in sorted(data.points.items()):
        session.add(PanelScore(item_id=item.id, criterion=criterion, points=points, reason=reason))
    event = ConsensusNoted(
        item.application_id, panel_id=panel.id, revision=item.revision,
        criteria=tuple(sorted(data.points)),
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)


def _check_points(panel: Panel, data: Noted) -> None:
    known = {one.id for one in rubric_of(panel.challenge).scored}
    if not known.issuperset(data.points):
        raise Invalid({"note": msg("Please choose from the options.")})
    missing = {
        f"reason-{criterion}": msg("Please say why.")
        for criterion, (_, reason) in data.points.items()
        if not reason
    }
    if missing:
        raise Invalid(missing)


def end(
    session: Session,
    panel: Panel,
    remarks: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """End the meeting: its minutes wait for the signatures of all who were there.

    Allowed to the chair. Raises `Invalid` while something on the agenda has not been discussed.
    """
    panel = meeting_held(session, panel, revision)
    members, items = queries.members_of(session, panel), queries.items_of(session, panel)
    require(rules.may_note(actor, panel, members, is_frozen=is_frozen(session, panel.challenge)))
    left = sum(one.discussed_at is None for one in items)
    if left:
        raise Invalid(
            {
                "remarks": msgn(
                    "{n} application on the agenda was not discussed yet.",
                    "{n} applications on the agenda were not discussed yet.",
                    n=left,
                )
            }
        )
    panel.remarks, panel.ended_at, panel.state = remarks, now, State.SIGNING.value
    panel.revision += 1
    event = MeetingEnded(panel.challenge_id, panel_id=panel.id, revision=panel.revision)
    journal.record(session, event, actor=actor, now=now)
