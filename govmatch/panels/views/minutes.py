"""The minutes of a meeting, to be read, signed and printed."""

from datetime import datetime

from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.panels import queries, rules
from govmatch.panels.views.frame import (
    PATH,
    Head,
    Line,
    Meeting,
    called,
    comers,
    head_of,
    label_of,
    lines_of,
    may_read_items,
)
from govmatch.panels.views.item import Criterion, criteria_at
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Minute:
    """What the minutes say of one application; without a name it is closed to the reader."""

    name: str
    note: str
    criteria: list[Criterion]


@dataclass(frozen=True)
class MinutesPage:
    head: Head
    starts: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    place: str
    video: str
    quorum: int
    remarks: str
    members: list[Line]
    minutes: list[Minute]
    digest: str
    frozen_at: datetime | None
    revision: int
    may_sign: bool
    may_reopen: bool


def show(visit: Visit) -> Answer:
    """Show the minutes from the end of the meeting on."""
    meeting = called(visit)
    panel = meeting.panel
    if panel.ended_at is None or not may_read_items(visit, meeting):
        raise NotFound
    ways = queries.open_to(visit.db, visit.actor, meeting.items)
    values = MinutesPage(
        head=head_of(visit, meeting.challenge, panel),
        starts=panel.starts,
        begun_at=panel.begun_at,
        ended_at=panel.ended_at,
        place=panel.place,
        video=panel.video,
        quorum=panel.quorum,
        remarks=panel.remarks,
        members=lines_of(meeting),
        minutes=_minutes(visit, meeting, ways),
        digest=panel.digest,
        frozen_at=panel.frozen_at,
        revision=panel.revision,
        may_sign=bool(rules.may_sign(visit.actor, panel, meeting.members)),
        may_reopen=bool(
            rules.may_reopen(visit.actor, panel, meeting.members, is_frozen=meeting.is_frozen)
        ),
    )
    return page(visit, "panels/minutes.html", values)


def _minutes(visit: Visit, meeting: Meeting, ways: dict[int, str]) -> list[Minute]:
    return [
        Minute(
            name=label_of(visit, one, ways[one.application_id]),
            note=one.note,
            criteria=criteria_at(visit, meeting, one),
        )
        if one.application_id in ways
        else Minute("", "", [])
        for one in meeting.items
    ]


routes = [get(f"{PATH}/minutes", show, comers, prints=True)]
