"""The table and the board: each reader finds, counts and sorts what is theirs, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select, true

from govmatch.accounts.models import Role
from govmatch.applications.actions import access, withdraw
from govmatch.applications.models import Application, State, Version
from govmatch.challenges.models import Amendment
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session, commit
from govmatch.organisations.events import FirmProfileChanged
from govmatch.overview.views.triage.fields import TABLE
from govmatch.search.fields import Fields
from govmatch.search.query import parse
from govmatch.triage import actions, queries, rules
from govmatch.triage.queries import Filters, table
from govmatch.triage.queries.table_rows import lines
from govmatch.triage.rules import Change, Kind
from tests.unit.applications.acting import NOW, acting, submitted
from tests.unit.triage.doing import AFTER, DAY, entered, open_up, revision, seen, staffed
from tests.web.applications.world import World, fill, give


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


@pytest.fixture
def three(session: Session, world: World) -> list[Application]:
    found = [*entered(session, world), submitted(session, world, "per", "baltic")]
    open_up(session, world)
    commit(session)
    return found


def page(session: Session, world: World, who: str = "eva", **wanted: object) -> queries.Page:
    sort = str(wanted.pop("sort", "firm"))
    now = wanted.pop("now", AFTER)
    text = str(wanted.pop("text", ""))
    wanted["query"] = parse(text, fields=Fields(TABLE), now=now)  # type: ignore[arg-type]
    filters = Filters(**wanted)  # type: ignore[arg-type]
    actor = acting(session, world.people[who])
    return queries.find(session, actor, filters, sort=sort, now=now)  # type: ignore[arg-type]


def firms(found: queries.Page) -> list[str]:
    return [row.firm for row in found.rows]


def test_those_who_run_own_or_audit_find_all_and_nobody_else_any(
    session: Session, world: World, three: list[Application]
) -> None:
    found = {name: page(session, world, name).total for name in world.people}
    assert {name for name, n in found.items() if n} == {"eva", "ole", "astrid", "hanne", "jens"}
    assert set(found.values()) == {0, 3}
    visitor = queries.find(session, VISITOR, Filters(), now=AFTER)
    assert (visitor.total, visitor.rows) == (0, [])
    assert not any(visitor.facets.values())


def test_the_table_shows_what_the_rules_let_see(
    session: Session, world: World, three: list[Application]
) -> None:
    access.close(session, three[0], world.eva.id, why="c", actor=VISITOR, now=AFTER)
    give(session, world.ole, Role.MEMBER, "firm", three[1].firm_id, NOW)
    withdraw(session, three[2], actor=acting(session, world.per), now=AFTER)
    session.flush()
    commit(session)
    for name, who in world.people.items():
        actor = acting(session, who)
        closed = queries.closed_among(session, who.id, [one.id for one in three])
        may = {one.id for one in three if rules.may_read(actor, one, is_closed=one.id in closed)}
        assert set(queries.found_ids(session, actor, Filters(), now=AFTER)) == may, name
        sql = session.query(Application.id).filter(queries.readable_to(actor))
        assert {number for (number,) in sql} == may, name
        counted = session.query(Application.id).filter(queries.readable_in(actor, true()))
        assert {number for (number,) in counted} == may, name


def test_a_withdrawal_dates_the_state_in_the_table_and_in_its_order(
    session: Session, world: World, three: list[Application]
) -> None:
    later = AFTER + 3 * DAY
    withdraw(session, three[2], actor=acting(session, world.per), now=later)
    commit(session)
    found = page(session, world, sort="waiting", now=later)
    assert [row.state_since for row in found.rows] == [AFTER, AFTER, later]
    assert found.rows[-1].state == State.WITHDRAWN


def test_before_the_opening_there_is_nothing(session: Session, world: World) -> None:
    entered(session, world)
    commit(session)
    for name in world.people:
        found = page(session, world, name)
        assert (found.total, found.rows) == (0, [])
        assert not any(found.facets.values())


def test_filters_narrow_and_facets_count(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    actions.tag(session, three[0], "Drone", revision=1, actor=eva, now=AFTER)
    actions.assign(
        session, three[1], world.astrid.id, revision=1, actor=eva, now=AFTER, real_now=NOW
    )
    actions.move(session, three[2], State.IN_REVIEW, revision=1, actor=eva, now=AFTER)
    commit(session)
    found = page(session, world)
    assert firms(found) == ["Baltic", "Nordlys", "Weser"]
    assert found.facets["state"] == {"submitted": 2, "in_review": 1}
    assert found.facets["country"] == {"DK": 1, "DE": 2}
    assert found.facets["handler"] == {"none": 2, str(world.astrid.id): 1}
    assert found.facets["tag"] == {"drone": 1}
    assert found.facets["theme"] == {"safety": 3}
    assert found.facets["challenge"] == {"long": 3}
    assert found.people == {world.astrid.id: "Astrid"}
    german = page(session, world, country=("DE",))
    assert firms(german) == ["Baltic", "Weser"]
    assert german.facets["country"] == {"DK": 1, "DE": 2}
    assert german.facets["state"] == {"submitted": 1, "in_review": 1}
    assert firms(page(session, world, country=("DE",), state=("submitted",))) == ["Weser"]
    assert firms(page(session, world, "astrid", handler=("me",))) == ["Weser"]
    assert firms(page(session, world, tag=("drone",), country=("DE",))) == []
    assert firms(page(session, world, state=("moon",))) == []


def test_words_find_the_firm_and_the_reference(
    session: Session, world: World, three: list[Application]
) -> None:
    assert firms(page(session, world, text="NORD")) == ["Nordlys"]
    assert firms(page(session, world, text=three[1].reference)) == ["Weser"]
    assert firms(page(session, world, text="nord weser")) == []


def test_flags_follow_gates_and_requests_and_the_clock(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    assert page(session, world).facets["flag"] == {"gate_open": 3}
    due = AFTER + 3 * DAY
    actions.ask(session, three[0], "x", due_at=due, revision=1, actor=eva, now=AFTER)
    actions.rule_gate(
        session,
        three[1],
        "iso-27001",
        is_met=False,
        evidence="none",
        revision=1,
        actor=eva,
        now=AFTER,
    )
    commit(session)
    early, late = due - timedelta(seconds=1), due
    assert page(session, world, now=early).facets["flag"] == {
        "gate_open": 2,
        "gate_failed": 1,
        "asked": 1,
    }
    overdue = page(session, world, now=late, flag=("overdue",))
    assert firms(overdue) == ["Nordlys"]
    assert overdue.rows[0].flags == {"gate_open", "asked", "overdue"}
    assert overdue.rows[0].due_at == due


def test_what_was_not_confirmed_after_a_change_is_marked_and_found(
    session: Session, world: World, three: list[Application]
) -> None:
    challenge = three[0].challenge
    change = Amendment(
        public_id="amendmentone", challenge_id=challenge.id, at=NOW, reasons={"en": "Why"},
        changes=[], asks_confirmation=True,
    )  # fmt: skip
    session.add(change)
    session.flush()
    versions = session.scalars(select(Version).where(Version.application_id == three[1].id))
    for version in versions:
        version.amendment_id = change.id
    commit(session)
    found = page(session, world, flag=("unconfirmed",))
    assert {row.id for row in found.rows} == {one.id for one in three} - {three[1].id}
    assert found.facets["flag"]["unconfirmed"] == 2
    assert page(session, world).total == 3


def test_sorted_both_ways_and_paged(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    assert firms(page(session, world, sort="-firm")) == ["Weser", "Nordlys", "Baltic"]
    parts = [
        queries.find(session, eva, Filters(), sort="firm", offset=n, size=2, now=AFTER)
        for n in (0, 2, 4)
    ]
    assert [firms(one) for one in parts] == [["Baltic", "Nordlys"], ["Weser"], []]
    assert {one.total for one in parts} == {3}
    actions.move(session, three[0], State.IN_REVIEW, revision=1, actor=eva, now=AFTER + DAY)
    commit(session)
    assert page(session, world, sort="waiting").rows[-1].firm == "Nordlys"
    assert page(session, world, sort="state").rows[-1].firm == "Nordlys"
    assert page(session, world, sort="; drop table").total == 3


def test_what_comes_next_stands_first_and_what_is_over_last(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    nordlys, weser, baltic = three
    actions.move(session, nordlys, State.INELIGIBLE, revision=1, actor=eva, now=AFTER)
    actions.move(session, weser, State.IN_REVIEW, revision=1, actor=eva, now=AFTER + DAY)
    commit(session)
    first = queries.find(session, eva, Filters(), now=AFTER)
    assert firms(first) == ["Baltic", "Weser", "Nordlys"]
    assert firms(page(session, world, sort="-next")) == ["Nordlys", "Weser", "Baltic"]
    assert firms(page(session, world, sort="waiting"))[-1] == "Weser"
    due = AFTER + 3 * DAY
    actions.ask(session, baltic, "The annex.", due_at=due, revision=1, actor=eva, now=AFTER)
    actions.move(session, weser, State.SUBMITTED, revision=2, actor=eva, now=AFTER + 2 * DAY)
    commit(session)
    in_time = page(session, world, sort="next", now=AFTER + 2 * DAY)
    assert firms(in_time) == ["Weser", "Baltic", "Nordlys"]
    late = page(session, world, sort="next", now=due)
    assert firms(late) == ["Baltic", "Weser", "Nordlys"], "nobody answered in time: settle it"


def test_the_board_has_a_column_for_each_state(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    actions.move(session, three[0], State.IN_REVIEW, revision=1, actor=eva, now=AFTER)
    commit(session)
    board = queries.board(session, eva, Filters(), sort="firm", size=1, now=AFTER)
    assert [column.state for column in board.columns] == list(queries.BOARD)
    shown = {c.state: (c.total, [row.firm for row in c.rows]) for c in board.columns if c.total}
    assert shown == {State.SUBMITTED: (2, ["Baltic"]), State.IN_REVIEW: (1, ["Nordlys"])}
    narrowed = queries.board(session, eva, Filters(state=("in_review",)), now=AFTER)
    assert [column.state for column in narrowed.columns] == [State.IN_REVIEW]
    assert queries.board(session, acting(session, world.bo), Filters(), now=AFTER).total == 0


def test_what_was_followed_is_what_would_be_read_anew(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    page(session, world)
    change = Change(Kind.TAG, "drone")
    done = actions.apply(session, seen(session, *three), change, actor=eva, now=AFTER, real_now=NOW)
    commit(session)
    page(session, world)
    actions.undo(session, done.move, actor=eva, now=AFTER)
    for to in (State.IN_REVIEW, State.SHORTLISTED):
        actions.move(
            session, three[1], to, revision=revision(session, three[1]), actor=eva, now=AFTER
        )
        commit(session)
        page(session, world)
    withdraw(session, three[0], actor=acting(session, world.bo), now=AFTER)
    commit(session)
    with table.table(session) as there:
        followed = sorted((one for one in there.lines if one), key=lambda one: one.id)
        assert followed == list(lines(session))
        for place, sort in enumerate(table.ORDERS):
            keys = [there.lines[number].keys[place] for _, number in there.orders[sort]]  # type: ignore[union-attr]
            assert keys == sorted(keys) and len(keys) == 3
        fresh = table.Table()
        fresh.fill(lines(session))
        counts = [
            {
                pair: bitmap.bit_count()
                for facet, values in one.facets.values.items()
                for pair, bitmap in (((facet, value), b) for value, b in values.items())
                if bitmap
            }
            for one in (there, fresh)
        ]
        assert counts[0] == counts[1]


def test_one_and_many_rows_take_the_same_statements(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    actions.assign(
        session, three[0], world.astrid.id, revision=1, actor=eva, now=AFTER, real_now=NOW
    )
    commit(session)
    page(session, world)
    counted: list[str] = []

    def count(_c: object, _r: object, statement: str, *_more: object) -> None:
        counted.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    for filters in (Filters(query=parse("nordlys", fields=Fields(), now=AFTER)), Filters()):
        queries.find(session, eva, filters, now=AFTER)
    queries.board(session, eva, Filters(), now=AFTER)
    event.remove(engine, "before_cursor_execute", count)
    assert len(counted) % 3 == 0
    assert len(counted) // 3 <= 7


def test_a_firm_that_is_renamed_is_found_by_its_new_name(
    session: Session, world: World, three: list[Application]
) -> None:
    page(session, world)
    three[0].firm.name, three[0].firm.name_key = "Aurora", "aurora"
    changed = FirmProfileChanged(three[0].firm_id, section="name")
    journal.record(session, changed, actor=VISITOR, now=AFTER)
    commit(session)
    assert firms(page(session, world)) == ["Aurora", "Baltic", "Weser"]
