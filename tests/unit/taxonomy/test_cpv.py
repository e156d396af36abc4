"""The CPV: every code with its labels, without taking much memory."""

import tracemalloc
from pathlib import Path

import pytest

from govmatch.settings import shipped
from govmatch.taxonomy import cpv

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
