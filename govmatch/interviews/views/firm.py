"""/applications/{id}/interview: the firm books a time, changes it, gives it up, reads questions."""

from dataclasses import replace
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.interviews import actions, queries, rules
from govmatch.interviews.actions import Taken
from govmatch.interviews.calendar import as_file
from govmatch.interviews.forms import read_words
from govmatch.interviews.models import LIVE, Interview, Slot, State
from govmatch.interviews.showing import STATES, next_of, offers_of, when_of, where_of
from govmatch.kit.i18n import Message, msg, pick, say
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/applications/{id}/interview"
MOST_NEEDS = 1000


@dataclass(frozen=True)
class Booked:
    """The time that the firm has."""

    when: str
    where: str
    video: str
    offers: list[Message]
    access: str
    calendar_url: str


@dataclass(frozen=True)
class InterviewPage:
    """The firm's own interview; of others nothing is said, not even how many times are left."""

    title: str
    title_lang: str | None
    authority: str
    reference: str
    back: str
    here: str
    next: Message
    state: Message
    kind: str
    until: datetime
    zone: str
    message: str
    reason: str
    booked: Booked | None
    booked_by: str
    needs: str
    questions: list[str]
    slots: list[tuple[str, str, str]]
    """(key, when, where and what it offers) of each time that can be booked now."""
    may_book: bool
    why_not: Message | None
    give_up_url: str
    """Empty where there is nothing to give up, or not any more."""
    is_taken: bool
    cancel_url: str
    messages_url: str
    form: Form


def show(visit: Visit) -> Answer:
    interview = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return _shown(visit, interview, _kept(interview))


def _kept(interview: Interview) -> Form:
    slot = interview.slot
    chosen = slot.public_id if slot is not None else ""
    return filled({"slot": chosen, "needs": interview.needs})


def _shown(
    visit: Visit,
    interview: Interview,
    form: Form,
    *,
    is_taken: bool = False,
    status: int = 200,
) -> Answer:
    application = interview.application
    challenge, lang, slot = application.challenge, visit.lang, interview.slot
    words = text_of(challenge, lang)
    here = f"/applications/{application.public_id}"
    may = rules.may_book(visit.actor, application, interview, now=visit.now)
    gives_up = rules.may_give_up(visit.actor, application, interview, now=visit.now)
    state, kind = STATES[interview.state]
    is_live = interview.state in LIVE
    was_booked = interview.last_at is not None
    values = InterviewPage(
        title=words.title,
        title_lang=words.lang if words.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        reference=application.reference,
        back=visit.url(here),
        here=visit.url(f"{here}/interview"),
        next=next_of(interview, visit.now, lang, challenge.zone),
        state=state,
        kind=kind,
        until=interview.until,
        zone=challenge.zone,
        message=interview.message if is_live else "",
        reason=interview.reason if interview.state == State.CALLED_OFF else "",
        booked=_booked(visit, interview, slot) if slot is not None else None,
        booked_by=_booker(visit, interview),
        needs=interview.needs,
        questions=_released(visit, interview),
        slots=_slots(visit, challenge, slot) if may else [],
        may_book=bool(may),
        why_not=None if may or not is_live else may.reason,
        give_up_url=visit.url(f"{here}/interview/give-up") if gives_up else "",
        is_taken=is_taken,
        cancel_url=visit.url(f"{here}/interview.ics") if slot is None and was_booked else "",
        messages_url=visit.url(f"{here}/messages"),
        form=form,
    )
    main_form = bool(may)
    return page(visit, "interviews/firm.html", values, status=status, main_form=main_form)


def _booked(visit: Visit, interview: Interview, slot: Slot) -> Booked:
    application = interview.application
    return Booked(
        when=when_of(slot, visit.lang, application.challenge.zone),
        where=where_of(slot, visit.lang),
        video=slot.video,
        offers=offers_of(slot),
        access=slot.access,
        calendar_url=visit.url(f"/applications/{application.public_id}/interview.ics"),
    )


def _booker(visit: Visit, interview: Interview) -> str:
    if interview.slot is None or interview.booked_by is None:
        return ""
    return names_by_id(visit.db, [interview.booked_by]).get(interview.booked_by, "")


def _released(visit: Visit, interview: Interview) -> list[str]:
    """Return the questions that the firm may read, while it is to come or was heard."""
    if interview.state == State.CALLED_OFF:
        return []
    found = queries.questions_of(visit.db, interview)
    return [one.text for one in found if one.released_at is not None]


def _slots(visit: Visit, challenge: Challenge, own: Slot | None) -> list[tuple[str, str, str]]:
    """Return what can be booked now, the own slot among it, by time."""
    free = queries.free_slots(visit.db, challenge, visit.now)
    if own is not None:
        free = sorted([*free, own], key=lambda one: one.starts)
    return [
        (one.public_id, when_of(one, visit.lang, challenge.zone), _described(visit, one))
        for one in free
    ]


def _described(visit: Visit, slot: Slot) -> str:
    offers = [say(one, visit.lang) for one in offers_of(slot)]
    return " · ".join([where_of(slot, visit.lang), *([", ".join(offers)] if offers else [])])


def book(visit: WritingVisit) -> Answer:
    """Take the chosen time; where somebody else was first, say so and show what is left."""
    interview = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    needs, form = read_words(visit.form, "needs", limit=MOST_NEEDS, required=False)
    slot = visit.form.one("slot")
    if visit.switching:
        return _shown(visit, interview, replace(form, errors={}))
    if not slot:
        missing = {"slot": msg("Please choose one of the options.")}
        form = replace(form, errors=missing | form.errors)
    if form.errors:
        return _shown(visit, interview, form, status=422)
    had = interview.slot is not None
    try:
        actions.book(visit.session, interview, slot, needs=needs, actor=visit.actor, now=visit.now)
    except Taken as error:
        form = replace(form, values={**form.values, "slot": ""}, errors={"slot": error.reason})
        return _shown(visit, interview, form, is_taken=True, status=409)
    visit.flash("success", msg("Saved.") if had else msg("Your interview is booked."))
    return redirect(f"/applications/{interview.application.public_id}/interview")


def give_up(visit: WritingVisit) -> Answer:
    interview = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    actions.give_up(visit.session, interview, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The time is free again. You can choose another one."))
    return redirect(f"/applications/{interview.application.public_id}/interview")


def calendar(visit: Visit) -> Answer:
    """The booked time for a calendar; given up or called off, the file takes it out again."""
    interview = queries.get_own(visit.db, visit.actor, visit.params["id"])
    path = f"/applications/{interview.application.public_id}/interview"
    return as_file(visit, interview, path)


routes = [
    get(PATH, show, signed_in),
    post(PATH, book, signed_in, once=True),
    post(f"{PATH}/give-up", give_up, signed_in, once=True),
    get("/applications/{id}/interview.ics", calendar, signed_in),
]
