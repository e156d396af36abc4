"""What the page of one interview shows, to whom."""

from datetime import datetime

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.applications.redaction import copy_of, words_in
from govmatch.challenges.models import Challenge
from govmatch.interviews import queries, rules
from govmatch.interviews.models import Interview, InterviewQuestion
from govmatch.interviews.showing import BECAUSE, STATES, offers_of, when_of, where_of
from govmatch.interviews.views.frame import Head, head_of, path_of
from govmatch.interviews.views.points import Change, Own, changes_of, labels_of, own_of
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.reviews import queries as reviews
from govmatch.reviews import rules as review_rules
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Asked:
    """One question; without an address it is not the reader's to change."""

    key: str
    text: str
    criterion: str
    because: list[Message]
    is_released: bool
    url: str


@dataclass(frozen=True)
class Room:
    when: str
    where: str
    video: str
    offers: list[Message]
    access: str


@dataclass(frozen=True)
class May:
    prepare: bool
    why_not: Message | None
    release: bool
    call_off: bool
    hold: bool
    note: bool


@dataclass(frozen=True)
class OnePage:
    """Without names, what the firm wrote and what was heard stay hidden as well."""

    head: Head
    name: str
    path: str
    is_blind: bool
    names_url: str
    application_url: str
    calendar_url: str
    state: Message
    kind: str
    room: Room | None
    until: datetime | None
    needs: str
    message: str
    reason: str
    questions: list[Asked] | None
    """None while the reader's own review is open."""
    may: May
    jury: list[tuple[str, str]]
    listeners: list[str]
    held_at: datetime | None
    firm_people: str
    notes: str
    notes_revision: int
    other_notes: str
    """What somebody else wrote meanwhile, beside what the reader typed."""
    revision: int
    own: Own | None
    changes: list[Change]
    form: Form


def shown(
    visit: Visit,
    challenge: Challenge,
    interview: Interview,
    how: How,
    form: Form,
    *,
    other_notes: str = "",
    status: int = 200,
) -> Answer:
    may = may_of(visit, interview)
    is_blind = how is not How.FULL
    here = f"{path_of(challenge)}/{interview.public_id}"
    state, kind = STATES[interview.state]
    values = OnePage(
        head=head_of(visit, challenge),
        name=name_for(interview.application, how, visit.lang),
        path=here,
        is_blind=is_blind,
        names_url=_names_url(visit, challenge, interview),
        application_url=_application_url(visit, challenge, interview),
        calendar_url=visit.url(f"{here}/calendar.ics") if interview.slot is not None else "",
        state=state,
        kind=kind,
        room=_room(visit, interview),
        until=interview.application.interview_until,
        needs="" if is_blind else interview.needs,
        message="" if is_blind else interview.message,
        reason="" if is_blind else interview.reason,
        questions=_questions(visit, challenge, interview, how, may),
        may=may,
        jury=_jury(visit, challenge, interview) if may.hold else [],
        listeners=[one.name for one in queries.listeners(visit.db, interview)],
        held_at=interview.held_at,
        firm_people="" if is_blind else interview.firm_people,
        notes="" if is_blind else interview.notes,
        notes_revision=interview.notes_revision,
        other_notes=other_notes,
        revision=interview.revision,
        own=own_of(visit, challenge, interview),
        changes=changes_of(visit, challenge, interview),
        form=form,
    )
    return page(visit, "interviews/one.html", values, status=status)


def may_of(visit: Visit, interview: Interview) -> May:
    actor, application = visit.actor, interview.application
    is_frozen = reviews.is_frozen(visit.db, application.challenge)
    has_open = queries.has_open_review(visit.db, actor, application.id)
    is_named = not _is_hidden(visit, interview)
    prepares = rules.may_prepare(actor, interview, is_frozen=is_frozen, has_open_review=has_open)
    return May(
        prepare=bool(prepares),
        why_not=prepares.reason if not prepares and has_open else None,
        release=bool(rules.may_release(actor, interview, is_frozen=is_frozen)),
        call_off=bool(rules.may_release(actor, interview, is_frozen=is_frozen)),
        hold=bool(rules.may_hold(actor, interview, is_frozen=is_frozen, now=visit.now)),
        note=is_named and bool(rules.may_note(actor, interview, is_frozen=is_frozen)),
    )


def _is_hidden(visit: Visit, interview: Interview) -> bool:
    ways = queries.open_to(visit.db, visit.actor, [interview.application])
    return ways.get(interview.application_id) is not How.FULL


def _names_url(visit: Visit, challenge: Challenge, interview: Interview) -> str:
    """Return where the reader declares anew, where that shows them this name."""
    hidden = reviews.hidden_to(visit.db, challenge, visit.actor.person_id)
    is_waiting = interview.application_id in {one.id for one, _ in hidden}
    sits = review_rules.sits_on(visit.actor, challenge)
    here = f"/reviews/challenges/{challenge.slug}/names"
    return visit.url(here) if is_waiting and sits else ""


def _application_url(visit: Visit, challenge: Challenge, interview: Interview) -> str:
    if review_rules.sits_on(visit.actor, challenge):
        return ""
    return visit.url(f"/triage/{interview.application.public_id}")


def _room(visit: Visit, interview: Interview) -> Room | None:
    slot = interview.slot
    if slot is None:
        return None
    zone = interview.application.challenge.zone
    return Room(
        when=when_of(slot, visit.lang, zone),
        where=where_of(slot, visit.lang),
        video=slot.video,
        offers=offers_of(slot),
        access=slot.access,
    )


def _questions(
    visit: Visit, challenge: Challenge, interview: Interview, how: How, may: May
) -> list[Asked] | None:
    """Return the questions; to whoever still scores none, and without names to blind readers."""
    if queries.has_open_review(visit.db, visit.actor, interview.application_id):
        return None
    labels = labels_of(challenge, visit.lang)
    copy = copy_of(visit.db, interview.application) if how is not How.FULL else None
    here = f"{path_of(challenge)}/{interview.public_id}/questions"

    def text_of(one: InterviewQuestion) -> str:
        if how is How.FULL:
            return one.text
        return words_in(copy, one.text, field="interview") if copy is not None else ""

    return [
        Asked(
            key=one.public_id,
            text=text_of(one),
            criterion=labels.get(one.criterion, ""),
            because=[BECAUSE[why] for why in one.because if why in BECAUSE],
            is_released=one.released_at is not None,
            url=visit.url(f"{here}/{one.public_id}")
            if may.prepare and one.released_at is None and how is How.FULL
            else "",
        )
        for one in queries.questions_of(visit.db, interview)
    ]


def _jury(visit: Visit, challenge: Challenge, interview: Interview) -> list[tuple[str, str]]:
    """Return who of the jury may have listened: nobody to whom it is closed."""
    there = reviews.jury(visit.db, challenge, now=visit.real_now)
    ids = [one.person.id for one in there]
    closed = reviews.closed_among(visit.db, [interview.application], ids, now=visit.real_now)
    return [
        (one.person.public_id, one.person.name)
        for one in there
        if (interview.application_id, one.person.id) not in closed
    ]


def jury_ids(visit: Visit, challenge: Challenge) -> dict[str, int]:
    there = reviews.jury(visit.db, challenge, now=visit.real_now)
    return {one.person.public_id: one.person.id for one in there}
