"""The table of letters by which languages are told apart."""

from importlib.resources import files
from pathlib import Path

import pytest

from govmatch.search.analysis import LANGUAGES
from govmatch.search.relevance.learning import KEPT, learn, main

CPV = Path(__file__).resolve().parents[5] / "shared" / "data" / "cpv2008.tsv"
LABELS = {
    "de": ["Straßenbauarbeiten", "Bauarbeiten an Straßen"],
    "da": ["Vejbygning", "Bygning af veje"],
    "en": ["Road construction works", "Construction of roads"],
}


def test_letters_vote_for_the_language_that_uses_them() -> None:
    rows = {three: votes for three, *votes in (line.split("\t") for line in learn(LABELS))}
    german, danish, _ = map(int, rows["str"])
    assert german > 0 > danish
    assert max(map(int, rows["vej"])) == int(rows["vej"][LANGUAGES.index("da")])
    assert len(rows) <= KEPT


def test_the_table_that_is_shipped_is_what_its_source_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not CPV.is_file():
        pytest.skip("the shared data are not beside this folder")
    main(CPV)
    shipped = files("govmatch.search.relevance").joinpath("trigrams.tsv").read_text("utf-8")
    assert capsys.readouterr().out == shipped
