"""Every address, asked by everybody with own, foreign and made-up ids: the whole matrix of reading."""

import pytest

from govmatch.app.routes import all_routes
from tests.security.asking import Got
from tests.security.gates import EVERYBODY, FACTOR, LOGIN, Outcome
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


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_is_answered_as_the_table_says(house: House, who: str) -> None:
    wrong = {}
    for row in LOOKS:
        path = house.filled(row.path, row.fill) + (f"?{row.query}" if row.query else "")
        got = outcome(house.get(who, path))
        if got != row.expected(who):
            wrong[row.label] = (got, row.expected(who))
    assert wrong == {}


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
