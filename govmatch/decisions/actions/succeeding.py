"""A reserve moves up into a free place: a decision of its own, by two people as before."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications.models import Application
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.confirming import require_unconflicted
from govmatch.decisions.actions.holding import add_determination, new_decision
from govmatch.decisions.actions.letters import drop_lines
from govmatch.decisions.actions.proposing import MAX_REASONS, hand_over
from govmatch.decisions.models import EDITABLE, Decision, Kind, Outcome
from govmatch.decisions.rules import FEWEST_DAYS, MOST_DAYS
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Message, msg


def propose_successor(
    session: Session,
    challenge: Challenge,
    *,
    successor: str,
    reasons: Mapping[str, str],
    deviation: str,
    confirm_days: int,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Propose that a reserve takes a free place; `successor` is its public id.

    It is the first of the list; another one only with the reason in `deviation`. `reasons` are
    published, by language. Raises `Invalid` for what is missing, field by field.
    """
    hold_challenge(session, challenge)
    decisions = queries.decisions_of(session, challenge)
    held = queries.places(session, challenge)
    require(rules.may_succeed(actor, challenge, free=held.free, decisions=decisions))
    chosen = next((one for one in held.reserves if one.public_id == successor), None)
    given: dict[str, str] = {
        lang: reasons[lang].strip() for lang in LANGUAGES if reasons.get(lang, "").strip()
    }
    is_first = bool(held.reserves) and chosen is held.reserves[0]
    if errors := _errors(chosen, given, deviation, confirm_days, is_first=is_first):
        raise Invalid(errors)
    assert chosen is not None
    unfinished = [one for one in decisions if one.kind == Kind.SUCCESSION and one.state in EDITABLE]
    decision = (
        unfinished[-1]
        if unfinished
        else new_decision(session, challenge, Kind.SUCCESSION, actor=actor, now=now)
    )
    require_unconflicted(session, decision, actor=actor)
    decision.reasons, decision.confirm_days = given, confirm_days
    decision.deviation = "" if is_first else deviation.strip()
    _fill(session, decision, chosen)
    hand_over(session, decision, actor=actor, now=now)
    return decision


def _errors(
    chosen: Application | None,
    reasons: Mapping[str, str],
    deviation: str,
    confirm_days: int,
    *,
    is_first: bool,
) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    if chosen is None:
        errors["successor"] = msg("Please choose one of the options.")
    elif not is_first and not deviation.strip():
        errors["deviation"] = msg("Please say why the first of the list is passed over.")
    if not reasons:
        errors["reasons"] = msg("Please give the reasons for the public in at least one language.")
    if not FEWEST_DAYS <= confirm_days <= MOST_DAYS:
        errors["confirm_days"] = msg(
            "Please enter a number from {low} to {high}.", low=FEWEST_DAYS, high=MOST_DAYS
        )
    texts = {**{f"reasons-{lang}": text for lang, text in reasons.items()}, "deviation": deviation}
    limit = msg("At most {limit} characters fit here.", limit=MAX_REASONS)
    return errors | {name: limit for name, text in texts.items() if len(text) > MAX_REASONS}


def _fill(session: Session, decision: Decision, chosen: Application) -> None:
    """Let the decision be about this application alone, as the selection rated it."""
    drop_lines(session, decision, keep=[chosen.id])
    if chosen.id not in queries.determinations_of(session, decision):
        line = add_determination(session, decision, chosen.id, outcome=Outcome.SELECTED.value)
        selection = queries.selection_of(session, decision.challenge)
        assert selection is not None
        before = queries.determinations_of(session, selection)[chosen.id]
        line.mean, line.rank = before.mean, before.rank
        line.criterion_means, line.reviews = before.criterion_means, before.reviews
        line.reserve_place = before.reserve_place
    session.flush()
