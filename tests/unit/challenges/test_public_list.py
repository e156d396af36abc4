"""The public list follows the journal: after each act it is what it would be if made anew."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from govmatch.challenges import actions, public_list
from govmatch.challenges.models import Challenge
from govmatch.challenges.public_list import FACETS, PublicList
from govmatch.kit.content import FILES
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.journal import Head
from govmatch.organisations.actions.authorities import rename
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    REASON,
    World,
    amended,
    drafted,
    make_world,
    published,
)

Act = Callable[[Session, World, Challenge], object]
DAY = timedelta(days=1)


def _amend(session: Session, world: World, challenge: Challenge) -> None:
    amended(
        session,
        challenge,
        world.eva,
        NOW,
        budget_max=900_000,
        themes=("inspections", "data-ethics"),
    )


def _cancel(session: Session, world: World, challenge: Challenge) -> None:
    actions.cancel(session, challenge, reasons=REASON, actor=world.eva, now=NOW)


def _rename(session: Session, world: World, _: Challenge) -> None:
    rename(session, world.authority, {"en": "Safety"}, actor=FILES, now=NOW)


def _abroad(session: Session, world: World, _: Challenge) -> None:
    world.authority.country = "SE"
    _rename(session, world, _)


ACTS: dict[str, Act] = {
    "published": lambda session, world, _: published(session, world, budget_max=300_000),
    "drafted": lambda session, world, _: drafted(session, world),
    "amended": _amend,
    "cancelled": _cancel,
    "authority renamed": _rename,
    "authority in another country": _abroad,
}


def _listed(database: Database, now: datetime = NOW) -> PublicList:
    with database.reading() as session:
        public_id = session.scalars(select(Head.public_id)).one()
        return public_list.public_list(session, public_id=public_id, now=now, content_dir=CONTENT)


def _said(known: PublicList) -> dict[str, object]:
    """Return all that a page may say of the list."""
    return {"rows": known.rows, "expires": known.expires, **known.counts({})}


def _world(session: Session) -> tuple[World, Challenge]:
    world = make_world(session)
    for _ in range(2):
        published(session, world)
    return world, published(session, world, closes=NOW + 60 * DAY)


@pytest.mark.parametrize("act", ACTS)
def test_the_list_after_an_act_is_what_it_would_be_made_anew(database: Database, act: str) -> None:
    with database.writing() as session:
        world, challenge = _world(session)
        commit(session)
        before = _said(_listed(database))
        ACTS[act](session, world, challenge)
        commit(session)
    followed = _said(_listed(database))
    public_list._kept.clear()
    assert followed == _said(_listed(database))
    assert (followed == before) is (act in {"drafted", "authority renamed"})


def test_after_an_act_on_one_challenge_no_other_is_read(database: Database) -> None:
    with database.writing() as session:
        world, challenge = _world(session)
        commit(session)
        before = _listed(database).rows
        _amend(session, world, challenge)
        commit(session)
        changed = challenge.id
    new = [row.id for row in _listed(database).rows if not any(row is one for one in before)]
    assert new == [changed]


def test_asked_again_it_reads_no_challenge(database: Database) -> None:
    with database.writing() as session:
        _world(session)
        commit(session)
    _listed(database)
    asked: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *given: asked.append(str(given[2]))
    )
    known = _listed(database)
    assert len(known.rows) == 3
    assert [one for one in asked if "challenges" in one or "journal " in one] == []


def test_with_time_the_same_rows_stand_in_other_phases(database: Database) -> None:
    with database.writing() as session:
        _world(session)
        commit(session)
    scheduled = _listed(database)
    opened = _listed(database, now=NOW + 11 * DAY)
    assert scheduled.counts({})["phase"] == {"scheduled": 3}
    assert opened.counts({})["phase"] == {"open": 3}
    assert set(FACETS) == set(opened.counts({}))
