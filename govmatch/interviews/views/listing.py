"""The page of all interviews of a challenge: who is invited, which times are offered."""

from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.interviews import queries, rules
from govmatch.interviews.models import Interview, Slot
from govmatch.interviews.showing import STATES, offers_of, where_of
from govmatch.interviews.views.frame import PATH, Head, case_of, comers, head_of, path_of
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.reviews import queries as reviews
from govmatch.reviews import rules as review_rules
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Guest:
    """One interview that the reader may see; `when` is None while nothing is booked."""

    name: str
    url: str
    state: Message
    kind: str
    when: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Time:
    """A slot; `name` is empty where the reader may not know who booked it."""

    starts: datetime
    minutes: int
    where: str
    offers: list[Message]
    is_taken: bool
    name: str
    change_url: str
    remove_url: str


@dataclass(frozen=True)
class Reveal:
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class InterviewsPage:
    head: Head
    guests: list[Guest]
    times: list[Time]
    reveals: list[Reveal]
    may_arrange: bool
    why_not: Message | None
    may_invite: bool
    may_reveal: bool
    hidden: int
    """How many revealed names the reader still has to declare for."""
    names_url: str


def show(visit: Visit) -> Answer:
    challenge = case_of(visit)
    shown = queries.interviews_of(visit.db, challenge)
    ways = queries.open_to(visit.db, visit.actor, [one.application for one in shown])
    shown = [one for one in shown if one.application_id in ways]
    labels = {
        one.id: name_for(one.application, ways[one.application_id], visit.lang) for one in shown
    }
    frozen = reviews.is_frozen(visit.db, challenge)
    ruling = rules.may_arrange(visit.actor, challenge, is_frozen=frozen)
    runs = review_rules.runs(visit.actor, challenge)
    own = reviews.hidden_to(visit.db, challenge, visit.actor.person_id)
    sits = review_rules.sits_on(visit.actor, challenge)
    left = queries.invitable(visit.db, visit.actor, challenge) if ruling else []
    values = InterviewsPage(
        head=head_of(visit, challenge),
        guests=[_guest(visit, one, labels[one.id]) for one in _ordered(shown)],
        times=_times(visit, challenge, labels, may_arrange=bool(ruling)),
        reveals=_reveals(visit, challenge),
        may_arrange=bool(ruling),
        why_not=ruling.reason if not ruling and runs else None,
        may_invite=bool(left),
        may_reveal=bool(ruling)
        and any(
            review_rules.can_be_revealed(one)
            for one in queries.shortlisted(visit.db, visit.actor, challenge)
        ),
        hidden=len(own) if sits else 0,
        names_url=visit.url(f"/reviews/challenges/{challenge.slug}/names"),
    )
    return page(visit, "interviews/list.html", values)


def _ordered(found: list[Interview]) -> list[Interview]:
    """Return what is booked by time, and before it what still waits for its firm."""
    return sorted(
        found,
        key=lambda one: (one.slot is not None, one.slot.starts if one.slot else one.until, one.id),
    )


def _guest(visit: Visit, interview: Interview, name: str) -> Guest:
    state, kind = STATES[interview.state]
    path = f"{path_of(interview.application.challenge)}/{interview.public_id}"
    slot = interview.slot
    return Guest(
        name=name,
        url=visit.url(path),
        state=state,
        kind=kind,
        when=slot.starts if slot is not None else None,
        until=interview.application.interview_until,
    )


def _times(
    visit: Visit, challenge: Challenge, labels: dict[int, str], *, may_arrange: bool
) -> list[Time]:
    taken = queries.taken(visit.db, challenge)
    return [
        _time(visit, challenge, slot, taken.get(slot.id), labels, may_arrange=may_arrange)
        for slot in queries.slots_of(visit.db, challenge)
    ]


def _time(
    visit: Visit,
    challenge: Challenge,
    slot: Slot,
    booked: Interview | None,
    labels: dict[int, str],
    *,
    may_arrange: bool,
) -> Time:
    here = f"{path_of(challenge)}/slots/{slot.public_id}"
    return Time(
        starts=slot.starts,
        minutes=slot.minutes,
        where=where_of(slot, visit.lang),
        offers=offers_of(slot),
        is_taken=booked is not None,
        name=labels.get(booked.id, "") if booked is not None else "",
        change_url=visit.url(here) if may_arrange else "",
        remove_url=visit.url(f"{here}/remove") if may_arrange and booked is None else "",
    )


def _reveals(visit: Visit, challenge: Challenge) -> list[Reveal]:
    """Return who revealed names, when and why, to those who oversee the reviews."""
    if not review_rules.may_oversee(visit.actor, challenge):
        return []
    rows = reviews.reveals_of(visit.db, challenge)
    names = names_by_id(visit.db, [one.by for one in rows])
    return [Reveal(one.at, names.get(one.by, ""), one.why) for one in rows]


routes = [get(PATH, show, comers)]
