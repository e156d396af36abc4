"""That a challenge does not proceed: proposed with published reasons, told to everybody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.actions.holding import hold as hold_challenge
from govmatch.challenges.actions.publication import clean_reasons
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.confirming import require_unconflicted
from govmatch.decisions.actions.holding import add_determination, new_decision
from govmatch.decisions.actions.letters import drop_lines
from govmatch.decisions.actions.proposing import hand_over
from govmatch.decisions.models import EDITABLE, Decision, Kind, Outcome
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session

IN_PLAY = (Applied.SELECTED, Applied.CONFIRMED, Applied.RESERVE)
"""Who has a letter already and still expects something of the challenge."""


def propose_ending(
    session: Session,
    challenge: Challenge,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Decision:
    """Propose that the challenge does not proceed, for reasons (by language) that are published.

    Letters are made for everybody who has none and for whoever still expects something. Before the
    opening none is made, and nobody learns whether there is anybody to write to: the release writes
    them. One that was returned or taken back is proposed anew.
    """
    hold_challenge(session, challenge)
    decisions = queries.decisions_of(session, challenge)
    require(rules.may_end(actor, challenge, decisions=decisions))
    given = clean_reasons(reasons)
    unfinished = [one for one in decisions if one.kind == Kind.ENDING and one.state in EDITABLE]
    decision = (
        unfinished[-1]
        if unfinished
        else new_decision(session, challenge, Kind.ENDING, actor=actor, now=now)
    )
    require_unconflicted(session, decision, actor=actor)
    decision.reasons = given
    _fill(session, decision)
    hand_over(session, decision, actor=actor, now=now)
    return decision


def _fill(session: Session, decision: Decision) -> None:
    """Give a line to everybody who is to be told, with what the reviews came to so far."""
    challenge = decision.challenge
    if challenge.opened_at is None:
        return
    told = {one.id: one for one in queries.without_letter(session, challenge)}
    told |= {one.id: one for one in _in_play(session, challenge)}
    drop_lines(session, decision, keep=told)
    said = queries.determinations_of(session, decision)
    standing = {one.application.id: one for one in queries.standings_of(session, challenge)}
    wordings = queries.wordings(session, challenge)
    for number in told:
        line = said.get(number) or add_determination(
            session, decision, number, outcome=Outcome.ENDED.value
        )
        found = standing.get(number)
        line.mean = found.mean if found else None
        line.criterion_means = dict(found.criterion_means) if found else {}
        line.reviews = found.count if found else 0
        line.reasons = wordings.get(number, {})
    session.flush()


def _in_play(session: Session, challenge: Challenge) -> list[Application]:
    found = (
        select(Application)
        .options(joinedload(Application.firm))
        .where(
            Application.challenge_id == challenge.id,
            Application.state.in_([one.value for one in IN_PLAY]),
        )
    )
    return list(session.scalars(found))
