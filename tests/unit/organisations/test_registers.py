"""What is taken from a register's answer, and which registers of the settings are asked at all."""

import json
from typing import Any

import pytest

from govmatch import settings as settings_module
from govmatch.organisations.registers import Answer, Asked, can_answer, look_up
from govmatch.settings import Settings, SettingsError
from tests.standin_register import danish, register, vies

DANISH = Asked("DK", "00010006", "DK00010006")


def said(body: bytes, asked: Asked = DANISH) -> Answer:
    """Return what is made of a register's answer."""
    with register() as books:
        books.answers = lambda _path, _sent: (200, body)
        address = books.address
        made = (
            Settings(register_cvr_url=address)
            if asked.registration
            else Settings(register_vies_url=address)
        )
        found = look_up(made, asked)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("interval", "size"),
    [
        ("ANTAL_0_0", "micro"),
        ("ANTAL_5_9", "micro"),
        ("ANTAL_10_19", "small"),
        ("ANTAL_20_49", "small"),
        ("ANTAL_50_99", "medium"),
        ("ANTAL_200_499", None),  # within two classes
        ("ANTAL_1000_999999", "large"),
        ("many", None),
    ],
)
def test_a_size_is_filled_in_where_the_people_lie_within_one_class(
    interval: str, size: str | None
) -> None:
    people = {"intervalKodeAntalAnsatte": interval}
    answer = said(danish(nyesteErstMaanedsbeskaeftigelse=people))
    assert answer.values.get("size") == size


def test_the_years_figures_stand_in_where_there_are_none_of_a_month() -> None:
    answer = said(
        danish(
            nyesteErstMaanedsbeskaeftigelse=None,
            nyesteAarsbeskaeftigelse={"intervalKodeAntalAnsatte": "ANTAL_2_4"},
        )
    )
    assert answer.values["size"] == "micro"


@pytest.mark.parametrize(
    ("about", "values"),
    [
        ({"name": "Weser GmbH", "address": "Am Markt 1\n28195 Bremen"}, ("Weser GmbH", "Bremen")),
        ({"name": "K OÜ", "address": "Tänav 1\nEE-10111  Tallinn"}, ("K OÜ", "Tallinn")),
        ({}, (None, None)),
        ({"name": "x\x00y", "address": "one line"}, (None, None)),
    ],
)
def test_vies_fills_name_and_town_where_a_country_gives_them_away(
    about: dict[str, Any], values: tuple[str | None, str | None]
) -> None:
    answer = said(vies(**about), Asked("DE", vat="DE136695976"))
    assert (answer.values.get("name"), answer.values.get("city")) == values


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"7", b'{"hits": {"hits": [{"_source": 3}]}}', b'{"isValid": "yes"}']
)
def test_an_answer_of_another_shape_fills_nothing_in(body: bytes) -> None:
    for asked in (DANISH, Asked("DE", vat="DE136695976")):
        assert said(body, asked).values == {}


def test_a_country_whose_machine_is_away_is_silence_and_not_an_unknown_number() -> None:
    away = json.dumps({"isValid": False, "userError": "MS_UNAVAILABLE"}).encode()
    with register() as books:
        books.answers = lambda _path, _sent: (200, away)
        made = Settings(register_vies_url=books.address)
        assert look_up(made, Asked("DE", vat="DE136695976")) is None


def test_a_register_is_asked_only_about_what_it_knows() -> None:
    both = Settings(
        register_cvr_url="https://cvr.example", register_vies_url="https://vies.example"
    )
    assert can_answer(both, DANISH)
    assert can_answer(both, Asked("DE", vat="DE136695976"))
    assert not can_answer(both, Asked("DE", "Amtsgericht Bremen, HRB 1"))
    assert not can_answer(both, Asked("SE", "556012-5790"))
    assert not can_answer(Settings(), DANISH)


@pytest.mark.security(23)
@pytest.mark.parametrize("name", ["register_cvr_url", "register_vies_url"])
@pytest.mark.parametrize("address", ["http://cvr.example/x", "ftp://a/x", "https://", "cvr"])
def test_an_address_that_everybody_could_read_stops_the_start(name: str, address: str) -> None:
    given: dict[str, Any] = {name: address}
    with pytest.raises(SettingsError, match=rf"^{name}:"):
        settings_module.load({"GOVMATCH_MODE": "test", "GOVMATCH_CONFIG": "-"}, **given)
