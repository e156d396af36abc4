"""/needs/steering: what the steering group said to the lists laid before it, in public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.forms import LABELS, Minutes, read_minutes, read_opinion
from govmatch.needs.models import Opinion, Outcome, Ranking, Seat, Sitting
from govmatch.needs.queries import Heard
from govmatch.needs.rules import (
    has_vote,
    may_give_opinion,
    may_lay_list,
    may_minute,
    outcome_of,
    seat_of,
)
from govmatch.needs.showing import OUTCOMES, SEATS, Badge
from govmatch.needs.views.frame import PATH, Round, languages, path_of, round_of
from govmatch.needs.wording import shown
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

STEERING_PATH = f"{PATH}/steering"


@dataclass(frozen=True)
class Item:
    """A need in a list."""

    id: str
    place: int
    title: str
    lang: str | None
    url: str


@dataclass(frozen=True)
class Said:
    """What one member said: for whom, and not by name."""

    seat: Message
    outcome: Badge
    counts: bool
    remark: str


@dataclass(frozen=True)
class SittingView:
    """One sitting as everybody reads it."""

    id: str
    number: int
    opened_at: datetime
    closed_at: datetime | None
    outcome: Badge | None
    laid: list[Item]
    decided: list[Item]
    votes: list[tuple[Message, int]]
    said: list[Said]
    reason: tuple[str, str]
    minutes: tuple[str, str]
    ranking: Ranking
    may_speak: bool
    has_vote: bool
    may_minute: bool
    is_changed: bool
    """True where most votes are for a change, so that the minutes say the new order."""
    opinion_url: str
    minutes_url: str


@dataclass(frozen=True)
class SteeringPage:
    round: Round
    form: Form
    labels: dict[str, Message]
    sittings: list[SittingView]
    chambers_vote: bool
    may_lay: bool
    lay_url: str
    outcomes: list[tuple[str, Message]]
    languages: list[tuple[Lang, str]]


WANTED = [
    (Outcome.ACCEPTED.value, msg("Accept the list")),
    (Outcome.CHANGED.value, msg("Change the list")),
    (Outcome.RETURNED.value, msg("Return the list")),
]


def show(visit: Visit) -> Answer:
    return _page(visit, round_of(visit, STEERING_PATH), filled({}))


def _page(visit: Visit, around: Round, form: Form, *, status: int = 200) -> Answer:
    heard = queries.sittings(visit.db, around.programme.id)
    rules = queries.rules_of(visit.db, around.programme.id)
    is_running = any(one.sitting.outcome is None for one in heard)
    ids = {number for one in heard for number in (*one.sitting.laid, *one.sitting.decided)}
    needs = queries.by_ids(visit.db, ids, actor=visit.actor)
    titles = {
        number: (need.public_id, shown(need, visit.lang), visit.url(path_of(need)))
        for number, need in needs.items()
    }

    def items(numbers: Sequence[int]) -> list[Item]:
        return [
            Item(
                titles[number][0],
                place,
                titles[number][1].words.title,
                titles[number][1].lang if titles[number][1].lang != visit.lang else None,
                titles[number][2],
            )
            for place, number in enumerate(numbers, start=1)
            if number in titles
        ]

    values = SteeringPage(
        round=around,
        form=form,
        labels=dict(LABELS),
        sittings=[_view(visit, one, items(one.sitting.laid), items(one.sitting.decided),
                        vote=has_vote(seat_of(visit.actor), rules)) for one in heard],
        chambers_vote=rules.chambers_vote,
        may_lay=bool(may_lay_list(visit.actor, around.programme, is_running=is_running)),
        lay_url=visit.url(STEERING_PATH, programme=around.programme.slug),
        outcomes=WANTED,
        languages=languages(visit.lang),
    )  # fmt: skip
    return page(visit, "needs/steering.html", values, status=status)


def _view(
    visit: Visit, heard: Heard, laid: list[Item], decided: list[Item], *, vote: bool
) -> SittingView:
    sitting, opinions = heard.sitting, heard.opinions
    most = outcome_of(opinions)
    return SittingView(
        id=sitting.public_id,
        number=sitting.number,
        opened_at=sitting.opened_at,
        closed_at=sitting.closed_at,
        outcome=OUTCOMES[sitting.outcome] if sitting.outcome else None,
        laid=laid,
        decided=decided,
        votes=_votes(opinions),
        said=[_said(one) for one in opinions],
        reason=pick(sitting.reasons, visit.lang),
        minutes=pick(sitting.minutes, visit.lang),
        ranking=sitting.ranking,
        may_speak=bool(may_give_opinion(visit.actor, sitting)),
        has_vote=vote,
        may_minute=bool(may_minute(visit.actor, sitting, outcome=most)),
        is_changed=most is Outcome.CHANGED,
        opinion_url=visit.url(f"{STEERING_PATH}/{sitting.public_id}/opinion"),
        minutes_url=visit.url(f"{STEERING_PATH}/{sitting.public_id}/minutes"),
    )


def _votes(opinions: Sequence[Opinion]) -> list[tuple[Message, int]]:
    """Return how many votes there are for each outcome; voices without a vote are left out."""
    counted = [one.outcome for one in opinions if one.counts]
    return [(label, counted.count(outcome)) for outcome, label in WANTED if outcome in counted]


def _said(one: Opinion) -> Said:
    return Said(SEATS[Seat(one.seat)], OUTCOMES[one.outcome], one.counts, one.remark)


def lay(visit: WritingVisit) -> Answer:
    """Lay the newest ranking before the group."""
    around = round_of(visit, STEERING_PATH)
    try:
        actions.lay_list(visit.session, around.programme, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, around, Form({}, error.errors), status=422)
    visit.flash("success", msg("The list lies before the steering group. Its members are told."))
    return redirect(f"{STEERING_PATH}?programme={around.programme.slug}")


def _sitting(visit: Visit) -> Sitting:
    found = queries.find_sitting(visit.db, visit.params["sitting"])
    if found is None:
        raise NotFound
    return found


def speak(visit: WritingVisit) -> Answer:
    """Say what should become of a list."""
    sitting = _sitting(visit)
    if not may_give_opinion(visit.actor, sitting):
        raise NotAllowed(msg("Only members of the steering group may do this."))
    outcome, remark, form = read_opinion(visit.form)
    if form.errors:
        return _again(visit, sitting, form)
    actions.give_opinion(
        visit.session, sitting, outcome, remark=remark, actor=visit.actor, now=visit.now
    )
    visit.flash("success", msg("What you said is in the minutes."))
    return redirect(_back(sitting))


def minute(visit: WritingVisit) -> Answer:
    """Write the minutes, and end the sitting with what most votes are for."""
    sitting = _sitting(visit)
    most = outcome_of(queries.opinions(visit.db, sitting))
    ruling = may_minute(visit.actor, sitting, outcome=most)
    if not ruling:
        raise NotAllowed(ruling.reason)
    needs = queries.by_ids(visit.db, sitting.laid, actor=visit.actor)
    ids = {needs[number].public_id: number for number in sitting.laid if number in needs}
    typed, form = read_minutes(visit.form, list(ids), outcome=most, first=visit.lang)
    if form.errors:
        return _again(visit, sitting, form)
    try:
        _write(visit, sitting, typed, ids)
    except Invalid as error:
        return _again(visit, sitting, replace(form, errors=error.errors))
    visit.flash("success", msg("The minutes are public."))
    return redirect(_back(sitting))


def _write(visit: WritingVisit, sitting: Sitting, typed: Minutes, ids: dict[str, int]) -> None:
    actions.minute(
        visit.session,
        sitting,
        decided=[ids[one] for one in typed.decided],
        reasons=typed.reasons,
        minutes=typed.minutes,
        actor=visit.actor,
        now=visit.now,
    )


def _again(visit: WritingVisit, sitting: Sitting, form: Form) -> Answer:
    around = round_of(visit, STEERING_PATH, programme=sitting.programme)
    return _page(visit, around, form, status=422)


def _back(sitting: Sitting) -> str:
    return f"{STEERING_PATH}?programme={sitting.programme.slug}"


routes = [
    get(STEERING_PATH, show, anyone),
    post(STEERING_PATH, lay, holder_of(Role.MANAGER)),
    post(f"{STEERING_PATH}/{{sitting}}/opinion", speak, holder_of(Role.STEERING)),
    post(f"{STEERING_PATH}/{{sitting}}/minutes", minute, holder_of(Role.MANAGER)),
]
