"""A manager moves and assigns, staff tag; an act on an old page overwrites nothing."""

import pytest
from sqlalchemy import event

from govmatch.applications.actions import access, withdraw
from govmatch.applications.models import Application, State
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow
from govmatch.triage import actions, queries
from tests.unit.applications.acting import NOW, acting
from tests.unit.triage.doing import AFTER, DAY, entered, open_up, revision, staffed
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


@pytest.fixture
def opened(session: Session, world: World) -> list[Application]:
    found = entered(session, world)
    open_up(session, world)
    return found


def move(session: Session, world: World, one: Application, to: State, who: str = "eva") -> None:
    actions.move(
        session,
        one,
        to,
        revision=revision(session, one),
        actor=acting(session, world.people[who]),
        now=AFTER + DAY,
    )


def test_a_manager_moves_it_along_and_back(
    session: Session, world: World, opened: list[Application]
) -> None:
    for to in (State.IN_REVIEW, State.SHORTLISTED, State.INELIGIBLE, State.SUBMITTED):
        move(session, world, opened[0], to)
        assert opened[0].state == to
    assert opened[1].state == State.SUBMITTED
    handling = queries.handling_of(session, [opened[0].id])[opened[0].id]
    assert (handling.revision, handling.state_since) == (5, AFTER + DAY)


@pytest.mark.parametrize(
    "to", [State.SUBMITTED, State.SHORTLISTED, State.INCOMPLETE, State.SELECTED, State.WITHDRAWN]
)
def test_steps_that_are_none_are_refused(
    session: Session, world: World, opened: list[Application], to: State
) -> None:
    with pytest.raises(NotAllowed):
        move(session, world, opened[0], to)
    assert opened[0].state == State.SUBMITTED


@pytest.mark.parametrize("name", ["astrid", "hanne"])
def test_the_authority_tags_and_does_not_move(
    session: Session, world: World, opened: list[Application], name: str
) -> None:
    who = acting(session, world.people[name])
    with pytest.raises(NotAllowed):
        move(session, world, opened[0], State.IN_REVIEW, name)
    with pytest.raises(NotAllowed):
        actions.assign(
            session, opened[0], who.person_id, revision=1, actor=who, now=AFTER, real_now=NOW
        )
    actions.tag(session, opened[0], "Drone", revision=1, actor=who, now=AFTER)
    assert queries.tags_of(session, [opened[0].id]) == {opened[0].id: ("drone",)}


@pytest.mark.parametrize("name", ["ida", "kim", "finn", "bo", "dieter", "gro"])
def test_for_everybody_else_it_is_not_there(
    session: Session, world: World, opened: list[Application], name: str
) -> None:
    who = acting(session, world.people[name])
    with pytest.raises(NotFound):
        move(session, world, opened[0], State.IN_REVIEW, name)
    with pytest.raises(NotFound):
        actions.tag(session, opened[0], "drone", revision=1, actor=who, now=AFTER)
    with pytest.raises(NotFound):
        actions.add_note(session, opened[0], "quokkaphon", actor=who, now=AFTER)
    with pytest.raises(NotFound):
        queries.get_readable(session, who, opened[1].public_id)
    assert queries.readable_cases(session, who, [one.public_id for one in opened]) == []
    assert queries.notes_of(session, who, opened[0]) == []


def test_an_auditor_reads_and_changes_nothing(
    session: Session, world: World, opened: list[Application]
) -> None:
    jens = acting(session, world.jens)
    assert queries.get_readable(session, jens, opened[0].public_id) is opened[0]
    with pytest.raises(NotAllowed):
        move(session, world, opened[0], State.IN_REVIEW, "jens")
    with pytest.raises(NotAllowed):
        actions.tag(session, opened[0], "drone", revision=1, actor=jens, now=AFTER)
    with pytest.raises(NotAllowed):
        actions.add_note(session, opened[0], "text", actor=jens, now=AFTER)


def test_a_conflict_closes_it_to_a_manager_too(
    session: Session, world: World, opened: list[Application]
) -> None:
    eva, ole = acting(session, world.eva), acting(session, world.ole)
    assert world.eva.id is not None
    access.close(session, opened[0], world.eva.id, why="conflict", actor=ole, now=AFTER)
    with pytest.raises(NotFound):
        move(session, world, opened[0], State.IN_REVIEW)
    with pytest.raises(NotAllowed, match="cannot look after"):
        actions.assign(
            session, opened[0], world.eva.id, revision=1, actor=ole, now=AFTER, real_now=NOW
        )
    assert queries.count_readable(session, eva, world.challenges["long"]) == 1
    move(session, world, opened[0], State.IN_REVIEW, "ole")


def test_the_second_of_two_managers_is_told(
    session: Session, world: World, opened: list[Application]
) -> None:
    old = revision(session, opened[0])
    move(session, world, opened[0], State.IN_REVIEW)
    with pytest.raises(Conflict):
        actions.move(
            session,
            opened[0],
            State.INELIGIBLE,
            revision=old,
            actor=acting(session, world.ole),
            now=AFTER,
        )
    assert opened[0].state == State.IN_REVIEW


def test_what_the_firm_withdrew_is_not_moved(
    session: Session, world: World, opened: list[Application]
) -> None:
    withdraw(session, opened[0], actor=acting(session, world.bo), now=AFTER)
    with pytest.raises(NotAllowed):
        move(session, world, opened[0], State.IN_REVIEW)
    assert opened[0].state == State.WITHDRAWN


