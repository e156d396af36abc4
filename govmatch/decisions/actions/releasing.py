"""The release: every letter of a decision goes out in one moment, with all that follows from it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from govmatch.applications.actions.moving import may_follow
from govmatch.applications.actions.moving import move as move_application
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.actions import move_on
from govmatch.challenges.models import State as Stage
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.confirming import require_current, require_unconflicted
from govmatch.decisions.actions.holding import (
    add_determination,
    happened,
    hold,
    move,
    overtake,
)
from govmatch.decisions.actions.letters import new_letter
from govmatch.decisions.events import DecisionReleased, LetterReleased
from govmatch.decisions.letter_texts import with_date, written
from govmatch.decisions.models import (
    Decision,
    Determination,
    Kind,
    Letter,
    Outcome,
    Receipt,
    State,
)
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import as_lang, msgn
from govmatch.kit.markdown import render
from govmatch.triage.actions.holding import date_states

LAST_MINUTE = time(23, 59)

MOVED_TO: Mapping[Outcome, Applied] = {
    Outcome.SELECTED: Applied.SELECTED,
    Outcome.RESERVE: Applied.RESERVE,
    Outcome.NOT_SELECTED: Applied.NOT_SELECTED,
    Outcome.ENDED: Applied.NOT_SELECTED,
}
"""What becomes of an application; ineligible and withdrawn ones stay what they are, and so do, at
the end of a challenge, those that were selected once."""


def release(
    session: Session,
    decision: Decision,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> bool:
    """Release every letter of a confirmed decision, and let everything follow that it says.

    States, dates, the challenge and the receipts to come change in the caller's one transaction.
    False, and nothing happens, where it was released already. Refused while a letter is unread or
    something has changed since the proposal.
    """
    hold(session, decision)
    if decision.state == State.RELEASED:
        return False
    require(rules.may_release(actor, decision))
    require_unconflicted(session, decision, actor=actor)
    if unread := queries.unread_letters(session, decision):
        raise NotAllowed(
            msgn(
                "{n} letter has not been read yet.", "{n} letters have not been read yet.", n=unread
            )
        )
    said = require_current(session, decision)
    move(decision, State.RELEASED, now=now)
    decision.released_by, decision.released_at = actor.person_id, now
    if decision.kind != Kind.ENDING:
        decision.confirm_by = last_moment(now, decision.confirm_days, decision.challenge.zone)
    if decision.kind == Kind.ENDING and decision.challenge.opened_at is None:
        said = _write_sealed(session, decision)
    moved = [
        line.application_id
        for line in said.values()
        if _apply(session, decision, line, actor=actor, now=now)
    ]
    date_states(session, moved, now=now)
    letters = _letters(session, decision)
    _send(session, decision, letters, actor=actor, now=now)
    _expect(session, letters, real_now=real_now)
    _move_challenge(session, decision, actor=actor, now=now)
    happened(session, decision, DecisionReleased, actor=actor, now=now)
    return True


def last_moment(now: datetime, days: int, zone: str) -> datetime:
    """Return the last minute of the day that is so many days after `now` on the zone's clocks."""
    place = ZoneInfo(zone)
    day = now.astimezone(place).date() + timedelta(days=days)
    return datetime.combine(day, LAST_MINUTE, place)


def _write_sealed(session: Session, decision: Decision) -> dict[int, Determination]:
    """Write to everybody who had submitted, unseen: nothing was opened, and nothing will be."""
    said = {}
    for application in queries.without_letter(session, decision.challenge):
        line = add_determination(session, decision, application.id, outcome=Outcome.ENDED.value)
        line.application = application
        said[application.id] = line
        session.add(new_letter(line, application, written(decision, line, application)))
    session.flush()
    return said


def _apply(
    session: Session, decision: Decision, line: Determination, *, actor: Actor, now: datetime
) -> bool:
    """Let follow what the decision says of one application; True where its state is another now."""
    application = line.application
    outcome = Outcome(line.outcome)
    to = MOVED_TO.get(outcome)
    is_moved = to is not None and (outcome is not Outcome.ENDED or may_follow(application, to))
    if to is not None and is_moved:
        move_application(session, application, to, actor=actor, now=now)
    application.decision_released_at = application.decision_released_at or now
    if outcome is Outcome.SELECTED:
        application.confirm_by = decision.confirm_by
    return is_moved


def _letters(session: Session, decision: Decision) -> list[Letter]:
    return sorted(queries.whole_letters_of(session, decision), key=lambda one: one.public_id)


def _send(
    session: Session,
    decision: Decision,
    letters: Iterable[Letter],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    for letter in letters:
        if decision.confirm_by is not None and letter.determination.outcome == Outcome.SELECTED:
            lang = as_lang(letter.lang)
            date = date_text(decision.confirm_by, lang, decision.challenge.zone)
            letter.body = with_date(letter.body, date)
            letter.html = str(render(letter.body))
        letter.released_at = now
        event = LetterReleased(letter.application_id, letter=letter.id)
        journal.record(session, event, actor=actor, now=now)


def _expect(session: Session, letters: list[Letter], *, real_now: datetime) -> None:
    """Make a receipt for each person whom a letter has to reach; it is dated when it does."""
    firms: dict[int, Application] = {one.id: one.application for one in letters}
    members = queries.members_by_firm(
        session, {one.firm_id for one in firms.values()}, real_now=real_now
    )
    rows = [
        {"letter_id": letter.id, "person_id": person.id}
        for letter in letters
        for person in members.get(letter.application.firm_id, [])
    ]
    if rows:
        session.execute(insert(Receipt), rows)


def _move_challenge(session: Session, decision: Decision, *, actor: Actor, now: datetime) -> None:
    challenge = decision.challenge
    if decision.kind == Kind.SELECTION:
        move_on(session, challenge, Stage.DECIDED, actor=actor, now=now)
    if decision.kind == Kind.ENDING:
        session.flush()
        move_on(
            session,
            challenge,
            Stage.DID_NOT_PROCEED,
            reasons=decision.reasons,
            actor=actor,
            now=now,
        )
        overtake(session, challenge, actor=actor, now=now)
