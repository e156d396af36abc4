"""What a challenge asks of firms is compared with their profile, and only two things are hard."""

import pytest

from govmatch.applications.eligibility import Gate, Met, as_data, gates
from govmatch.applications.showing import conditions
from govmatch.kit.country_groups import EEA, EU, countries_in
from govmatch.organisations.models import Firm

WANTED = {
    "countries": ["EEA", "GB"],
    "size": ["micro", "small", "medium"],
    "languages": ["da", "en"],
    "requires": ["company-registration", "iso-27001"],
}


def firm(**facts: str | None) -> Firm:
    return Firm(**{"country": "DK", "size": "micro", "registration": "", **facts})


def met(found: list[Gate]) -> dict[str, Met]:
    return {gate.kind: gate.met for gate in found}


def test_each_requirement_is_compared_with_the_profile() -> None:
    found = gates(WANTED, firm(registration="12345678"), evidence={"iso-27001"}, lang="da")
    assert met(found) == {
        "country": Met.YES,
        "size": Met.YES,
        "language": Met.YES,
        "company-registration": Met.YES,
        "iso-27001": Met.YES,
    }
    assert not any(gate.blocks for gate in found)


@pytest.mark.parametrize(
    ("facts", "blocking"),
    [
        ({"country": "US"}, {"country"}),
        ({"country": "CH"}, {"country"}),
        ({"country": "GB"}, set()),
        ({"country": "NO"}, set()),
        ({"size": "large"}, {"size"}),
        ({"size": None}, set()),
        ({"country": "US", "size": "large"}, {"country", "size"}),
    ],
)
def test_only_country_and_size_shut_out_and_only_where_the_profile_says_so(
    facts: dict[str, str | None], blocking: set[str]
) -> None:
    found = gates(WANTED, firm(**facts), evidence=(), lang="de")
    assert {gate.kind for gate in found if gate.blocks} == blocking


def test_what_is_missing_is_recorded_without_the_firms_words() -> None:
    found = gates(WANTED, firm(size=None), evidence=(), lang="fr")
    assert as_data(found) == [
        {"kind": "country", "wanted": ["EEA", "GB"], "met": "yes"},
        {"kind": "size", "wanted": ["micro", "small", "medium"], "met": "unknown"},
        {"kind": "language", "wanted": ["da", "en"], "met": "no"},
        {"kind": "company-registration", "wanted": ["company-registration"], "met": "no"},
        {"kind": "iso-27001", "wanted": ["iso-27001"], "met": "no"},
    ]


def test_a_challenge_that_asks_nothing_has_no_gates() -> None:
    assert gates({}, firm(), evidence=()) == []


def test_groups_stand_for_their_members() -> None:
    assert len(EU) == 27
    assert {"IS", "LI", "NO"} == (EEA - EU)
    assert countries_in(["EU", "GB"]) == EU | {"GB"}
    assert "GB" not in EEA


def test_the_largest_size_that_may_apply_is_said_in_words() -> None:
    found = conditions(gates(WANTED, firm(), evidence=()), "en")
    assert [(str(c.label), str(c.wanted), str(c.state)) for c in found] == [
        ("Country of the firm", "EEA, United Kingdom", "Met"),
        ("Size of the firm", "Fewer than 250 people", "Met"),
        ("Evidence", "Entry in a business register", "Not in your profile"),
        ("Evidence", "ISO/IEC 27001 certificate", "Not in your profile"),
    ]
