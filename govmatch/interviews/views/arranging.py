"""Offering times for interviews, changing one, taking one away."""

from govmatch.challenges.models import Challenge
from govmatch.interviews import actions, queries
from govmatch.interviews.forms import read_revision, read_series, read_slot
from govmatch.interviews.models import Slot
from govmatch.interviews.rules import LONGEST, MOST_AT_ONCE, SHORTEST
from govmatch.interviews.views.frame import (
    PATH,
    Head,
    arranged,
    head_of,
    managers,
    offers,
    path_of,
    slot_form,
)
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class SlotPage:
    """A row of slots to offer, or one to change; `is_booked` says that somebody is told."""

    head: Head
    is_new: bool
    is_booked: bool
    offers: list[tuple[str, Message]]
    shortest: int
    longest: int
    most: int
    action: str
    form: Form


def offer(visit: Visit) -> Answer:
    """Show the form for new slots; the room of the last one stands there already."""
    challenge = arranged(visit)
    there = queries.slots_of(visit.db, challenge)
    kept = slot_form(there[-1], challenge.zone).values if there else {"minutes": "45"}
    kept = {name: value for name, value in kept.items() if name not in {"starts", "revision"}}
    return _shown(visit, challenge, None, filled({**kept, "pause": "15", "count": "4"}))


def _shown(
    visit: Visit, challenge: Challenge, slot: Slot | None, form: Form, *, status: int = 200
) -> Answer:
    here = f"{path_of(challenge)}/slots" + (f"/{slot.public_id}" if slot is not None else "")
    values = SlotPage(
        head=head_of(visit, challenge),
        is_new=slot is None,
        is_booked=slot is not None and slot.id in queries.taken(visit.db, challenge),
        offers=offers(),
        shortest=SHORTEST,
        longest=LONGEST,
        most=MOST_AT_ONCE,
        action=visit.url(here),
        form=form,
    )
    return page(visit, "interviews/slot.html", values, status=status, main_form=True)


def add(visit: WritingVisit) -> Answer:
    challenge = arranged(visit)
    series, form = read_series(visit.form, challenge.zone)
    if visit.switching:
        return _shown(visit, challenge, None, Form(form.values))
    if series is None:
        return _shown(visit, challenge, None, form, status=422)
    try:
        made = actions.add_slots(visit.session, challenge, series, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _shown(visit, challenge, None, Form(form.values, error.errors), status=422)
    visit.flash("success", msgn("{n} slot offered.", "{n} slots offered.", n=len(made)))
    return redirect(path_of(challenge))


def show(visit: Visit) -> Answer:
    challenge = arranged(visit)
    slot = queries.get_slot(visit.db, challenge, visit.params["slot"])
    return _shown(visit, challenge, slot, slot_form(slot, challenge.zone))


def change(visit: WritingVisit) -> Answer:
    challenge = arranged(visit)
    slot = queries.get_slot(visit.db, challenge, visit.params["slot"])
    data, form = read_slot(visit.form, challenge.zone)
    if visit.switching:
        return _shown(visit, challenge, slot, Form(form.values))
    if data is None:
        return _shown(visit, challenge, slot, form, status=422)
    try:
        actions.change_slot(
            visit.session, slot,
            starts=data.starts, minutes=data.minutes, room=data.room,
            revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _shown(visit, challenge, slot, Form(form.values, error.errors), status=422)
    visit.flash("success", msg("Saved. Whoever booked this time is told."))
    return redirect(path_of(challenge))


def remove(visit: WritingVisit) -> Answer:
    challenge = arranged(visit)
    slot = queries.get_slot(visit.db, challenge, visit.params["slot"])
    actions.remove_slot(visit.session, slot, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The slot is not offered any more."))
    return redirect(path_of(challenge))


routes = [
    get(f"{PATH}/slots", offer, managers),
    post(f"{PATH}/slots", add, managers, once=True),
    get(f"{PATH}/slots/{{slot}}", show, managers),
    post(f"{PATH}/slots/{{slot}}", change, managers, once=True),
    post(f"{PATH}/slots/{{slot}}/remove", remove, managers, once=True),
]
