"""Every address that is written to, by everybody, with a form that would succeed.

Who may gets the answer, and exactly the rows of the journal, that the table names. Who may not
changes nothing at all.
"""

import pytest

from govmatch.app.routes import all_routes
from tests.security.acting import ACTS
from tests.security.acts import Act
from tests.security.asking import Got
from tests.security.filling import filled_form
from tests.security.gates import EVERYBODY
from tests.security.house import House

pytestmark = [pytest.mark.security(n) for n in (1, 2, 3, 29)]

MADE_UP = "x7m3k9q2w5zz"


def test_the_table_names_every_address_that_is_written_to(house: House) -> None:
    there = {route.name for route in all_routes(house.settings) if route.method == "POST"}
    assert {row.route for row in ACTS} == there


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row.label)
def test_who_may_act_leaves_a_trace_and_nobody_else_changes_anything(
    house: House, row: Act
) -> None:
    wrong: dict[str, tuple[object, ...]] = {}
    for who in EVERYBODY:
        house.put_back()
        form, before = filled_form(house, row, who), house.changes()
        path = house.filled(row.path, row.fill)
        got = house.post(who, path, form)
        learnt = told(house, who, got, f"{path} {form}") - set(row.is_told(who))
        assert learnt == set(), f"{who} is told too much"
        expected = row.expected(who)
        happened = tuple(house.events())
        should = row.happens_for(who) if expected == row.status else ()
        is_changed = house.changes() != before
        may_change = bool(should) or row.keeps or who in row.silent or who in row.but
        if (got.status, happened) != (expected, should) or (is_changed and not may_change):
            wrong[who] = (got.status, expected, happened, "changed" if is_changed else "unchanged")
        if expected == row.status and (should or row.keeps) and not is_changed:
            wrong[who] = (got.status, "nothing was kept")
    assert wrong == {}


def told(house: House, who: str, got: Got, sent: str) -> set[str]:
    """Return what an answer says that `who` must not read and has not sent."""
    canaries = house.world.canaries
    said = "\n".join(f"{name}: {value}" for name, value in got.headers) + got.text
    return set(canaries.seen_in(said, who)) - set(canaries.seen_in(sent, ""))


@pytest.mark.parametrize("who", ["visitor", "newcomer", "halfway", "bo", "astrid", "jens", "kim"])
def test_made_up_ids_change_nothing(house: House, who: str) -> None:
    wrong = {}
    for row in ACTS:
        if row.unknown is None:
            continue
        house.put_back()
        form, before = filled_form(house, row, who), house.changes()
        path = house.filled(row.path, dict.fromkeys(row.fill, f"={MADE_UP}"))
        got = house.post(who, path, form)
        left = row.refused_leaves if row.gate.passes >= {who} else ()
        expected = (row.expected_of_unknown(who), left, bool(left))
        found = (got.status, tuple(house.events()), house.changes() != before)
        if found != expected:
            wrong[row.label] = (found, expected)
    assert wrong == {}
