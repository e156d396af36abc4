"""A table as a workbook: whole, the same bytes for the same table, and nothing is calculated."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from govmatch.kit.workbooks import MOST_CHARACTERS, as_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(body: bytes) -> list[list[tuple[str, str]]]:
    """Return for each row the kind and the text of its cells."""
    with ZipFile(BytesIO(body)) as folder:
        assert folder.testzip() is None
        for name in folder.namelist():
            ET.fromstring(folder.read(name))  # noqa: S314 - our own
        sheet = ET.fromstring(folder.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    assert sheet.find(f".//{MAIN}f") is None, "a formula"
    return [
        [(one.get("t", "n"), "".join(one.itertext())) for one in row]
        for row in sheet.iter(f"{MAIN}row")
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=HYPERLINK('x')", " =1"])
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    assert cells(as_xlsx("x", [text], [[text]])) == [[("inlineStr", text)]] * 2


def test_numbers_and_instants_stay_what_they_are() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    (_, row) = cells(
        as_xlsx("x", list("abcdef"), [[1, 2.5, Decimal("3.10"), noon, date(2026, 1, 1), True]])
    )
    assert row == [
        ("n", "1"), ("n", "2.5"), ("n", "3.10"), ("n", "46348.500000"), ("n", "46023.000000"),
        ("b", "1"),
    ]  # fmt: skip


def test_texts_of_all_kinds_come_back_as_they_were() -> None:
    kept = ["<b>&\"'", "æøå ß 漢字 🚀", "two\nlines", "_x0041_", "  blanks  "]
    found = cells(as_xlsx("[a]:b*c?", ["h"], [[one] for one in kept]))
    assert [row[0][1].replace("_x005F_", "_") for row in found[1:]] == kept
    assert cells(as_xlsx("x", ["h"], [["a\x00b\ud800c"]]))[1] == [("inlineStr", "a b c")]
    assert len(cells(as_xlsx("x", ["h"], [["y" * 50_000]]))[1][0][1]) == MOST_CHARACTERS


def test_empty_cells_are_left_out_and_columns_go_on_after_z() -> None:
    body = as_xlsx("x", [str(n) for n in range(30)], [[None] * 29 + ["last"]])
    assert cells(body)[1] == [("inlineStr", "last")]
    with ZipFile(BytesIO(body)) as folder:
        assert b'r="AD2"' in folder.read("xl/worksheets/sheet1.xml")


def test_the_same_table_gives_the_same_bytes() -> None:
    assert as_xlsx("x", ["h"], [["1"]]) == as_xlsx("x", ["h"], [["1"]])
