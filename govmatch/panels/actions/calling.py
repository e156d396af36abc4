"""Calling a jury together, and changing a call."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id, token
from govmatch.kit.records import dataclass
from govmatch.panels import queries, rules
from govmatch.panels.actions.stale import STALE
from govmatch.panels.events import (
    MeetingPlanned,
)
from govmatch.panels.models import Panel, PanelItem, PanelMember
from govmatch.panels.reading import end_reading, let_read
from govmatch.reviews.queries import is_frozen


@dataclass(frozen=True, kw_only=True)
class Call:
    """When and where, who comes, who leads, and what is discussed, in its order; ids."""

    starts: datetime
    place: str
    video: str
    access: str
    people: tuple[int, ...]
    chair: int | None
    items: tuple[int, ...]


def call(
    session: Session,
    challenge: Challenge,
    data: Call,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Panel:
    """Call the jury together, or change a call; everybody who was called is told.

    Allowed to managers until the meeting begins. Raises `Invalid` where not exactly one chair is
    among the members, or too few members without a conflict of interest are left for one of the
    applications; and `Conflict` where somebody else changed it meanwhile.
    """
    panel = queries.panel_of(session, challenge, held=True)
    require(rules.may_call(actor, challenge, panel, is_frozen=is_frozen(session, challenge)))
    if (panel.revision if panel is not None else 0) != revision:
        raise Conflict(STALE)
    assert actor.person_id is not None
    _check(session, challenge, data, real_now=real_now)
    if panel is None:
        panel = Panel(
            public_id=public_id(), challenge=challenge, salt=token(), revision=0,
            called_by=actor.person_id, called_at=now, starts=data.starts, quorum=0,
        )  # fmt: skip
        session.add(panel)
    panel.starts, panel.place, panel.video = data.starts, data.place, data.video
    panel.access, panel.quorum = data.access, rules.quorum_of(challenge)
    panel.revision += 1
    session.flush()
    old = {one.person_id for one in queries.members_of(session, panel)}
    gone = [one.application for one in queries.items_of(session, panel)]
    end_reading(session, gone, old - set(data.people), actor=actor, now=now)
    _set_members(session, panel, data)
    _set_items(session, panel, data.items)
    found = [one.application for one in queries.items_of(session, panel)]
    closed = queries.barred(session, found, data.people, now=real_now)
    let_read(session, found, data.people, barred=closed, actor=actor, now=now)
    event = MeetingPlanned(
        challenge.id, panel_id=panel.id, members=tuple(sorted(data.people)),
        chair=data.chair or 0, items=len(data.items), quorum=panel.quorum,
    )  # fmt: skip
    journal.record(session, event, actor=actor, now=now)
    return panel


def _check(session: Session, challenge: Challenge, data: Call, *, real_now: datetime) -> None:
    able = {one.person.id for one in queries.jurors(session, challenge, now=real_now)}
    found = [session.get(Application, number) for number in data.items]
    items = [
        one
        for one in found
        if one is not None and one.challenge_id == challenge.id and one.state in rules.DISCUSSED
    ]
    errors = rules.faults_of_call(
        people=data.people,
        chair=data.chair,
        items=[one.id for one in items],
        quorum=rules.quorum_of(challenge),
        barred=queries.barred(session, items, data.people, now=real_now),
        has_place=bool(data.place or data.video),
    )
    if not able.issuperset(data.people):
        errors["members"] = msg("Only members of the jury who declared their ties can be called.")
    if len(items) != len(data.items):
        errors["items"] = msg("Please choose from the options.")
    if errors:
        raise Invalid(errors)


def _set_members(session: Session, panel: Panel, data: Call) -> None:
    # The old chair goes before the new one comes: there is never a second one.
    session.execute(delete(PanelMember).where(PanelMember.panel_id == panel.id))
    for person in sorted(set(data.people)):
        session.add(PanelMember(panel_id=panel.id, person_id=person, is_chair=person == data.chair))
    session.flush()


def _set_items(session: Session, panel: Panel, wanted: Sequence[int]) -> None:
    kept = {one.application_id: one for one in queries.items_of(session, panel)}
    for application, item in kept.items():
        if application not in wanted:
            session.delete(item)
    session.flush()
    for position, application in enumerate(wanted, 1):
        item = kept.get(application) or PanelItem(
            public_id=public_id(), panel_id=panel.id, application_id=application
        )
        item.position = position
        session.add(item)
    session.flush()
