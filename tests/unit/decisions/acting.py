"""Doing what the pages of decisions would do, without the pages."""

from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.decisions import actions, queries
from govmatch.decisions.actions import Proposal
from govmatch.decisions.models import Decision, Letter
from govmatch.decisions.standing import Choice
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from tests.web.decisions.world import World

NOW = real_now()
DAY = timedelta(days=1)
WHY = {"en": "The best two by the published criteria."}


def acting(session: Session, who: Person) -> Actor:
    """Return who acts, with every role and the second factor given."""
    return Actor(person_id=who.id, name=who.name, roles=frozenset(roles_of(session, who, now=NOW)))


def begun(session: Session, world: World, who: str = "eva") -> Decision:
    actor = acting(session, world.people[who])
    return actions.begin(session, world.case, actor=actor, now=NOW)


def saved(
    session: Session,
    world: World,
    decision: Decision,
    choices: dict[str, Choice] | None = None,
    *,
    who: str = "eva",
    deviation: str = "",
    reasons: dict[str, str] | None = None,
    days: int = 14,
) -> None:
    """Save choices by the firms' names, with everything else that a proposal needs."""
    by_id = {world.of(name).public_id: one for name, one in (choices or {}).items()}
    actions.save(
        session,
        decision,
        Proposal(by_id, WHY if reasons is None else reasons, deviation, days),
        revision=decision.revision,
        actor=acting(session, world.people[who]),
        now=NOW,
    )


def explained(session: Session, world: World, decision: Decision, who: str = "eva") -> None:
    """Write the one reason that no review gives: why somebody is ineligible."""
    line = queries.determinations_of(session, decision)[world.of("outside").id]
    actions.save_reasons(
        session,
        decision,
        line,
        {"": "The firm is too large."},
        revision=line.revision,
        actor=acting(session, world.people[who]),
        now=NOW,
    )


def propose(session: Session, world: World, decision: Decision, who: str = "eva") -> None:
    actions.propose(
        session,
        decision,
        revision=decision.revision,
        actor=acting(session, world.people[who]),
        now=NOW,
    )


def proposed(session: Session, world: World, who: str = "eva") -> Decision:
    """Return a whole selection that waits for confirmation."""
    decision = begun(session, world, who)
    saved(session, world, decision, who=who)
    explained(session, world, decision, who)
    propose(session, world, decision, who)
    return decision


def confirm(
    session: Session, world: World, decision: Decision, who: str = "hanne", now: datetime = NOW
) -> None:
    actions.confirm(
        session,
        decision,
        revision=decision.revision,
        actor=acting(session, world.people[who]),
        now=now,
        real_now=NOW,
    )


def letters(session: Session, decision: Decision) -> dict[str, Letter]:
    """Return the letters of a decision by the firm's name."""
    session.flush()
    found = queries.whole_letters_of(session, decision)
    return {one.application.firm.name_key: one for one in found}


def check_all(session: Session, world: World, decision: Decision, who: str = "astrid") -> None:
    for letter in letters(session, decision).values():
        actions.check(
            session,
            letter,
            revision=letter.revision,
            actor=acting(session, world.people[who]),
            now=NOW,
        )
    session.flush()


def release(
    session: Session, world: World, decision: Decision, who: str = "eva", now: datetime = NOW
) -> bool:
    return actions.release(
        session,
        decision,
        actor=acting(session, world.people[who]),
        now=now,
        real_now=NOW,
    )


def released(session: Session, world: World) -> Decision:
    """Return a selection whose letters are out."""
    decision = proposed(session, world)
    confirm(session, world, decision)
    check_all(session, world, decision)
    release(session, world, decision)
    session.flush()
    return decision


def finish(session: Session, world: World, decision: Decision) -> None:
    """Confirm, read and release a proposed decision of any kind."""
    confirm(session, world, decision)
    check_all(session, world, decision)
    release(session, world, decision)
    session.flush()


def state_of(session: Session, world: World, name: str) -> str:
    session.flush()
    found = select(type(world.of(name)).state).where(type(world.of(name)).id == world.of(name).id)
    return session.execute(found).scalar_one()
