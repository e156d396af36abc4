"""A selection from its first draft to the proposal that waits for a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.holding import (
    add_determination,
    happened,
    hold,
    move,
    new_decision,
    note_editor,
)
from govmatch.decisions.actions.letters import make_letters
from govmatch.decisions.events import DecisionBegun, DecisionProposed, DecisionTakenBack
from govmatch.decisions.models import RANKED, Decision, Determination, Kind, Outcome, State
from govmatch.decisions.standing import (
    DECIDABLE,
    Choice,
    Standing,
    first_choices,
    reserves_in_order,
)
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews.actions import freezing as reviews
from govmatch.reviews.rubric import rubric_of

MAX_REASONS = 4_000
"""Characters of the public reasons in one language, of one criterion, and of a deviation."""


@dataclass(frozen=True)
class Proposal:
    """What the form of a selection says; `choices` are by the applications' public ids."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    deviation: str = ""
    confirm_days: int = 14


def begin(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> Decision:
    """Begin the selection of a challenge with what the ranking alone suggests.

    Pressed twice, or by two, it is the same draft.
    """
    hold_challenge(session, challenge)
    decision = queries.selection_of(session, challenge)
    if decision is not None:
        return decision
    require(rules.may_prepare(actor, challenge, None))
    decision = new_decision(session, challenge, Kind.SELECTION, actor=actor, now=now)
    order = queries.standings_of(session, challenge)
    suggested = first_choices(order, challenge.pilots_max)
    _settle(session, decision, order, suggested)
    happened(session, decision, DecisionBegun, actor=actor, now=now)
    return decision


def save(
    session: Session,
    decision: Decision,
    proposal: Proposal,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what was chosen so far; it may be incomplete.

    Raises `Conflict` when somebody saved in between, `Invalid` for what is too long.
    """
    hold(session, decision, revision=revision)
    require(rules.may_prepare(actor, decision.challenge, decision))
    if faults := _too_long(proposal):
        raise Invalid(faults)
    said = queries.determinations_of(session, decision)
    order = queries.standings_of(session, decision.challenge)
    chosen = queries.own_choices(said)
    for one in order:
        given = proposal.choices.get(one.application.public_id)
        if given is not None and given.outcome in RANKED:
            chosen[one.application.id] = given
    places = reserves_in_order(chosen, order)
    chosen = {number: Choice(one.outcome, places.get(number)) for number, one in chosen.items()}
    decision.reasons = {
        lang: proposal.reasons[lang].strip()
        for lang in LANGUAGES
        if proposal.reasons.get(lang, "").strip()
    }
    decision.deviation = proposal.deviation.strip()
    decision.confirm_days = proposal.confirm_days
    _settle(session, decision, order, chosen)
    note_editor(decision, actor)
    decision.revision += 1
    decision.updated_at = now


def _too_long(proposal: Proposal) -> dict[str, Message]:
    limit = msg("At most {limit} characters fit here.", limit=MAX_REASONS)
    texts = {f"reasons-{lang}": text for lang, text in proposal.reasons.items()}
    texts["deviation"] = proposal.deviation
    return {name: limit for name, text in texts.items() if len(text) > MAX_REASONS}


def _settle(
    session: Session,
    decision: Decision,
    order: Sequence[Standing],
    chosen: Mapping[int, Choice],
) -> dict[int, Determination]:
    """Give every application that the opening found its line, with what is known now.

    What became ineligible or was withdrawn is fixed; what came back can be chosen again. Reasons
    that nobody has written yet follow the reviewers' comments.
    """
    said = queries.determinations_of(session, decision)
    standing = {one.application.id: one for one in order}
    wordings = queries.wordings(session, decision.challenge)
    for application in queries.opened_applications(session, decision.challenge):
        line = said.get(application.id)
        if line is None:
            line = add_determination(session, decision, application.id, outcome="not_selected")
            said[application.id] = line
        choice = _fixed(application) or chosen.get(application.id)
        if choice is None or (choice.outcome not in RANKED and application.state in DECIDABLE):
            choice = Choice(Outcome.NOT_SELECTED)
        line.outcome = choice.outcome.value
        line.reserve_place = choice.place if choice.outcome is Outcome.RESERVE else None
        _rate(line, standing.get(application.id))
        if not line.is_written:
            line.reasons = wordings.get(application.id, {})
    session.flush()
    return said


def _fixed(application: Application) -> Choice | None:
    """Return what follows from the state alone, whatever anybody chooses."""
    if application.state == Applied.INELIGIBLE:
        return Choice(Outcome.INELIGIBLE)
    if application.state == Applied.WITHDRAWN:
        return Choice(Outcome.WITHDRAWN)
    return None


def _rate(line: Determination, standing: Standing | None) -> None:
    line.rank = standing.rank if standing else None
    line.mean = standing.mean if standing else None
    line.criterion_means = dict(standing.criterion_means) if standing else {}
    line.reviews = standing.count if standing else 0


def save_reasons(
    session: Session,
    decision: Decision,
    line: Determination,
    reasons: Mapping[str, str],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the reasons for one application; empty ones are left out.

    `revision` is that of these reasons alone, so that two people may write for two firms at once.
    """
    hold(session, decision)
    session.refresh(line)
    require(rules.may_prepare(actor, decision.challenge, decision))
    if line.revision != revision:
        raise Conflict(msg("Somebody else has written these reasons in the meantime."))
    limit = msg("At most {limit} characters fit here.", limit=MAX_REASONS)
    if faults := {f"r-{key}": limit for key, text in reasons.items() if len(text) > MAX_REASONS}:
        raise Invalid(faults)
    line.reasons = {key: text.strip() for key, text in reasons.items() if text.strip()}
    line.is_written = True
    line.revision += 1
    note_editor(decision, actor)
    decision.updated_at = now


def propose(
    session: Session,
    decision: Decision,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Hand the whole selection to a second person, and make its letters.

    From now on no review changes. Raises `Invalid` with what is missing: an open review, a tie or a
    departure from the ranking without its reason, somebody without reasons.
    """
    hold(session, decision, revision=revision)
    require(rules.may_prepare(actor, decision.challenge, decision))
    order = queries.standings_of(session, decision.challenge)
    said = _settle(
        session, decision, order, queries.own_choices(queries.determinations_of(session, decision))
    )
    applications = queries.opened_applications(session, decision.challenge)
    faults = rules.proposal_faults(
        decision,
        order,
        queries.own_choices(said),
        unsettled=queries.unsettled(applications),
        without_reasons=_without_reasons(decision, said),
    )
    if faults:
        raise Invalid(faults)
    decision.weights = decision.challenge.criteria
    reviews.freeze(session, decision.challenge, actor=actor, now=now)
    hand_over(session, decision, actor=actor, now=now)


def _without_reasons(decision: Decision, said: Mapping[int, Determination]) -> int:
    names = [one.id for one in rubric_of(decision.challenge).scored]
    return sum(lacks(line, names) for line in said.values())


def lacks(line: Determination, criteria: Sequence[str]) -> bool:
    """True where a firm would get a letter without reasons; who withdrew needs none."""
    if line.outcome == Outcome.WITHDRAWN:
        return False
    needed = [] if line.outcome == Outcome.INELIGIBLE else criteria
    return not rules.has_reasons(line.reasons, needed)


def hand_over(session: Session, decision: Decision, *, actor: Actor, now: datetime) -> None:
    """Put a whole decision of any kind before a second person."""
    note_editor(decision, actor)
    decision.proposed_by, decision.proposed_at = actor.person_id, now
    decision.confirmed_by = decision.confirmed_at = None
    decision.remarks = ""
    move(decision, State.PROPOSED, now=now)
    session.flush()
    make_letters(session, decision)
    more = {"revision": decision.revision}
    happened(session, decision, DecisionProposed, actor=actor, now=now, more=more)


def take_back(
    session: Session, decision: Decision, *, revision: int, actor: Actor, now: datetime
) -> None:
    """Make the proposal a draft again; reviews may go on."""
    hold(session, decision, revision=revision)
    require(rules.may_take_back(actor, decision))
    move(decision, State.DRAFT, now=now)
    thaw(session, decision, actor=actor, now=now)
    happened(session, decision, DecisionTakenBack, actor=actor, now=now)


def thaw(session: Session, decision: Decision, *, actor: Actor, now: datetime) -> None:
    """Let reviews change again where a selection is no longer proposed."""
    if decision.kind == Kind.SELECTION:
        reviews.thaw(session, decision.challenge, actor=actor, now=now)
