"""What people enter about their firm is read field by field; nothing else is read at all."""

from pathlib import Path

import pytest

from govmatch.kit.i18n import say
from govmatch.organisations.forms import (
    read_basics,
    read_codes,
    read_evidence,
    read_invitation,
    read_new_firm,
    read_offer,
    read_topics,
    read_visibility,
)
from govmatch.organisations.profile import Basics, Codes, NewFirm, Topics, Visibility
from govmatch.settings import shipped
from govmatch.taxonomy import cpv
from govmatch.web.fields import Form
from govmatch.web.visit import Values
from tests.unit.organisations.samples import TODAY

KNOWN = cpv.codes(shipped("content"))


def values(**fields: str | list[str]) -> Values:
    return Values({k: [v] if isinstance(v, str) else v for k, v in fields.items()})


def errors(form: Form) -> dict[str, str]:
    return {name: say(error, "en") for name, error in form.errors.items()}


def test_a_firm_needs_a_name_and_a_country() -> None:
    _, form = read_new_firm(values(name=" ", country="XX"))
    assert errors(form) == {
        "name": "Please fill in this field.",
        "country": "Please choose one of the options.",
    }


def test_a_name_without_letters_is_no_name() -> None:
    _, form = read_new_firm(values(name="\u200b - ·", country="DK"))
    assert errors(form) == {"name": "Please use letters or digits."}


def test_a_name_is_kept_as_it_is_written_on_one_line() -> None:
    read, _ = read_new_firm(values(name="  Klarspråk\r\n Lab\u200b AB ", country="SE"))
    assert read == NewFirm(name="Klarspråk Lab AB", country="SE")


def test_the_basics_are_read_whole() -> None:
    read, form = read_basics(
        values(
            name="Nordlys",
            country="DK",
            region="Nordjylland",
            city="Aalborg",
            size="small",
            founded="2019",
            website="nordlys.example",
            registration="CVR 00 01 00 06",
            vat="00010006",
            languages=["da", "en", "da"],
        ),
        today=TODAY,
    )
    assert errors(form) == {}
    assert read == Basics(
        name="Nordlys",
        country="DK",
        region="Nordjylland",
        city="Aalborg",
        size="small",
        founded=2019,
        website="https://nordlys.example",
        registration="00010006",
        vat="DK00010006",
        languages=("da", "en"),
    )


@pytest.mark.parametrize("year", ["1799", "2027", "20x9", "-5", "20191", "２０１９"])
def test_a_firm_was_founded_in_a_year_that_has_been(year: str) -> None:
    _, form = read_basics(values(name="N", country="DK", founded=year), today=TODAY)
    assert "founded" in form.errors


@pytest.mark.security(6)
def test_a_script_is_no_website() -> None:
    read, form = read_basics(
        values(name="N", country="DK", website="javascript:alert(1)"), today=TODAY
    )
    assert errors(form) == {
        "website": "Please enter an address that begins with https:// or http://."
    }
    assert read.website == ""
    assert form.value("website") == "javascript:alert(1)"


@pytest.mark.parametrize(
    ("people", "turnover", "balance", "size"),
    [
        ("9", "2.000.000", "", "micro"),
        ("9", "2000001", "", "small"),
        ("9", "90000000", "1500000", "micro"),  # one of the two is enough
        ("10", "1", "", "small"),
        ("49", "", "10 000 000", "small"),
        ("50", "1", "", "medium"),
        ("249", "50000001", "43000000", "medium"),
        ("249", "50000001", "43000001", "large"),
        ("250", "", "", "large"),
    ],
)
def test_a_size_is_worked_out_as_the_eu_defines_it(
    people: str, turnover: str, balance: str, size: str
) -> None:
    figures = {"people": people, "turnover": turnover, "balance": balance}
    read, form = read_basics(values(name="N", country="DK", **figures), today=TODAY)
    assert (read.size, errors(form)) == (size, {})
    chosen, _ = read_basics(values(name="N", country="DK", size="large", **figures), today=TODAY)
    assert chosen.size == "large"


def test_people_alone_do_not_make_a_size() -> None:
    read, form = read_basics(values(name="N", country="DK", people="7"), today=TODAY)
    assert read.size == ""
    assert errors(form) == {"turnover": "Please add turnover or balance sheet total."}
    _, wrong = read_basics(values(name="N", country="DK", people="few", turnover="1"), today=TODAY)
    assert errors(wrong) == {"people": "Please enter a whole number."}


def test_sizes_and_languages_are_those_of_the_lists() -> None:
    _, form = read_basics(
        values(name="N", country="DK", size="huge", languages=["da", "klingon"]), today=TODAY
    )
    assert set(form.errors) == {"size", "languages"}


