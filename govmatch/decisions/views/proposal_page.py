"""The page of a selection: the ranking as it is now, choices, and what came of them."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.challenges.rules import phase
from govmatch.challenges.showing import PHASES
from govmatch.decisions import rules
from govmatch.decisions.letter_texts import criteria_of
from govmatch.decisions.models import (
    EDITABLE,
    OPEN,
    RANKED,
    WITH_LETTERS,
    Answer,
    Decision,
    Kind,
    Outcome,
)
from govmatch.decisions.showing import AWAITED, KINDS, OUTCOMES, REPLIES, STATES
from govmatch.decisions.standing import Standing
from govmatch.decisions.views.access import case_path, decision_path, title_of
from govmatch.decisions.views.afterwards import Afterwards, Step, afterwards_of, next_steps
from govmatch.decisions.views.ranking_rows import Beside, Row, ranking_rows
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words, named_languages
from govmatch.web.answers import Answer as WebAnswer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit

ENDED = frozenset({Stage.DID_NOT_PROCEED, Stage.CANCELLED, Stage.ARCHIVED})


@dataclass(frozen=True)
class Made:
    """A decision of the case."""

    kind: Message
    state: tuple[Message, str]
    url: str
    at: datetime


@dataclass(frozen=True)
class Replied:
    name: str
    url: str
    state: tuple[Message, str]
    at: datetime | None
    is_due: bool
    """`at` is until when an answer is awaited."""
    by: str
    reason: str


@dataclass(frozen=True)
class ProposalPage:
    title: str
    title_lang: str | None
    path: str
    zone: str
    is_opened: bool
    state: tuple[Message, str] | None
    over: tuple[Message, str] | None
    """How the challenge ended, where nothing was ever selected."""
    remarks: str
    decision_url: str
    is_being_prepared: bool
    may_begin: bool
    may_edit: bool
    may_end: bool
    steps: list[Step]
    """What comes next once the selection is released."""
    criteria: list[tuple[str, int]]
    formula: str
    """How points follow from prices, in words; empty where nothing is computed."""
    rows: list[Row]
    beside: list[Beside]
    places: int
    form: Form
    languages: list[tuple[Lang, str]]
    outcomes: list[tuple[str, Message]]
    public_reasons: list[tuple[str, str]]
    deviation: str
    confirm_days: int
    decisions: list[Made]
    replies: list[Replied]
    conflict: list[tuple[str | Message, str, str]] = field(default_factory=list)
    """(what, as saved now, as typed)"""


def proposal_page(
    visit: Visit,
    challenge: Challenge,
    decision: Decision | None,
    form: Form,
    *,
    status: int = 200,
    conflict: Sequence[tuple[str | Message, str, str]] = (),
) -> WebAnswer:
    """Return the page of a case; `form` holds what was typed or is saved."""
    title, title_lang = title_of(challenge, visit.lang)
    case = afterwards_of(visit, challenge)
    decisions = case.decisions
    may_edit = (
        decision is not None
        and decision.state in EDITABLE
        and bool(rules.may_prepare(visit.actor, challenge, decision))
    )
    rows, beside = ranking_rows(visit, challenge, decision)
    values = ProposalPage(
        title=title,
        title_lang=title_lang,
        path=case_path(challenge),
        zone=challenge.zone,
        is_opened=challenge.opened_at is not None,
        state=STATES[decision.state] if decision is not None else None,
        over=_over(visit, challenge) if decision is None else None,
        remarks=decision.remarks if decision is not None and may_edit else "",
        decision_url=visit.url(decision_path(decision))
        if decision is not None and decision.state in WITH_LETTERS
        else "",
        is_being_prepared=decision is not None and decision.state in EDITABLE,
        may_begin=decision is None and bool(rules.may_prepare(visit.actor, challenge, None)),
        may_edit=may_edit,
        may_end=bool(rules.may_end(visit.actor, challenge, decisions=decisions)),
        steps=next_steps(visit, case),
        formula=_formula(challenge, visit.lang),
        criteria=[
            (pick(one.label, visit.lang)[0], weight) for one, weight in criteria_of(challenge)
        ],
        rows=rows,
        beside=beside,
        places=challenge.pilots_max,
        form=form,
        languages=named_languages(visit.lang),
        outcomes=[(one.value, OUTCOMES[one][0]) for one in Outcome if one in RANKED],
        public_reasons=_public_reasons(visit, decision) if decision is not None else [],
        deviation=decision.deviation if decision is not None else "",
        confirm_days=decision.confirm_days if decision is not None else 0,
        decisions=[
            _made(visit, one)
            for one in decisions
            if one.kind != Kind.SELECTION or one.state not in OPEN
        ],
        replies=_replies(visit, case),
        conflict=list(conflict),
    )
    return page(visit, "decisions/proposal.html", values, status=status, main_form=may_edit)


def _over(visit: Visit, challenge: Challenge) -> tuple[Message, str] | None:
    return PHASES[phase(challenge, visit.now)] if challenge.state in ENDED else None


def _public_reasons(visit: Visit, decision: Decision) -> list[tuple[str, str]]:
    """Return the reasons by language, the reader's first."""
    return sorted(decision.reasons.items(), key=lambda one: one[0] != visit.lang)


