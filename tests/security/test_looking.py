"""Every address, asked by everybody with own, foreign and made-up ids: who may read what."""

from dataclasses import dataclass

import pytest

from govmatch.app.routes import all_routes
from tests.security.asking import Got
from tests.security.gates import EVERYBODY, FACTOR, LOGIN, Outcome, Row
from tests.security.house import House
from tests.security.looking import LOOKS

pytestmark = [pytest.mark.security(1), pytest.mark.security(2), pytest.mark.security(3)]

MADE_UP = "x7m3k9q2w5zz"


def outcome(got: Got) -> Outcome:
    """Return the status, or where somebody is sent who has to show first who they are."""
    if got.location.startswith("/login?next="):
        return LOGIN
    return FACTOR if got.location.startswith("/second-factor?next=") else got.status


def test_the_table_names_every_address_that_is_read(house: House) -> None:
    there = {route.name for route in all_routes(house.settings) if route.method == "GET"}
    assert {row.route for row in LOOKS} == there


@dataclass(frozen=True)
class Sweep:
    """What somebody was answered at every address, and after which something had changed."""

    wrong: dict[str, tuple[Outcome, Outcome]]
    changed: list[str]


def sweep(house: House, who: str) -> Sweep:
    wrong, changed, before = {}, [], house.changes()
    for row in LOOKS:
        path = house.filled(row.path, row.fill) + (f"?{row.query}" if row.query else "")
        got = outcome(house.get(who, path))
        if got != row.expected(who):
            wrong[row.label] = (got, row.expected(who))
        if row.is_noted_for(who):
            before = put_back_what_is_noted(house, row)
        if house.changes() != before:
            changed.append(row.label)
            before = house.changes()
    return Sweep(wrong, changed)


def put_back_what_is_noted(house: House, row: Row) -> int:
    """Let it be as before, where reading is itself worth a row of the journal, and only that."""
    assert house.events() == row.noted.split(), row.label
    house.put_back()
    return house.changes()


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_is_answered_as_the_table_says_and_reading_changes_nothing(
    house: House, who: str
) -> None:
    rows, head = house.counts(), house.last_id
    assert sweep(house, who) == Sweep({}, [])
    assert (house.counts(), house.last_id) == (rows, head)


@pytest.mark.parametrize("who", ["visitor", "newcomer", "halfway", "bo", "astrid", "jens", "kim"])
def test_made_up_ids_lead_nowhere(house: House, who: str) -> None:
    wrong = {}
    for row in LOOKS:
        if row.unknown is None:
            continue
        path = house.filled(row.path, dict.fromkeys(row.fill, f"={MADE_UP}"))
        got = outcome(house.get(who, path))
        if got != row.expected_of_unknown(who):
            wrong[row.route] = (got, row.expected_of_unknown(who))
    assert wrong == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "x"])
def test_no_other_method_is_answered(house: House, method: str) -> None:
    before = house.changes()
    paths = {house.filled(row.path, row.fill) for row in LOOKS}
    assert {house.ask("kim", method, path).status for path in paths} == {405}
    assert house.changes() == before


def test_a_head_request_tells_no_more_than_reading(house: House) -> None:
    """What is asked for by HEAD is guarded by the same rule, and changes nothing either."""
    before = house.changes()
    for who in ("visitor", "lea"):
        for row in LOOKS:
            path = house.filled(row.path, row.fill)
            headed, read = house.ask(who, "HEAD", path), house.get(who, path)
            assert (headed.status, headed.location) == (read.status, read.location), row.label
            if row.is_noted_for(who):
                before = put_back_what_is_noted(house, row)
    assert house.changes() == before
