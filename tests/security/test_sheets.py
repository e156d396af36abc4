"""What people wrote stays text in every table for spreadsheets: no cell is calculated."""

import csv
from io import StringIO
from unicodedata import normalize

import pytest

from govmatch.kit.sheets import as_csv
from tests.security.asking import Got
from tests.security.house import House
from tests.security.looking import LOOKS
from tests.security.poisoning import FORMULA, Poisoned
from tests.site import Postbox

pytestmark = pytest.mark.security(21)

RUNS = tuple("=+-@\t\r\n")
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    '"=1+1',
    '",=1+1,"',
    "x\r\n=1+1",
]
READERS = ["visitor", "astrid", "eva", "jens"]


def cells_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))


def is_calculated(cell: str) -> bool:
    """True where a spreadsheet would take a cell for a formula and it is no plain number."""
    try:
        float(cell)
    except ValueError:
        return cell.startswith(RUNS) or normalize("NFKC", cell.lstrip()[:1]).startswith(RUNS)
    return False


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_kept_as_text_in_its_own_cell(text: str) -> None:
    rows = cells_of(as_csv(["before", text], [[text, 1], [2, text]]))
    assert [len(row) for row in rows] == [2, 2, 2]
    assert [cell for row in rows for cell in row if is_calculated(cell)] == []
    assert rows[1][0].removeprefix("'") == text, "nothing of it is lost"


def test_numbers_are_left_to_be_calculated_with() -> None:
    assert cells_of(as_csv(["n"], [[-3], [2.5]])) == [["n"], ["-3"], ["2.5"]]


def tables(house: House) -> dict[str, Got]:
    """Return every table of the site, as each of the readers gets it."""
    rows = [row for row in LOOKS if row.path.endswith(".csv") and row.reach is None]
    found = {}
    for row in rows:
        for who in READERS:
            got = house.get(who, house.filled(row.path, row.fill))
            if got.status == 200:
                found[f"{who} {row.label}"] = got
    return found


def test_no_table_of_the_site_calculates_what_people_wrote(
    poisoned: tuple[House, Poisoned, Postbox],
) -> None:
    house, _, _ = poisoned
    found = tables(house)
    assert {name.split()[2] for name in found} >= {"/triage.csv", "/results.csv"}
    for name, got in found.items():
        assert got.kind == "text/csv" and "attachment" in got.header("content-disposition"), name
        rows = cells_of(got.body)
        assert len(rows) > 1, name
        assert len({len(row) for row in rows if row}) == 1, f"{name}: a text broke out of its cell"
        assert [cell for row in rows for cell in row if is_calculated(cell)] == [], name
    assert any(FORMULA in got.text for got in found.values()), "nothing was poisoned"


@pytest.mark.parametrize("cell", ["=1", "\uff1d1", " @x", "\tx"])
def test_what_would_be_calculated_is_found(cell: str) -> None:
    assert is_calculated(cell)