def test_texts_have_their_limits() -> None:
    _, form = read_offer(
        values(summary="x" * 401, products="x" * 3001, references="x" * 3000, text_lang="fr")
    )
    assert errors(form) == {
        "summary": "Please use at most 400 characters.",
        "products": "Please use at most 3,000 characters.",
        "text_lang": "Please choose one of the options.",
    }


def test_topics_are_those_of_the_taxonomy() -> None:
    read, form = read_topics(
        values(themes=["safety", "made-up"], technologies=["sensors"]),
        themes={"safety"},
        technologies={"sensors"},
    )
    assert set(form.errors) == {"themes"}
    assert read == Topics(themes=("safety",), technologies=("sensors",))


@pytest.mark.parametrize(
    "typed", ["72212328, 48328000-3", "72212328;48328000", "72212328 48328000"]
)
def test_known_codes_may_be_typed_with_or_without_check_digit(typed: str) -> None:
    read, looks_for, form = read_codes(values(cpv=["35125100"], find=typed), known=KNOWN)
    assert (read, looks_for, form.errors) == (
        Codes(cpv=("35125100", "72212328", "48328000")),
        "",
        {},
    )


def test_a_code_that_does_not_exist_is_named() -> None:
    _, _, form = read_codes(values(find="99999998"), known=KNOWN)
    assert errors(form) == {"find": "There is no CPV code 99999998."}


@pytest.mark.parametrize("typed", ["invoice", "722", "72212328 and more"])
def test_words_are_looked_for_and_change_nothing(typed: str) -> None:
    read, looks_for, form = read_codes(values(cpv=["35125100"], find=typed), known=KNOWN)
    assert (read, looks_for, form.errors) == (Codes(cpv=("35125100",)), typed, {})


def test_words_that_were_looked_for_do_not_stand_in_the_way_of_saving() -> None:
    again = values(cpv=["35125100"], find="sensor", looked_for="sensor")
    assert read_codes(again, known=KNOWN)[:2] == (Codes(cpv=("35125100",)), "")
    other = values(cpv=["35125100"], find="sensors", looked_for="sensor")
    assert read_codes(other, known=KNOWN)[1] == "sensors"


def test_the_button_looks_for_a_whole_code_too() -> None:
    _, looks_for, _ = read_codes(values(find="72212328", action="find"), known=KNOWN)
    assert looks_for == "72212328"


@pytest.mark.parametrize("code", ["99999998", "<b>", "7221232"])
def test_a_made_up_code_among_the_boxes_is_refused(code: str) -> None:
    read, _, form = read_codes(values(cpv=["35125100", code]), known=KNOWN)
    assert errors(form) == {"cpv": "Please choose from the options."}
    assert read == Codes(cpv=("35125100",))


def test_twenty_codes_are_enough() -> None:
    codes = [code for code, _ in KNOWN.find("722", "en", most=21)]
    _, _, form = read_codes(values(cpv=codes), known=KNOWN)
    assert errors(form) == {"cpv": "Please keep at most 20 codes."}


def test_who_sees_the_profile_has_to_be_said() -> None:
    _, form = read_visibility(values())
    assert set(form.errors) == {"listed"}
    read, _ = read_visibility(values(listed="yes", matching="yes"))
    assert read == Visibility(is_public=True, matching=True)
    read, _ = read_visibility(values(listed="no"))
    assert read == Visibility(is_public=False, matching=False)


@pytest.mark.parametrize("day", ["2027-02-30", "tomorrow", "0001-01-01", "9999-12-31"])
def test_evidence_ends_on_a_day_of_the_calendar(day: str) -> None:
    _, form = read_evidence(values(kind="iso-27001", valid_until=day))
    assert set(form.errors) == {"valid_until"}


def test_evidence_is_of_a_known_kind() -> None:
    _, form = read_evidence(values(kind="diploma"))
    assert set(form.errors) == {"kind"}


@pytest.mark.security(10)
def test_nobody_is_invited_to_a_role_of_an_authority() -> None:
    _, role, form = read_invitation(values(email="x@firm.example", role="approver"))
    assert set(form.errors) == {"role"}
    assert role == "member"


@pytest.mark.security(27)
@pytest.mark.parametrize("address", ["x", "ａdmin@firm.example", 'x"@firm.example', "x@y"])
def test_an_invitation_needs_an_address_that_is_one_mailbox(address: str) -> None:
    _, _, form = read_invitation(values(email=address, role="member"))
    assert set(form.errors) == {"email"}


def test_the_shipped_codes_are_there() -> None:
    assert Path(shipped("content") / "reference" / "cpv.tsv").is_file()
    assert len(KNOWN) > 9000
