"""Numbers of registers and of value-added tax: read as people write them, kept as registers do."""

import pytest

from govmatch.kit.i18n import say
from govmatch.organisations.forms import read_basics
from govmatch.organisations.profile import Basics
from govmatch.organisations.registrations import REGISTERS, registration
from govmatch.organisations.vat_numbers import RULES, prefix_of, vat_number
from govmatch.web.visit import Values
from tests.timing import soonest
from tests.unit.organisations.samples import TODAY

# Published numbers of large companies and of tax offices' own examples.
REAL = [
    "ATU13585627", "BE0428759497", "BG175074752", "CY10259033P", "CZ25123891",
    "DE136695976", "DK13585628", "EE100931558", "EL094259216", "ESA13585625",
    "FI20774740", "FR40303265045", "HR33392005961", "HU12892312", "IE6433435F",
    "IE6433435OA", "IT00743110157", "LT119511515", "LU15027442", "LV40003521600",
    "MT11679112", "NL004495445B01", "NL123456789B13", "PL8567346215", "PT501964843",
    "RO18547290", "SE123456789701", "SI50223054", "SK2022749619",
]  # fmt: skip
WITHOUT_CHECK_DIGITS = {"ES"}


@pytest.mark.parametrize("number", REAL)
def test_a_real_vat_number_is_taken_with_and_without_its_letters(number: str) -> None:
    country = {"EL": "GR"}.get(number[:2], number[:2])
    assert vat_number(f" {number[:2]} {number[2:5]}.{number[5:]} ", country="") == number
    assert vat_number(number[2:].lower(), country=country) == number


@pytest.mark.parametrize("number", [one for one in REAL if one[:2] not in WITHOUT_CHECK_DIGITS])
def test_one_wrong_digit_is_noticed(number: str) -> None:
    place = max(at for at, char in enumerate(number[:9]) if char.isdigit())
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert vat_number(wrong, country="") is None


def test_every_country_of_the_union_has_a_rule_whose_example_holds() -> None:
    assert len(RULES) == 27 + 1  # the members, and Northern Ireland
    for prefix, rule in RULES.items():
        assert vat_number(rule.example, country="") == rule.example, prefix
    assert (prefix_of("GR"), prefix_of("CH"), prefix_of("DK")) == ("EL", "", "DK")


@pytest.mark.parametrize(
    "text", ["", "DK", "CHE-123.456.788 MWST", "DE00000000", "DK١٣٥٨٥٦٢٨", "X"]
)
def test_what_is_no_vat_number_is_none(text: str) -> None:
    assert vat_number(text, country="DK") is None


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("DK", "CVR-nr. 13 58 56 28", "13585628"),
        ("DK", "DK13585628", "13585628"),
        ("DE", "hrb 12345, AG Charlottenburg", "Amtsgericht Charlottenburg, HRB 12345"),
        ("DE", "Amtsgericht  Bremen HRB 990021 HB", "Amtsgericht Bremen, HRB 990021 HB"),
        ("DE", "GnR 18 (Amtsgericht Kiel)", "Amtsgericht Kiel, GnR 18"),
        ("DE", "Frankfurt am Main, HRB Nr. 012", "Amtsgericht Frankfurt am Main, HRB 12"),
        ("SE", "5560125790", "556012-5790"),
        ("NO", "974 760 673", "974760673"),
        ("FI", "2077474-0", "2077474-0"),
        ("FR", "303 265 045", "303265045"),
        ("BE", "0428.759.497", "0428759497"),
        ("AT", "FN 56247 T", "FN 56247t"),
        ("PL", "KRS 0009900017", "0009900017"),
        ("US", "  any   thing ", "any thing"),
    ],
)
def test_a_number_is_kept_as_its_register_writes_it(country: str, typed: str, kept: str) -> None:
    assert registration(typed, country=country) == kept
    assert registration(kept, country=country) == kept


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        ("DK", "13585629"),  # one more than a real one
        ("DK", "1358562"),
        ("DK", "00000000"),
        ("DE", "12345"),
        ("DE", "HRB 12345"),  # every court gives this number anew
        ("DE", "HRC 12345 Bremen"),
        ("SE", "556012-5791"),
        ("NO", "974760674"),
        ("FR", "303265046"),
    ],
)
def test_what_cannot_be_a_number_of_that_register_is_refused(country: str, typed: str) -> None:
    assert registration(typed, country=country) is None


def test_every_example_that_a_form_gives_holds() -> None:
    for country, register in REGISTERS.items():
        assert registration(register.example, country=country) == register.example


def basics(kept: Basics | None = None, **fields: str) -> tuple[Basics, dict[str, str]]:
    typed = Values({name: [value] for name, value in {"name": "N", **fields}.items()})
    read, form = read_basics(typed, today=TODAY, kept=kept)
    return read, {name: say(error, "en") for name, error in form.errors.items()}


def test_a_form_says_which_register_it_means_and_gives_an_example() -> None:
    _, errors = basics(country="DK", registration="13585629", vat="DE136695977")
    assert errors == {
        "registration": "This cannot be a number of this register (CVR). Example: 12345674",
        "vat": "This cannot be a VAT number of the EU. Example: DK12345674",
    }


def test_a_number_that_was_kept_before_stands_in_nobodys_way_until_the_country_changes() -> None:
    kept = Basics(name="N", country="DK", registration="CVR 77")
    read, errors = basics(kept, country="DK", registration="CVR 77")
    assert (read.registration, errors) == ("CVR 77", {})
    assert set(basics(kept, country="SE", registration="CVR 77")[1]) == {"registration"}


@pytest.mark.security(24)
@pytest.mark.parametrize("text", ["A" * 80, "Amtsgericht " * 6, "HRB " * 20, "1" * 80, "A 1" * 26])
def test_a_hostile_number_is_read_in_no_time(text: str) -> None:
    def read() -> None:
        for country in ("DE", "DK", "AT", "SE"):
            registration(text, country=country)
            vat_number(text, country=country)

    assert soonest(read, under=0.05)[1] < 0.05
