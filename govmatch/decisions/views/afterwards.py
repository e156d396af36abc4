"""What comes next in a case whose selection is released: answers, free places, pilots."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.applications.models import Application, How
from govmatch.applications.models import State as Applied
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries, rules
from govmatch.decisions.models import OPEN, Answer, Decision, Kind, Letter, Reply
from govmatch.decisions.queries import Places
from govmatch.decisions.showing import KINDS, STATES
from govmatch.decisions.views.access import case_path, decision_path
from govmatch.kit.formats import date_text, datetime_text
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Step:
    """One thing that comes next; `label` and `url` are empty where the reader can only wait."""

    title: Message
    lines: list[Message | str]
    label: Message | None = None
    url: str = ""


@dataclass(frozen=True)
class Afterwards:
    """A case after its release: who was ever selected, what they answered, who could follow."""

    challenge: Challenge
    decisions: Sequence[Decision]
    held: Places
    chosen: Sequence[Application]
    answers: Mapping[int, Answer]


def afterwards_of(visit: Visit, challenge: Challenge) -> Afterwards:
    """Return how a case stands; five statements."""
    return Afterwards(
        challenge,
        queries.decisions_of(visit.db, challenge),
        queries.places(visit.db, challenge),
        queries.selected_ever(visit.db, challenge),
        queries.answers_of(visit.db, challenge),
    )


def next_steps(visit: Visit, case: Afterwards) -> list[Step]:
    """Return what comes next: what can be done before what is waited for.

    Once the challenge is over these are questions about its letters alone; before the release
    nothing.
    """
    asked = list(_asked(visit, case))
    if case.challenge.state not in rules.STAGES[Kind.SUCCESSION] or not case.held.total:
        return asked
    return [
        *asked,
        *_decided_now(visit, case),
        *_free(visit, case),
        *_to_plan(visit, case),
        *_awaited(visit, case),
        *_planned(visit, case),
    ]


def _asked(visit: Visit, case: Afterwards) -> Iterator[Step]:
    """Questions of firms about their letters, each answered once."""
    may = rules.is_on_case(visit.actor, case.challenge)
    for letter in queries.asked_about(visit.db, case.challenge):
        name = name_for(letter.application, How.FULL, visit.lang)
        title = msg("{name} has a question about its letter", name=name)
        url = visit.url(f"/letters/{letter.public_id}") + "#question"
        lines = list(_promised(visit, letter))
        if may:
            yield Step(title, lines, msg("Answer the question"), url)
        else:
            yield Step(title, lines)


def _promised(visit: Visit, letter: Letter) -> Iterator[Message | str]:
    due = letter.question_due_at
    if due is None:
        return
    when = datetime_text(due, visit.lang, letter.application.challenge.zone)
    if visit.now >= due:
        yield msg("Overdue: the answer was promised until {when}.", when=when)
    else:
        yield msg("The answer is promised until {when}.", when=when)


def _decided_now(visit: Visit, case: Afterwards) -> Iterator[Step]:
    """A reserve who moves up, or the end, on its way through two people."""
    for one in case.decisions:
        if one.state in OPEN and one.kind != Kind.SELECTION:
            url = visit.url(decision_path(one))
            yield Step(KINDS[one.kind], [STATES[one.state][0]], msg("Open the decision"), url)


def _free(visit: Visit, case: Afterwards) -> Iterator[Step]:
    waiting = any(one.state in OPEN and one.kind == Kind.SUCCESSION for one in case.decisions)
    if not case.held.free or waiting:
        return
    may = rules.may_succeed(
        visit.actor, case.challenge, free=case.held.free, decisions=case.decisions
    )
    lines: list[Message | str] = list(_left(visit, case))
    if not case.held.reserves:
        lines.append(msg("Nobody is on the reserve list."))
    else:
        first = name_for(case.held.reserves[0], How.FULL, visit.lang)
        lines.append(msg("First on the reserve list: {name}.", name=first))
    title = msgn("{n} place is free", "{n} places are free", n=case.held.free)
    if may and case.held.reserves:
        url = visit.url(f"{case_path(case.challenge)}/successor")
        yield Step(title, lines, msg("Let a reserve move up"), url)
    else:
        yield Step(title, lines)


def _left(visit: Visit, case: Afterwards) -> list[Message]:
    """Who made room last, as many as there are free places."""
    left: list[tuple[datetime, Message]] = []
    for one in case.chosen:
        name, answer = name_for(one, How.FULL, visit.lang), case.answers.get(one.id)
        if one.state == Applied.WITHDRAWN and one.withdrawn_at is not None:
            day = _day(visit, case, one.withdrawn_at)
            left.append((one.withdrawn_at, msg("{name} withdrew on {day}.", name=name, day=day)))
        elif answer is not None and answer.answer in _LEAVING:
            said = _LEAVING[Reply(answer.answer)].text
            values = {"name": name, "day": _day(visit, case, answer.at)}
            left.append((answer.at, Message(said, values)))
    left.sort(key=lambda each: each[0])
    return [words for _, words in left[-case.held.free :]]


_LEAVING = {
    Reply.DECLINED: msg("{name} declined on {day}."),
    Reply.MISSED: msg("{name} had not answered by {day}."),
}


def _awaited(visit: Visit, case: Afterwards) -> Iterator[Step]:
    awaited = [one for one in case.chosen if one.state == Applied.SELECTED]
    if awaited:
        title = msgn("{n} answer is awaited", "{n} answers are awaited", n=len(awaited))
        yield Step(title, [_until(visit, case, one) for one in awaited])


def _to_plan(visit: Visit, case: Afterwards) -> Iterator[Step]:
    found = [
        one for one in case.chosen if one.state == Applied.CONFIRMED and not one.is_pilot_agreed
    ]
    if not found:
        return
    title = msgn("{n} pilot is to be agreed", "{n} pilots are to be agreed", n=len(found))
    lines = [_names(visit, found)]
    if _plans(visit, case.challenge):
        yield Step(title, [*lines], msg("Plan the pilot"), visit.url("/pilots"))
    else:
        yield Step(title, [*lines])


def _planned(visit: Visit, case: Afterwards) -> Iterator[Step]:
    agreed = [one for one in case.chosen if one.is_pilot_agreed and one.state == Applied.CONFIRMED]
    if agreed:
        title = msgn("{n} pilot is agreed", "{n} pilots are agreed", n=len(agreed))
        yield Step(title, [_names(visit, agreed)], msg("To the pilots"), visit.url("/pilots"))


def _plans(visit: Visit, challenge: Challenge) -> bool:
    return rules.is_manager(visit.actor, challenge) or visit.actor.holds(
        Role.STAFF, "authority", challenge.authority_id
    )


def _names(visit: Visit, found: Iterable[Application]) -> str:
    return ", ".join(name_for(one, How.FULL, visit.lang) for one in found)


def _day(visit: Visit, case: Afterwards, at: datetime) -> str:
    return date_text(at, visit.lang, case.challenge.zone)


def _until(visit: Visit, case: Afterwards, application: Application) -> Message:
    by = application.confirm_by
    when = "–" if by is None else datetime_text(by, visit.lang, case.challenge.zone)
    return msg("{name}: until {when}", name=name_for(application, How.FULL, visit.lang), when=when)
