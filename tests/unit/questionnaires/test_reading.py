"""Numbers, amounts, days and texts are taken as people of three languages type them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Lang
from govmatch.questionnaires.dates import date_example, read_date
from govmatch.questionnaires.limits import MAX_ANSWER
from govmatch.questionnaires.numbers import (
    kept_number,
    number_shown,
    number_typed,
    plain_amount,
    plain_number,
    read_money,
    read_number,
    without_unit,
)
from govmatch.questionnaires.texts import clean, clean_line, count_chars, count_words, is_cut
from tests.unit.questionnaires.samples import any_text, figures, langs


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("1.234,50", "de", "1234.50"),
        ("1.234,50", "da", "1234.50"),
        ("1,234.50", "en", "1234.50"),
        ("1234.50", "de", "1234.50"),
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "de", "1.234"),
        ("1,234", "en", "1234"),
        ("1.5", "da", "1.5"),
        ("12 345 678", "da", "12345678"),
        ("12\u00a0345", "de", "12345"),
        ("1'234", "de", "1234"),
        ("+7", "en", "7"),
        ("\u22127,5", "de", "-7.5"),
        ("007", "en", "7"),
        ("-0", "en", "0"),
    ],
)
def test_a_number_is_read_as_the_language_writes_it_or_plainly(
    text: str, lang: Lang, number: str
) -> None:
    assert read_number(text, lang) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "-", "about 12", "1,2,3", "12..5", "1e5", "0x10", "٣", "½", "∞", "NaN", "1.2.3", ",5",
     "9" * 16, "0.1234567", "1" * 100_000, "1.23.456,0"],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_what_is_no_number_is_none(text: str, lang: Lang) -> None:
    assert read_number(text, lang) is None


@pytest.mark.parametrize(
    ("text", "currency", "lang", "amount"),
    [
        ("500.000 kr.", "DKK", "da", "500000"),
        ("500.000,-", "DKK", "da", "500000"),
        ("kr 500.000,-", "DKK", "da", "500000"),
        ("DKK 500", "DKK", "en", "500"),
        ("1.500,00 €", "EUR", "de", "1500"),
        ("€1,500.50", "EUR", "en", "1500.50"),
        ("500 EUR", "DKK", "da", None),
        ("kr.", "DKK", "da", None),
    ],
)
def test_an_amount_may_carry_the_mark_of_its_currency_and_no_other(
    text: str, currency: str, lang: Lang, amount: str | None
) -> None:
    expected = None if amount is None else Decimal(amount)
    assert read_money(text, currency, lang) == expected


def test_a_unit_behind_a_number_is_read_over() -> None:
    assert without_unit("12 Personen", ["people", "Personen"]) == "12"
    assert without_unit("12 apples", ["people", "Personen"]) == "12 apples"


@given(figures, langs)
def test_a_number_shown_is_read_as_the_same(number: Decimal, lang: Lang) -> None:
    kept = plain_number(number)
    assert kept_number(kept) == number
    assert read_number(number_shown(number, lang), lang) == number
    assert read_number(number_typed(kept, lang), lang) == number


@given(st.decimals(-(10**12), 10**12, places=2), langs, st.sampled_from(["DKK", "EUR", "GBP"]))
def test_an_amount_shown_is_read_as_the_same(amount: Decimal, lang: Lang, currency: str) -> None:
    assert Decimal(plain_amount(amount, currency)) == amount
    shown = money_text(amount, currency, lang).replace("\u2212", "-")
    assert read_money(shown.lstrip("-"), currency, lang) == abs(amount)


@given(any_text, langs)
def test_reading_never_raises(text: str, lang: Lang) -> None:
    number, amount, day = (
        read_number(text, lang),
        read_money(text, "DKK", lang),
        read_date(text, lang),
    )
    assert number is None or kept_number(plain_number(number)) == number
    assert amount is None or plain_amount(round(amount, 2), "DKK")
    assert day is None or 1900 <= day.year <= 2199


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("2027-03-04", "en"),
        ("4.3.2027", "de"),
        ("04.03.2027", "da"),
        ("4/3/2027", "da"),
        ("04/03/2027", "en"),
        ("4-3-2027", "da"),
        ("4. 3. 2027", "de"),
        ("4. März 2027", "de"),
        ("4. marts 2027", "da"),
        ("4 March 2027", "en"),
        ("4 Mar 2027", "en"),
        (" 4  march  2027 ", "en"),
    ],
)
def test_a_day_is_read_in_figures_or_with_its_month_by_name(text: str, lang: Lang) -> None:
    assert read_date(text, lang) == date(2027, 3, 4)


@pytest.mark.parametrize(
    "text", ["", "31.02.2027", "4.3.27", "2027-13-01", "0000-01-01", "1.1.1899", "4. Mai-ish 2027",
             "1.1.2200", "soon", "٤.٣.٢٠٢٧", "3/2027", "4. brumaire 2027"]
)  # fmt: skip
@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_what_is_no_day_is_none(text: str, lang: Lang) -> None:
    assert read_date(text, lang) is None


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), langs)
def test_a_day_shown_is_read_as_the_same(day: date, lang: Lang) -> None:
    assert read_date(date_text(day, lang, "UTC"), lang) == day
    assert read_date(day.isoformat(), lang) == day
    assert read_date(date_example(lang), lang) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("  one\u00a0two\u2003three\ufeff", 3),
        ("well-known – 3,5 %", 4),
        ("e-mail: a@b.dk", 2),
    ],
)
def test_words_are_runs_of_what_is_not_white(text: str, words: int) -> None:
    assert count_words(text) == words


def test_characters_are_code_points_and_a_line_break_is_one() -> None:
    assert count_chars(clean("ab\r\n😀é")) == 5


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaned_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    kept = clean(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept
    assert "\n" not in clean_line(text)


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"),
        max_size=300,
    )
)
def test_cleaning_keeps_every_character_that_can_be_seen(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_line_breaks_of_every_kind_are_one_line_feed() -> None:
    assert clean("a\r\nb\rc\u2028d\u0085e\n") == "a\nb\nc\nd\ne\n"
    assert clean_line("a\r\nb\tc") == "a b c"


def test_halves_of_characters_are_shown_as_such_and_nul_is_gone() -> None:
    assert clean("a\ud800b\x00c\x1b[31m") == "a\ufffdbc[31m"


def test_an_answer_is_kept_up_to_the_limit_and_the_rest_is_cut() -> None:
    assert not is_cut("x" * MAX_ANSWER)
    assert not is_cut("\r\n" * MAX_ANSWER)
    assert clean("x" * (MAX_ANSWER + 1)) == "x" * MAX_ANSWER
    assert is_cut("x" * (MAX_ANSWER + 1))
    # One character that normal form C takes apart into three.
    assert is_cut("\ufb2c" * (MAX_ANSWER // 2))


def test_a_hundred_thousand_marks_on_one_letter_do_not_stop_the_site() -> None:
    marks = "a" + "\u0301\u0316" * (MAX_ANSWER // 2)
    kept = clean(marks)
    longest = max(re.findall("[\u0300-\u034e]*", kept), key=len)
    assert len(longest) == 30
    assert kept.replace("\u034f", "").count("\u0316") > MAX_ANSWER // 2 - 5000
