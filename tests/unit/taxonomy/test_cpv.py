"""The CPV: every code with its labels, without taking much memory."""

import tracemalloc
from pathlib import Path

import pytest

from govmatch.kit.i18n import as_lang
from govmatch.settings import shipped
from govmatch.taxonomy import cpv
from tests.timing import soonest

CODES = cpv.codes(shipped("content"))


def test_all_codes_are_there() -> None:
    assert len(CODES) == 9454
    assert CODES.has("03000000")  # the first
    assert CODES.has("98910000")  # the last


@pytest.mark.parametrize("code", ["99999999", "7221232", "72212328-1", "", "٧٢٢١٢٣٢٨", "abcdefgh"])
def test_what_is_no_code_is_not_found(code: str) -> None:
    assert not CODES.has(code)
    assert CODES.labels(code) == {}
    assert CODES.parents(code) == []


def test_a_code_has_labels_in_three_languages_and_parents() -> None:
    assert CODES.labels("03111100") == {"en": "Soya beans", "de": "Sojabohnen", "da": "Sojabønner"}
    assert CODES.label("03111100", "de") == "Sojabohnen"
    assert CODES.label("99999999", "de") == "99999999"
    assert CODES.parents("03111100") == ["03111000", "03110000", "03100000", "03000000"]


def test_codes_are_found_by_their_beginning_and_by_words() -> None:
    assert CODES.find("0311110", "en") == [("03111100", "Soya beans")]
    assert ("03111100", "Sojabønner") in CODES.find("SOJABØNNER", "da")
    assert len(CODES.find("service", "en", most=7)) == 7
    assert CODES.find("  ", "en") == []


@pytest.mark.parametrize(
    ("typed", "lang", "code"),
    [
        ("Rechnungsstellung", "da", "79999200"),  # German words, a Danish reader
        ("invoices", "de", "79999200"),  # another form of the word
        ("billedbehandling", "en", "48328000"),
        ("Uebersetzung", "de", "48740000"),  # written out for want of a key
        ("e-invoicing", "en", "79999200"),
        ("billedbehandling", "de", "48328000"),
        ("sensor", "en", "35125100"),
        ("art", "en", "37820000"),  # a short word as it is, and not in «parts»
        ("sotware", "en", None),
        ("zyzzyva", "en", None),
    ],
)
def test_codes_are_found_by_words_of_any_language(typed: str, lang: str, code: str | None) -> None:
    found = [one for one, _ in CODES.find(typed, as_lang(lang), most=3)]
    assert (code in found) if code else found == []


def test_a_code_found_in_another_language_says_in_which_words() -> None:
    [first, *_] = CODES.search("Rechnungsstellung", "en")
    assert (first.label, first.other_lang) == ("Invoicing services", "de")
    assert first.other_label == "Rechnungsstellung"
    [own, *_] = CODES.search("Sensors", "en")
    assert (own.other_lang, own.other_label) == (None, "")


def test_words_that_no_label_has_are_found_by_what_the_glossary_has_instead() -> None:
    assert CODES.find("app", "en", most=1)[0][0].startswith("72")
    assert "app" not in CODES.find("app", "en", most=1)[0][1].casefold()


@pytest.mark.security(24)
@pytest.mark.parametrize("text", ["a " * 200, "e" * 400, "\u202e" * 80, "-" * 400, "ß" * 400])
def test_hostile_words_are_looked_for_in_no_time(text: str) -> None:
    assert soonest(lambda: CODES.find(text, "de"), under=0.5)[1] < 0.5


def test_codes_of_an_own_file_come_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    own = "# own\ncode\tparent\ten\tde\tda\n01000000\t\tone\teins\tén\n02000000\t\ttwo\tzwei\tto"
    (tmp_path / "reference" / "cpv.tsv").write_text(own, "utf-8")
    codes = cpv.codes(tmp_path)
    assert len(codes) == 2
    assert codes.labels("02000000") == {"en": "two", "de": "zwei", "da": "to"}
    assert cpv.codes(tmp_path / "nothing") is cpv.codes(shipped("content"))


def test_the_codes_take_about_a_megabyte() -> None:
    raw = (shipped("content") / cpv.FILE).read_bytes()
    tracemalloc.start()
    codes = cpv.Codes(raw)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(codes) == 9454
    assert taken < 300_000  # beside the bytes of the file