def test_nothing_is_moved_once_decisions_are_out(
    session: Session, world: World, opened: list[Application]
) -> None:
    opened[0].decision_released_at = AFTER
    with pytest.raises(NotAllowed, match="no longer being assessed"):
        move(session, world, opened[0], State.IN_REVIEW)


def test_only_who_works_on_it_can_look_after_it(
    session: Session, world: World, opened: list[Application]
) -> None:
    eva = acting(session, world.eva)
    people = queries.possible_handlers(session, opened, real_now=NOW)
    assert [person.name for person in people] == ["Astrid", "Eva", "Hanne", "Ole"]
    for name in ("bo", "ida", "finn", "jens"):
        with pytest.raises(NotAllowed):
            actions.assign(
                session,
                opened[0],
                world.people[name].id,
                revision=1,
                actor=eva,
                now=AFTER,
                real_now=NOW,
            )
    actions.assign(
        session, opened[0], world.astrid.id, revision=1, actor=eva, now=AFTER, real_now=NOW
    )
    assert queries.cases_of(session, opened)[0].handler_id == world.astrid.id


@pytest.mark.parametrize("word", ["", "  ", "x" * 41, "a<b", "a,b", "\u0000"])
def test_what_is_no_word_is_no_tag(
    session: Session, world: World, opened: list[Application], word: str
) -> None:
    with pytest.raises(Invalid):
        actions.tag(
            session, opened[0], word, revision=1, actor=acting(session, world.eva), now=AFTER
        )


def test_words_stand_in_no_journal(
    session: Session, world: World, opened: list[Application]
) -> None:
    eva = acting(session, world.eva)
    actions.tag(session, opened[0], "Quokkaphon", revision=1, actor=eva, now=AFTER)
    actions.add_note(session, opened[0], "numbatophon *loud*", actor=eva, now=AFTER)
    actions.untag(session, opened[0], "quokkaphon", revision=2, actor=eva, now=AFTER)
    commit(session)
    for row in session.query(JournalRow).all():
        assert "quokkaphon" not in str(row.data) and "numbatophon" not in str(row.data)
    assert queries.tags_of(session, [opened[0].id]) == {}


def test_a_deleted_note_leaves_its_row(
    session: Session, world: World, opened: list[Application]
) -> None:
    astrid, hanne = acting(session, world.astrid), acting(session, world.hanne)
    note = actions.add_note(session, opened[0], "**strong** <script>x", actor=astrid, now=AFTER)
    assert "<strong>strong</strong>" in note.html and "<script>" not in note.html
    with pytest.raises(NotAllowed):
        actions.delete_note(session, opened[0], note, actor=hanne, now=AFTER)
    actions.delete_note(session, opened[0], note, actor=acting(session, world.eva), now=AFTER)
    (kept,) = queries.notes_of(session, astrid, opened[0])
    assert (kept.text, kept.html, kept.by, kept.deleted_at) == ("", "", world.astrid.id, AFTER)
    with pytest.raises(NotFound):
        queries.get_note(session, opened[0], note.public_id)


@pytest.mark.parametrize("text", ["", "  ", "x" * 10_001])
def test_an_empty_or_endless_note_is_refused(
    session: Session, world: World, opened: list[Application], text: str
) -> None:
    with pytest.raises(Invalid):
        actions.add_note(session, opened[0], text, actor=acting(session, world.eva), now=AFTER)


def test_a_finding_on_a_requirement_needs_evidence(
    session: Session, world: World, opened: list[Application]
) -> None:
    astrid = acting(session, world.astrid)
    before = queries.summary_of(session, opened[0], now=AFTER)
    assert {one.gate.kind: one.stands for one in before.gates}["iso-27001"] == "no"
    assert (before.open_gates, before.is_complete, before.is_late) == (1, True, False)
    with pytest.raises(Invalid):
        actions.rule_gate(
            session,
            opened[0],
            "iso-27001",
            is_met=True,
            evidence=" ",
            revision=1,
            actor=astrid,
            now=AFTER,
        )
    with pytest.raises(NotFound):
        actions.rule_gate(
            session,
            opened[0],
            "moon",
            is_met=True,
            evidence="x",
            revision=1,
            actor=astrid,
            now=AFTER,
        )
    for is_met in (True, False):
        actions.rule_gate(
            session,
            opened[0],
            "iso-27001",
            is_met=is_met,
            evidence="Certificate of 2026",
            revision=revision(session, opened[0]),
            actor=astrid,
            now=AFTER,
        )
    after = queries.summary_of(session, opened[0], now=AFTER)
    (gate,) = [one for one in after.gates if one.gate.kind == "iso-27001"]
    assert gate.ruling is not None and gate.ruling.evidence == "Certificate of 2026"
    assert (gate.stands, after.open_gates, after.failed_gates) == ("no", 0, 1)
    assert queries.summary_of(session, opened[1]).open_gates == 1


def test_one_and_many_checks_take_the_same_statements(
    session: Session, world: World, opened: list[Application]
) -> None:
    counted: list[str] = []

    def count(_c: object, _r: object, statement: str, *_more: object) -> None:
        counted.append(statement)

    queries.summaries(session, opened, now=AFTER)
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    queries.summaries(session, opened[:1], now=AFTER)
    one = len(counted)
    queries.summaries(session, opened, now=AFTER)
    event.remove(engine, "before_cursor_execute", count)
    assert len(counted) == 2 * one
