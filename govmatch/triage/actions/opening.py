"""Opening the sealed applications of a challenge: begun by one person, completed by another.

Each act holds the challenge first, so that whoever submits at that moment is either counted or
refused, and two people who press at once follow each other.
"""

from datetime import datetime
from secrets import SystemRandom

from govmatch.applications.actions.late_codes import end_all
from govmatch.applications.models import Application, Version
from govmatch.applications.naming import title_of
from govmatch.challenges.actions import move_on
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Phase
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.questionnaires import Questionnaire
from govmatch.questionnaires.loading import load_kept
from govmatch.triage import queries, rules
from govmatch.triage.events import (
    ApplicationOpened,
    ApplicationsOpened,
    OpeningBegun,
    OpeningTakenBack,
)
from govmatch.triage.models import Handling, Opening

LEAST_NUMBERS = 99
NUMBERS_PER_ENTRY = 10


def begin(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> Opening:
    """Begin the opening, which somebody else has to complete; late codes end at once.

    Where the programme asks for one person only, it is completed with it. Refused before the
    deadline, and to everybody but the managers of the programme.
    """
    hold(session, challenge)
    there = queries.opening_of(session, challenge)
    require(rules.may_begin(actor, challenge, there, now=now))
    opening = Opening(challenge_id=challenge.id, begun_by=actor.person_id, begun_at=now)
    session.add(opening)
    session.flush()
    end_all(session, challenge, actor=actor, now=now)
    if rules.people_needed(challenge) == 1:
        _open(session, challenge, opening, actor=actor, now=now)
    else:
        journal.record(session, OpeningBegun(challenge.id), actor=actor, now=now)
    return opening


def complete(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> Opening:
    """Open everything that was submitted and not withdrawn; none at all is right too.

    Refused to the person who began it, and to whoever neither runs nor owns the challenge.
    """
    hold(session, challenge)
    opening = queries.opening_of(session, challenge)
    require(rules.may_complete(actor, challenge, opening, now=now))
    assert opening is not None, "the rule asks for one"
    end_all(session, challenge, actor=actor, now=now)
    _open(session, challenge, opening, actor=actor, now=now)
    return opening


def take_back(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """Undo what was begun, as long as nobody has completed it; ended late codes stay ended."""
    hold(session, challenge)
    opening = queries.opening_of(session, challenge)
    require(rules.may_take_back(actor, challenge, opening))
    session.delete(opening)
    session.flush()
    journal.record(session, OpeningTakenBack(challenge.id), actor=actor, now=now)


def _open(
    session: Session, challenge: Challenge, opening: Opening, *, actor: Actor, now: datetime
) -> None:
    found = queries.entries(session, challenge)
    _number(found)
    _name(found)
    for application, _ in found:
        session.add(Handling(application_id=application.id, revision=1, state_since=now))
    opening.completed_by, opening.completed_at = actor.person_id, now
    opening.entries = len(found)
    challenge.opened_at = now
    session.flush()
    event = ApplicationsOpened(
        challenge.id,
        begun_by=opening.begun_by,
        entries=[(one.id, version.number, version.content_hash) for one, version in found],
    )
    journal.record(session, event, actor=actor, now=now)
    move_on(session, challenge, Phase.IN_SELECTION, actor=actor, now=now)
    for application, version in found:
        opened = ApplicationOpened(application.id, number=version.number)
        journal.record(session, opened, actor=actor, now=now)


def _number(found: list[tuple[Application, Version]]) -> None:
    """Draw what those who read without names call them; neither gaps nor order tell anything."""
    most = max(LEAST_NUMBERS, NUMBERS_PER_ENTRY * len(found))
    drawn = SystemRandom().sample(range(1, most + 1), len(found))
    for (application, _), number in zip(found, drawn, strict=True):
        application.alias = number


def _name(found: list[tuple[Application, Version]]) -> None:
    """Call each by what was submitted: a draft that was never sent in must not show through."""
    forms: dict[str, Questionnaire] = {}
    for application, version in found:
        if version.form_digest not in forms:
            forms[version.form_digest] = load_kept(version.form)
        application.title = title_of(forms[version.form_digest], version.answers)