def _made(visit: Visit, decision: Decision) -> Made:
    return Made(
        KINDS[decision.kind],
        STATES[decision.state],
        visit.url(decision_path(decision)),
        decision.released_at or decision.updated_at,
    )


def _replies(visit: Visit, case: Afterwards) -> list[Replied]:
    """Return who was selected and what they answered, once the selection is released."""
    if not case.held.total or case.challenge.state not in {
        Stage.DECIDED,
        Stage.PILOTING,
        Stage.COMPLETED,
        Stage.DID_NOT_PROCEED,
    }:
        return []
    names = names_by_id(visit.db, {one.by for one in case.answers.values()})
    return [_replied(visit, one, case.answers.get(one.id), names) for one in case.chosen]


def _replied(
    visit: Visit, application: Application, answer: Answer | None, names: dict[int, str]
) -> Replied:
    shown = REPLIES[answer.answer] if answer is not None else AWAITED
    if answer is None and application.state == "withdrawn":
        shown = state_for_staff(application)
    return Replied(
        name=name_for(application, How.FULL, visit.lang),
        url=visit.url(f"/triage/{application.public_id}"),
        state=shown,
        at=answer.at if answer is not None else application.confirm_by,
        is_due=answer is None,
        by=names.get(answer.by, "") if answer is not None and answer.by is not None else "",
        reason=answer.reason if answer is not None else "",
    )


def differing(
    visit: Visit, saved: Form, typed: Form, order: Sequence[Standing]
) -> list[tuple[str | Message, str, str]]:
    """Return where what was typed is not what is saved: (what, saved, typed)."""
    found: list[tuple[str | Message, str, str]] = []
    for one in order:
        key = one.application.public_id
        both = [_chosen(visit, form, key) for form in (saved, typed)]
        if both[0] != both[1]:
            found.append((name_for(one.application, How.FULL, visit.lang), both[0], both[1]))
    labels = {
        **{
            f"reasons-{lang}": msg(
                "Reasons in {language}", language=language_in_words(lang, visit.lang)
            )
            for lang in LANGUAGES
        },
        "deviation": msg("Why not by the ranking alone"),
        "confirm_days": msg("Days to answer"),
    }
    for name, label in labels.items():
        if saved.value(name).strip() != typed.value(name).strip():
            found.append((label, saved.value(name), typed.value(name)))
    return found


def _chosen(visit: Visit, form: Form, key: str) -> str:
    outcome = form.value(f"outcome-{key}")
    label = visit.say(OUTCOMES[outcome][0]) if outcome in OUTCOMES else ""
    place = form.value(f"place-{key}")
    return f"{label} {place}".strip() if outcome == Outcome.RESERVE else label


def _formula(challenge: Challenge, lang: Lang) -> str:
    """Return how points follow from prices, in words; empty where nothing is computed."""
    computed = (one for one, _ in criteria_of(challenge) if one.is_computed)
    return next((pick(one.formula, lang)[0] for one in computed), "")
