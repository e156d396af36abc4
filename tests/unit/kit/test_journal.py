"""The journal is a chain: rows in commit order, and the first bad one is named."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import delete, update

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.journal import Event, Head, HeadReader, JournalRow


@dataclass(frozen=True)
class LampLit(Event):
    subject_kind: ClassVar[str] = "lamp"
    public: ClassVar[bool] = True

    state: str = "on"


@dataclass(frozen=True)
class LampCleaned(Event):
    subject_kind: ClassVar[str] = "lamp"


def light(database: Database, *events: Event, actor: Actor = VISITOR) -> None:
    with database.writing() as session:
        for event in events:
            journal.record(session, event, actor=actor, now=real_now())
        commit(session)


def test_rows_stand_in_the_order_in_which_they_were_recorded(database: Database) -> None:
    light(database, LampLit(subject_id=3), LampCleaned(subject_id=3), actor=Actor(person_id=7))
    light(database, LampLit(subject_id=4, state="dim"))
    with database.reading() as session:
        rows = journal.rows_about(session, "lamp", 3) + journal.rows_about(session, "lamp", 4)
        assert [(r.id, r.event, r.actor_id, r.data) for r in rows] == [
            (1, "LampLit", 7, {"state": "on"}),
            (2, "LampCleaned", 7, {}),
            (3, "LampLit", None, {"state": "dim"}),
        ]
        assert journal.verify(session) == journal.Verdict(3)


def test_only_a_public_event_makes_public_pages_new(database: Database) -> None:
    reader = HeadReader(database)
    light(database, LampLit(subject_id=1))
    assert reader.read().public_id == 1
    light(database, LampCleaned(subject_id=1))
    assert reader.read().public_id == 1
    light(database, LampLit(subject_id=1))
    assert reader.read().public_id == 3


def test_what_is_rolled_back_leaves_no_row(database: Database) -> None:
    with database.writing() as session:
        journal.record(session, LampLit(subject_id=1), actor=VISITOR, now=real_now())
        session.rollback()
    light(database, LampLit(subject_id=2))
    with database.reading() as session:
        assert [row.subject_id for row in session.query(JournalRow)] == [2]
        assert journal.verify(session).bad_id is None


@pytest.mark.parametrize("column", ["event", "subject_id", "actor_id", "data", "at"])
def test_a_changed_row_is_named(database: Database, column: str) -> None:
    light(database, *(LampLit(subject_id=n) for n in range(1, 6)))
    forged = {
        "event": "LampBroken",
        "subject_id": 99,
        "actor_id": 1,
        "data": {"state": "off"},
        "at": real_now(),
    }
    with database.writing() as session:
        session.execute(
            update(JournalRow).where(JournalRow.id == 3).values({column: forged[column]})
        )
        commit(session)
    with database.reading() as session:
        assert journal.verify(session) == journal.Verdict(2, 3, "changed")


def test_a_missing_row_is_named(database: Database) -> None:
    light(database, *(LampLit(subject_id=n) for n in range(1, 6)))
    with database.writing() as session:
        session.execute(delete(JournalRow).where(JournalRow.id == 4))
        commit(session)
    with database.reading() as session:
        assert journal.verify(session) == journal.Verdict(3, 4, "missing")


def test_a_cut_end_is_noticed(database: Database) -> None:
    light(database, *(LampLit(subject_id=n) for n in range(1, 4)))
    with database.writing() as session:
        session.execute(delete(JournalRow).where(JournalRow.id == 3))
        commit(session)
    with database.reading() as session:
        assert journal.verify(session).bad_id == 3


def test_a_row_with_its_hash_made_anew_breaks_the_chain(database: Database) -> None:
    light(database, *(LampLit(subject_id=n) for n in range(1, 4)))
    with database.writing() as session:
        row = session.get_one(JournalRow, 2)
        row.data = {"state": "off"}
        row.hash = journal.row_hash(row)
        commit(session)
    with database.reading() as session:
        assert journal.verify(session) == journal.Verdict(2, 3, "changed")


def test_dispatching_is_not_part_of_the_hash(database: Database) -> None:
    light(database, LampLit(subject_id=1))
    with database.writing() as session:
        session.execute(update(JournalRow).values(dispatched_at=real_now()))
        commit(session)
    with database.reading() as session:
        assert journal.verify(session).bad_id is None
        assert session.get_one(Head, 1).last_id == 1
