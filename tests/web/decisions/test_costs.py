"""What the pages cost does not grow with the rows; two hundred letters go out in time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import event

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.decisions import actions, queries
from govmatch.decisions.models import Letter, Receipt
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.ids import public_id
from govmatch.worker import Worker
from tests.site import Browser, Site
from tests.unit.decisions.acting import acting
from tests.web.applications.world import firm, give, person
from tests.web.decisions.doing import CASE, act, begin, fields, propose, read_all
from tests.web.decisions.world import World

MANY = 200
FEWER = 40
SECONDS = 3.0


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are executed."""
    seen: list[str] = []

    def note(_c: object, _k: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


@contextmanager
def commits(database: Database) -> Iterator[list[object]]:
    """Collect the transactions that are kept."""
    seen: list[object] = []

    def note(connection: object) -> None:
        seen.append(connection)

    event.listen(database.engine, "commit", note)
    yield seen
    event.remove(database.engine, "commit", note)


def cost(site: Site, browser: Browser, path: str) -> int:
    browser.get(path)
    with counted(site.database) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def add(session: Session, world: World, number: int, now: datetime) -> None:
    """Let one more firm have applied in vain, with one member."""
    name = f"firm{number}"
    made = firm(session, name, "DK", now)
    who = person(session, f"member{number}", now)
    give(session, who, Role.MEMBER, "firm", made.id, now)
    session.add(
        Application(
            public_id=public_id(),
            reference=f"A-{name}",
            challenge_id=world.case.id,
            firm_id=made.id,
            state=Applied.IN_REVIEW.value,
            answers={},
            lang=("en", "de", "da")[number % 3],
            alias=1000 + number,
            created_by=who.id,
            created_at=now,
            updated_at=now,
            submitted_at=now,
            current_version=1,
        )
    )


def more(site: Site, world: World, count: int) -> None:
    with site.database.writing() as session:
        for number in range(count):
            add(session, world, number, real_now())
        commit(session)


def test_the_ranking_asks_the_same_for_five_and_for_twenty(site: Site, world: World) -> None:
    eva = site.as_(world.eva)
    before = cost(site, eva, CASE)
    more(site, world, 15)
    assert cost(site, eva, CASE) == before


def test_the_outbox_asks_the_same_for_five_and_for_twenty(site: Site, world: World) -> None:
    path = propose(site, world)
    eva = site.as_(world.eva)
    costs = [cost(site, eva, path), cost(site, eva, "/decisions")]
    act(eva, path, "take-back")
    more(site, world, 15)
    _explain(site, world)
    assert _propose_again(eva) == path
    assert [cost(site, eva, path), cost(site, eva, "/decisions")] == costs


def _explain(site: Site, world: World) -> None:
    """Write a summary for everybody whom nobody has reviewed."""
    with site.database.writing() as session:
        challenge = session.get_one(type(world.case), world.case.id)
        decision = queries.selection_of(session, challenge)
        assert decision is not None
        actor = acting(session, world.eva)
        proposal = actions.Proposal({}, decision.reasons, "", 14)
        actions.save(
            session, decision, proposal, revision=decision.revision, actor=actor, now=real_now()
        )
        for line in queries.determinations_of(session, decision).values():
            if line.mean is None and not line.is_written:
                actions.save_reasons(
                    session,
                    decision,
                    line,
                    {"": "Nobody could review it."},
                    revision=line.revision,
                    actor=actor,
                    now=real_now(),
                )
        commit(session)


def _propose_again(eva: Browser) -> str:
    answer = eva.post(CASE, {**fields(eva), "do": "propose"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def all_read(site: Site, world: World, many: int) -> tuple[Browser, str]:
    """Confirm a decision on many applications and read its letters; only the release is left."""
    more(site, world, many - 5)
    eva = begin(site, world)
    _explain(site, world)
    path = _propose_again(eva)
    act(site.as_(world.hanne), path, "confirm")
    read_all(eva, path)
    site.work()
    site.postbox.letters.clear()
    return eva, path


def test_letters_go_out_in_one_transaction_and_reach_everybody(site: Site, world: World) -> None:
    eva, path = all_read(site, world, FEWER)
    with commits(site.database) as ends, counted(site.database) as seen:
        assert eva.post(f"{path}/release").status_code == 303
    assert len(ends) == 1
    assert len(seen) < FEWER  # one statement for each letter would be more
    site.work()
    with site.database.reading() as session:
        assert session.query(Letter).filter(Letter.released_at.is_not(None)).count() == FEWER
        assert session.query(Receipt).filter(Receipt.delivered_at.is_(None)).count() == 0
    assert len(site.postbox.letters) == FEWER + 1  # Nordlys has two members


@pytest.mark.bench
def test_two_hundred_letters_are_out_in_time(site: Site, world: World) -> None:
    eva, path = all_read(site, world, MANY)
    assert eva.post(f"{path}/release").status_code == 303
    # The index follows by its own cursor, after the letters are delivered.
    worker = Worker(site.settings, site.database, site.postbox, lambda: 0)
    began = time.perf_counter()
    worker.drain()
    assert time.perf_counter() - began < SECONDS
