"""Tables for spreadsheets: nothing in them is calculated by whoever opens them."""

import csv
from io import StringIO

import pytest

from govmatch.kit.sheets import as_csv


def cells(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_every_beginning_of_a_formula_is_guarded_and_numbers_are_not(start: str) -> None:
    found = cells(as_csv(["a", "=b"], [[f"{start}1+1", -3], [None, 2.5]]))
    assert found == [["a", "'=b"], [f"'{start}1+1", "-3"], ["", "2.5"]]


def test_texts_come_back_as_they_are() -> None:
    texts = ["Grüße, «Ærø»", 'a "quote"', "two\nlines", "A-7k3m"]
    assert cells(as_csv(["a"], [[one] for one in texts]))[1:] == [[one] for one in texts]
