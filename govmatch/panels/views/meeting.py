"""The page of a meeting: when and where, who, the agenda; beginning, ending, signing."""

from collections.abc import Callable, Mapping, Sized
from datetime import datetime

from govmatch.kit.actor import YES
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.panels import actions, queries, rules
from govmatch.panels.forms import read_present, read_remarks, read_revision
from govmatch.panels.models import PanelItem
from govmatch.panels.views.frame import (
    PATH,
    Head,
    Interviewed,
    Line,
    Meeting,
    called,
    case_of,
    comers,
    head_of,
    interviews_of,
    jury,
    label_of,
    lines_of,
    may_read_items,
    meeting_of,
    path_of,
)
from govmatch.reviews.queries import is_frozen
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Item:
    """One thing on the agenda; without a name it is closed to the reader."""

    name: str
    url: str
    mean: float | None
    is_discussed: bool
    agreed: int
    interview: Interviewed | None


@dataclass(frozen=True)
class MeetingPage:
    """`starts` is None while no meeting was called."""

    head: Head
    starts: datetime | None
    place: str
    video: str
    access: str
    quorum: int
    members: list[Line]
    items: list[Item]
    remarks: str
    revision: int
    may_call: bool
    may_begin: bool
    why_not: str
    may_note: bool
    may_sign: bool
    may_reopen: bool
    has_minutes: bool
    form: Form


def show(visit: Visit) -> Answer:
    return _shown(visit, filled({}))


def _shown(visit: Visit, form: Form, status: int = 200) -> Answer:
    challenge = case_of(visit)
    meeting = meeting_of(visit, challenge)
    frozen = is_frozen(visit.db, challenge)
    panel = meeting.panel if meeting is not None else None
    may_call = bool(rules.may_call(visit.actor, challenge, panel, is_frozen=frozen))
    if meeting is None:
        values = _empty(head_of(visit, challenge, None), may_call=may_call)
    else:
        values = _values(visit, meeting, form, may_call=may_call)
    return page(visit, "panels/meeting.html", values, status=status)


def _empty(head: Head, *, may_call: bool) -> MeetingPage:
    return MeetingPage(
        head=head, starts=None, place="", video="", access="", quorum=0, members=[], items=[],
        remarks="", revision=0, may_call=may_call, may_begin=False, why_not="", may_note=False,
        may_sign=False, may_reopen=False, has_minutes=False, form=filled({}),
    )  # fmt: skip


def _values(visit: Visit, meeting: Meeting, form: Form, *, may_call: bool) -> MeetingPage:
    panel, members, actor = meeting.panel, meeting.members, visit.actor
    own = rules.member_of(actor, members)
    left = queries.count_open(visit.db, [one.application_id for one in meeting.items])
    begins = rules.may_begin(actor, panel, members, is_frozen=meeting.is_frozen, left=left)
    if own is not None and own.is_chair:
        waits = begins
    else:
        waits = rules.is_ready(panel, left=left) if may_call else YES
    return MeetingPage(
        head=head_of(visit, meeting.challenge, panel),
        starts=panel.starts,
        place=panel.place,
        video=panel.video,
        access=panel.access,
        quorum=panel.quorum,
        members=lines_of(meeting),
        items=_items(visit, meeting),
        remarks=panel.remarks,
        revision=panel.revision,
        may_call=may_call,
        may_begin=bool(begins),
        why_not="" if waits or panel.begun_at is not None else visit.say(waits.reason),
        may_note=bool(rules.may_note(actor, panel, members, is_frozen=meeting.is_frozen)),
        may_sign=bool(rules.may_sign(actor, panel, members)),
        may_reopen=bool(rules.may_reopen(actor, panel, members, is_frozen=meeting.is_frozen)),
        has_minutes=panel.ended_at is not None,
        form=form,
    )


def _items(visit: Visit, meeting: Meeting) -> list[Item]:
    ways = queries.open_to(visit.db, visit.actor, meeting.items)
    agreed: Mapping[int, Sized] = {}
    means: dict[int, float | None] = {}
    may_read = may_read_items(visit, meeting)
    heard = interviews_of(visit, meeting.challenge, meeting.items)
    if may_read:
        agreed = queries.scores_of(visit.db, meeting.panel)
        ranked = queries.ranking(visit.db, meeting.challenge)
        means = {one.application.id: one.reviewed for one in ranked}
    return [
        Item(
            name=label_of(visit, one, ways[one.application_id]),
            url=visit.url(_path(meeting, one)) if may_read else "",
            mean=means.get(one.application_id),
            is_discussed=one.discussed_at is not None,
            agreed=len(agreed.get(one.id, ())),
            interview=heard.get(one.application_id),
        )
        if one.application_id in ways
        else Item("", "", None, one.discussed_at is not None, 0, None)
        for one in meeting.items
    ]


def _path(meeting: Meeting, item: PanelItem) -> str:
    return f"{path_of(meeting.challenge)}/items/{item.public_id}"


def begin(visit: WritingVisit) -> Answer:
    meeting = called(visit)
    people = {one.person.public_id: one.person_id for one in meeting.members}
    if visit.switching:
        return _shown(visit, _typed(visit))
    try:
        actions.begin(
            visit.session, meeting.panel, read_present(visit.form, people),
            revision=read_revision(visit.form), actor=visit.actor,
            now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, Form(_typed(visit).values, error.errors), 422)
    visit.flash("success", msg("The meeting has begun."))
    return redirect(path_of(meeting.challenge))


def _typed(visit: WritingVisit) -> Form:
    return filled({"present": visit.form.all("present"), "remarks": visit.form.one("remarks")})


def end(visit: WritingVisit) -> Answer:
    meeting = called(visit)
    remarks, form = read_remarks(visit.form)
    if visit.switching or form.errors:
        return _shown(visit, form, 200 if visit.switching else 422)
    try:
        actions.end(
            visit.session, meeting.panel, remarks,
            revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, Form(form.values, error.errors), 422)
    visit.flash("success", msg("The meeting has ended. Everybody who was there is asked to sign."))
    return redirect(f"{path_of(meeting.challenge)}/minutes")


def sign(visit: WritingVisit) -> Answer:
    meeting = called(visit)
    is_last = actions.sign(
        visit.session, meeting.panel,
        revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    said = msg("You have signed. The others are still to sign.")
    if is_last:
        said = msg("You have signed as the last one. What was agreed counts from now on.")
    visit.flash("success", said)
    return redirect(f"{path_of(meeting.challenge)}/minutes")


def reopen(visit: WritingVisit) -> Answer:
    meeting = called(visit)
    actions.reopen(
        visit.session, meeting.panel,
        revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    visit.flash("info", msg("The meeting goes on. Whoever had signed signs anew."))
    return redirect(path_of(meeting.challenge))


_ACTS: tuple[tuple[str, Callable[[WritingVisit], Answer]], ...] = (
    ("begin", begin),
    ("end", end),
    ("sign", sign),
    ("reopen", reopen),
)

routes = [
    get(PATH, show, comers),
    *(post(f"{PATH}/{name}", act, jury, once=True) for name, act in _ACTS),
]
