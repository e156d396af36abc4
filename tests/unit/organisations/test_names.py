"""Names of firms are folded for comparing, sorting, searching and addresses."""

import pytest

from govmatch.organisations.names import fold, name_key, registration_key, slug, spellings
from tests.timing import soonest


@pytest.mark.parametrize(
    "other",
    ["NORDLYS VISION A/S", "Nordlys-Vision", "nordlys  vision I/S", "Nordlys Vision ApS."],
)
def test_one_firm_in_two_spellings_has_one_key(other: str) -> None:
    assert name_key(other) == name_key("Nordlys Vision ApS")


@pytest.mark.security(27)
def test_full_width_letters_are_the_same_letters() -> None:
    assert name_key("\uff2e\uff4f\uff52\uff44lys") == name_key("Nordlys")


@pytest.mark.parametrize("other", ["Nordlys Visions ApS", "Vision Nordlys ApS", "Nordlys"])
def test_another_name_has_another_key(other: str) -> None:
    assert name_key(other) != name_key("Nordlys Vision ApS")


def test_a_name_that_is_a_legal_form_alone_stays() -> None:
    assert name_key("AS") == "as"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nordlys Vision ApS", "nordlys-vision"),
        ("Klarspråk Lab AB", "klarsprak-lab"),
        ("Müller & Söhne GmbH & Co. KG", "muller-sohne"),
        ("Skrzynka Danych Sp. z o.o.", "skrzynka-danych"),
        ("Ærø Straße 7", "aero-strasse-7"),
        ("株式会社", ""),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("x" * 90, "x" * 60),
    ],
)
def test_an_address_has_letters_digits_and_hyphens_only(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_words_are_found_in_both_ways_of_writing_them() -> None:
    words = spellings("Ärger in Ærø, Straße").split()
    assert {"arger", "aerger", "aero", "aeroe", "strasse"} <= set(words)


@pytest.mark.parametrize(
    ("country", "number", "expected"),
    [
        ("DK", "DK 12 34-56 78", "DK:12345678"),
        ("DK", "CVR-nr. 12 34 56 74", "DK:12345674"),
        ("DE", "HRB 17 HB, AG Bremen", "DE:AMTSGERICHTBREMENHRB17HB"),
        ("DK", "12345678", "DK:12345678"),
        ("DE", "HRB 990021 HB", "DE:HRB990021HB"),
        ("DE", "DENSO", "DE:DENSO"),
        ("SE", " - ", ""),
    ],
)
def test_a_number_is_compared_without_its_dress(country: str, number: str, expected: str) -> None:
    assert registration_key(country, number) == expected


@pytest.mark.security(24)
@pytest.mark.parametrize("text", ["a-" * 25_000, " " * 50_000, "ä" * 50_000, "A/S " * 12_000])
def test_a_hostile_name_is_folded_in_no_time(text: str) -> None:
    assert soonest(lambda: (fold(text), slug(text)), under=0.25)[1] < 0.25
