"""/decisions: the cases of whoever decides, each with what it waits for and whose turn it is."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import State as Stage
from govmatch.challenges.rules import phase
from govmatch.challenges.showing import PHASES
from govmatch.decisions import queries
from govmatch.decisions.models import Kind, State
from govmatch.decisions.queries import CaseRow
from govmatch.decisions.rules import STAGES, is_manager, is_on_case, prepared
from govmatch.decisions.views.access import case_path, deciders, decision_path, title_of
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Step:
    """What a case waits for; `is_yours` where the reader can do it."""

    words: Message
    path: str
    is_yours: bool


@dataclass(frozen=True)
class Line:
    title: str
    title_lang: str | None
    authority: str
    state: tuple[Message, str]
    step: Step
    answer_by: datetime | None
    zone: str


@dataclass(frozen=True)
class CasesPage:
    yours: list[Line]
    others: list[Line]
    tabs: list[tuple[Message, str, bool, None]]
    is_over: bool
    paging: Paging


def cases(visit: Visit) -> Answer:
    """Show the cases that are going on, those first that wait for the reader; or what is over."""
    is_over = visit.query.one("part") == "over"
    number = page_number(visit.query.one("page"))
    found = queries.case_page(
        visit.db, visit.actor, over=is_over, page=number, real_now=visit.real_now
    )
    lines = [_line(visit, row) for row in found.rows]
    part = "over" if is_over else None
    values = CasesPage(
        yours=[one for one in lines if one.step.is_yours],
        others=[one for one in lines if not one.step.is_yours],
        tabs=[
            (msg("Going on"), visit.url("/decisions"), not is_over, None),
            (msg("Decided"), visit.url("/decisions", part="over"), is_over, None),
        ],
        is_over=is_over,
        paging=Paging(
            number,
            50,
            found.total,
            lambda n: visit.url("/decisions", part=part, page=n if n > 1 else None),
        ),
    )
    return page(visit, "decisions/cases.html", values)


def _line(visit: Visit, row: CaseRow) -> Line:
    challenge = row.challenge
    title, lang = title_of(challenge, visit.lang)
    return Line(
        title=title,
        title_lang=lang,
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase(challenge, visit.now)],
        step=_step(visit.actor, row),
        answer_by=row.answer_by if row.awaited else None,
        zone=challenge.zone,
    )


def _step(actor: Actor, row: CaseRow) -> Step:
    """Return the one thing that comes next in a case."""
    challenge, decision = row.challenge, row.decision
    manages = is_manager(actor, challenge)
    here = case_path(challenge)
    if decision is not None and decision.state in {State.PROPOSED, State.CONFIRMED}:
        return _of_decision(actor, row)
    if decision is not None and decision.state in {State.DRAFT, State.RETURNED}:
        words = msg("Returned with remarks: change it and propose it again.")
        if decision.state == State.DRAFT:
            words = msg("The proposal is being prepared.")
        return Step(words, here, manages)
    if challenge.state == Stage.IN_SELECTION:
        return Step(msg("No decision is proposed yet."), here, manages)
    return _after_release(actor, row)


def _after_release(actor: Actor, row: CaseRow) -> Step:
    """Return what a released selection waits for: a reserve, an answer, a pilot."""
    challenge, here = row.challenge, case_path(row.challenge)
    if row.asked:
        words = msgn(
            "{n} firm has a question about its letter.",
            "{n} firms have a question about their letter.",
            n=row.asked,
        )
        return Step(words, here, is_on_case(actor, challenge))
    if challenge.state not in STAGES[Kind.SUCCESSION]:
        return Step(msg("Nothing waits here."), here, is_yours=False)
    if row.free and row.reserves:
        words = msg("A place is free: the first reserve can move up.")
        return Step(words, here, is_manager(actor, challenge))
    if row.to_plan:
        words = msgn("{n} pilot is to be agreed.", "{n} pilots are to be agreed.", n=row.to_plan)
        is_yours = is_manager(actor, challenge) or actor.holds(
            Role.STAFF, "authority", challenge.authority_id
        )
        return Step(words, here, is_yours)
    if row.awaited:
        words = msgn("{n} answer is awaited.", "{n} answers are awaited.", n=row.awaited)
        return Step(words, here, is_yours=False)
    return Step(msg("Nothing waits here."), here, is_yours=False)


def _of_decision(actor: Actor, row: CaseRow) -> Step:
    decision, challenge = row.decision, row.challenge
    assert decision is not None
    here = decision_path(decision)
    unread = msgn(
        "{n} letter is still to be read.", "{n} letters are still to be read.", n=row.letters.unread
    )
    if decision.state == State.CONFIRMED:
        if row.letters.unread:
            return Step(unread, here, is_on_case(actor, challenge))
        words = msgn(
            "Confirmed: the letter can be released.",
            "Confirmed: the letters can be released.",
            n=row.letters.total,
        )
        return Step(words, here, is_manager(actor, challenge))
    approves = actor.holds(Role.APPROVER, "authority", challenge.authority_id) or actor.holds(
        Role.APPROVER, "programme", challenge.programme_id
    )
    if approves and actor.person_id not in prepared(decision):
        return Step(msg("Waits for confirmation by a second person."), here, is_yours=True)
    if row.letters.unread and is_on_case(actor, challenge):
        return Step(unread, here, is_yours=True)
    return Step(msg("Waits for confirmation by a second person."), here, is_yours=False)


routes = [get("/decisions", cases, deciders)]
