"""The page of one decision: its reasons, its people, its letters, and what can be done now."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import How
from govmatch.applications.models import State as Applied
from govmatch.applications.naming import name_for
from govmatch.decisions import queries, rules
from govmatch.decisions.models import Decision, Kind, Letter, Outcome, Receipt, State
from govmatch.decisions.showing import AWAITED, KINDS, OUTCOMES, REPLIES, STATES
from govmatch.decisions.views.access import case_path, decision_path, title_of
from govmatch.decisions.views.afterwards import Afterwards, Step, afterwards_of, next_steps
from govmatch.kit.i18n import OWN_NAMES, Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class May:
    confirm: bool
    return_: bool
    take_back: bool
    check: bool
    release: bool


@dataclass(frozen=True)
class LetterRow:
    key: str
    revision: int
    name: str
    url: str
    outcome: tuple[Message, str]
    place: int | None
    language: str
    is_checked: bool
    checked_by: str
    is_corrected: bool
    is_stale: bool
    reached: int
    opened: int
    people: int
    reply: tuple[Message, str] | None
    """What a selected firm answered, or that its answer is awaited."""


@dataclass(frozen=True)
class DecisionPage:
    title: str
    title_lang: str | None
    case_url: str
    path: str
    kind: Message
    is_ending: bool
    is_sealed: bool
    state: tuple[Message, str]
    revision: int
    reasons: list[tuple[str, str]]
    deviation: str
    remarks: str
    confirm_days: int
    confirm_by: datetime | None
    zone: str
    people: list[tuple[Message, str, datetime]]
    """(what they did, who, when)"""
    waits_for: list[str]
    letters: list[LetterRow]
    unread: int
    is_released: bool
    steps: list[Step]
    """What comes next, once it is released."""
    may: May
    why_not: Message | None
    """Why the reader, an approver, may not confirm it."""
    form: Form
    labels: dict[str, Message]


def decision_view(visit: Visit, decision: Decision, form: Form, *, status: int = 200) -> Answer:
    """Return the page of one decision."""
    challenge = decision.challenge
    title, title_lang = title_of(challenge, visit.lang)
    letters = queries.letters_of(visit.db, decision)
    is_sealed = challenge.opened_at is None
    unread = sum(one.checked_at is None for one in letters)
    may, why_not = _may(visit, decision, unread)
    is_released = decision.state == State.RELEASED
    after = afterwards_of(visit, challenge) if is_released else None
    values = DecisionPage(
        title=title,
        title_lang=title_lang,
        case_url=visit.url(case_path(challenge)),
        path=decision_path(decision),
        kind=KINDS[decision.kind],
        is_ending=decision.kind == Kind.ENDING,
        is_sealed=is_sealed,
        state=STATES[decision.state],
        revision=decision.revision,
        reasons=sorted(decision.reasons.items(), key=lambda one: one[0] != visit.lang),
        deviation=decision.deviation,
        remarks=decision.remarks,
        confirm_days=decision.confirm_days,
        confirm_by=decision.confirm_by,
        zone=challenge.zone,
        people=_people(visit, decision),
        waits_for=_waits_for(visit, decision) if not may.confirm else [],
        # Whom the release of a sealed challenge writes to, nobody but the firms may learn.
        letters=[] if is_sealed else _letters(visit, letters, after),
        unread=0 if is_sealed else unread,
        is_released=is_released,
        steps=next_steps(visit, after) if after is not None else [],
        may=may,
        why_not=why_not,
        form=form,
        labels={"remarks": msg("Remarks"), "read": msg("Letters")},
    )
    return page(visit, "decisions/decision.html", values, status=status)


def _may(visit: Visit, decision: Decision, unread: int) -> tuple[May, Message | None]:
    own = queries.own_approvers(visit.db, decision.challenge, now=visit.real_now)
    reviewers = queries.reviewers_of(visit.db, decision.challenge)
    actor = visit.actor
    confirming = rules.may_confirm(actor, decision, own_approvers=own, reviewers=reviewers)
    returning = rules.may_return(actor, decision, own_approvers=own, reviewers=reviewers)
    is_approver = actor.holds(Role.APPROVER, "authority", decision.challenge.authority_id)
    why = None
    if not confirming and is_approver and decision.state == State.PROPOSED:
        why = confirming.reason
    may = May(
        confirm=bool(confirming),
        return_=bool(returning),
        take_back=bool(rules.may_take_back(actor, decision)),
        check=bool(rules.may_check(actor, decision)),
        release=bool(rules.may_release(actor, decision)) and not unread,
    )
    return may, why


def _people(visit: Visit, decision: Decision) -> list[tuple[Message, str, datetime]]:
    did = (
        (msg("Proposed by"), decision.proposed_by, decision.proposed_at),
        (msg("Confirmed by"), decision.confirmed_by, decision.confirmed_at),
        (msg("Released by"), decision.released_by, decision.released_at),
    )
    names = names_by_id(visit.db, {person for _, person, _ in did})
    return [
        (label, names.get(person) or visit.say(msg("A person who is no longer here")), at)
        for label, person, at in did
        if person is not None and at is not None
    ]


def _waits_for(visit: Visit, decision: Decision) -> list[str]:
    if decision.state == State.PROPOSED:
        reviewers = queries.reviewers_of(visit.db, decision.challenge)
        found = queries.confirmers(visit.db, decision, reviewers=reviewers, real_now=visit.real_now)
    elif decision.state == State.CONFIRMED:
        found = queries.managers(visit.db, decision.challenge, real_now=visit.real_now)
    else:
        found = []
    return [person.name for person in found if person.name]


def _letters(visit: Visit, letters: list[Letter], after: Afterwards | None) -> list[LetterRow]:
    receipts = queries.receipts_of(visit.db, [one.id for one in letters])
    names = names_by_id(visit.db, {one.checked_by for one in letters})
    return [_row(visit, one, receipts.get(one.id, []), names, after) for one in letters]


def _row(
    visit: Visit,
    letter: Letter,
    receipts: list[Receipt],
    names: dict[int, str],
    after: Afterwards | None,
) -> LetterRow:
    said = letter.determination
    here = f"/decisions/{visit.params['decision']}/letters/{letter.public_id}"
    return LetterRow(
        key=letter.public_id,
        revision=letter.revision,
        name=name_for(letter.application, How.FULL, visit.lang),
        url=visit.url(here),
        outcome=OUTCOMES[said.outcome],
        place=said.reserve_place if said.outcome == Outcome.RESERVE else None,
        language=OWN_NAMES[as_lang(letter.lang)],
        is_checked=letter.checked_at is not None,
        checked_by=names.get(letter.checked_by, "") if letter.checked_by is not None else "",
        is_corrected=letter.is_corrected,
        is_stale=letter.is_stale,
        reached=sum(one.delivered_at is not None for one in receipts),
        opened=sum(one.read_at is not None for one in receipts),
        people=len(receipts),
        reply=_reply(letter, after) if said.outcome == Outcome.SELECTED else None,
    )


def _reply(letter: Letter, after: Afterwards | None) -> tuple[Message, str] | None:
    answer = after.answers.get(letter.application_id) if after is not None else None
    if answer is not None:
        return REPLIES[answer.answer]
    is_awaited = after is not None and letter.application.state == Applied.SELECTED
    return AWAITED if is_awaited else None
