"""/desk/events/{slug}/participants: who comes, who waits, who was there; as CSV and on paper."""

from datetime import datetime

from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.models import Gathering, Registration, Seat
from govmatch.gatherings.showing import (
    PHASES,
    SEATS,
    Badge,
    desk_path_of,
    times_of,
    where_text,
)
from govmatch.gatherings.views.desk.access import gathering_of, host
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.kit.sheets import CSV, as_csv
from govmatch.web.answers import Answer, attachment, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

ONE = "/desk/events/{slug}/participants"


@dataclass(frozen=True)
class Line:
    key: str
    name: str
    email: str
    organisation: str
    answer: str
    needs: str
    seat: Badge
    turn: int
    """On the waiting list, from 1; 0 for who has a place."""
    at: datetime
    attended: bool
    certificate: str


@dataclass(frozen=True)
class ParticipantsPage:
    title: str
    when: str
    where: str
    phase: Badge
    question: str
    lines: list[Line]
    waiting: list[Line]
    places: int | None
    can_tick: bool
    can_remove: bool
    needs_kept: bool
    path: str
    desk_path: str
    zone: str


def show(visit: Visit) -> Answer:
    return _page(visit, gathering_of(visit), "gatherings/desk/participants.html")


def on_paper(visit: Visit) -> Answer:
    """The list to print and to sign; without access needs and addresses."""
    return _page(visit, gathering_of(visit), "gatherings/desk/print.html")


def _page(visit: Visit, gathering: Gathering, template: str) -> Answer:
    require(rules.may_see_participants(visit.actor, gathering))
    lines = _lines(queries.participants(visit.db, gathering))
    can_tick = bool(rules.may_note_attendance(visit.actor, gathering, visit.now))
    values = ParticipantsPage(
        title=queries.text_for(gathering, visit.lang).title,
        when=times_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        phase=PHASES[rules.phase(gathering, visit.now)],
        question=pick(gathering.question, visit.lang)[0],
        lines=[line for line in lines if not line.turn],
        waiting=[line for line in lines if line.turn],
        places=gathering.places,
        can_tick=can_tick,
        can_remove=rules.moves_up(gathering, visit.now),
        needs_kept=gathering.needs_erased_at is None,
        path=f"{desk_path_of(gathering)}/participants",
        desk_path=desk_path_of(gathering),
        zone=gathering.zone,
    )
    return page(visit, template, values)


def _lines(found: list[Registration]) -> list[Line]:
    lines, turn = [], 0
    for one in found:
        waits = one.seat == Seat.WAITING
        turn += waits
        lines.append(
            Line(
                key=one.public_id,
                name=one.name,
                email=one.email,
                organisation=one.organisation,
                answer=one.answer,
                needs=one.needs,
                seat=SEATS[one.seat],
                turn=turn if waits else 0,
                at=one.at,
                attended=one.attended_at is not None,
                certificate=one.certificate or "",
            )
        )
    return lines


HEAD: tuple[Message, ...] = (
    msg("Name"),
    msg("E-mail address"),
    msg("Organisation"),
    msg("State"),
    msg("Place on the waiting list"),
    msg("Registered on"),
    msg("Answer"),
    msg("Access needs"),
    msg("Was there"),
)


def as_sheet(visit: Visit) -> Answer:
    """The list as CSV; texts that a spreadsheet would calculate are made harmless."""
    gathering = gathering_of(visit)
    require(rules.may_see_participants(visit.actor, gathering))
    rows = [
        [
            line.name, line.email, line.organisation, visit.say(line.seat[0]), line.turn or None,
            line.at, line.answer, line.needs, visit.say(_yes(is_true=line.attended)),
        ]
        for line in _lines(queries.participants(visit.db, gathering))
    ]  # fmt: skip
    content = as_csv([visit.say(one) for one in HEAD], rows)
    return attachment(content, f"{gathering.slug}-participants.csv", CSV)


def _yes(*, is_true: bool) -> Message:
    return msg("Yes") if is_true else msg("No")


def tick(visit: WritingVisit) -> Answer:
    """Keep who was there, of those that the page showed; or take one registration away."""
    gathering = gathering_of(visit)
    if key := visit.form.one("remove"):
        return _remove(visit, gathering, key)
    changed = actions.note_attendance(
        visit.session, gathering,
        shown=set(visit.form.all("shown")), present=set(visit.form.all("present")),
        actor=visit.actor, now=visit.now,
    )  # fmt: skip
    visit.flash("success", msg("Attendance is saved; {n} changed.", n=changed))
    return redirect(f"{desk_path_of(gathering)}/participants")


def _remove(visit: WritingVisit, gathering: Gathering, key: str) -> Answer:
    found = queries.by_public_id(visit.session, key)
    if found is None or found.gathering_id != gathering.id:
        raise NotFound
    actions.remove(visit.session, found, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The registration is cancelled, and the person is told."))
    return redirect(f"{desk_path_of(gathering)}/participants")


routes = [
    get(ONE, show, host),
    post(ONE, tick, host, once=True),
    get(f"{ONE}.csv", as_sheet, host),
    get(f"{ONE}/print", on_paper, host, prints=True),
]
