"""The files of the bridge: a wrong line is named, the others are taken; those shipped are right."""

from pathlib import Path

from govmatch.search.analysis import LANGUAGES
from govmatch.search.bridge.rows import GLOSSARY, LEXICON, Learned, read_glossary, read_lexicon
from govmatch.settings import shipped

CONTENT = shipped("content")


def test_a_wrong_line_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    lines = ["# Notes", "de\tda\ten", "Haus\thus\thouse, home", "", "Boot\tbåd", "Hund\t , \tdog"]
    (tmp_path / "some.tsv").write_text("\n".join([*lines, "x\ty\t" + "z" * 1_001]), "utf-8")
    glossary = read_glossary(tmp_path)
    assert [row.words for row in glossary.rows] == [(("Haus",), ("hus",), ("house", "home"))]
    assert [(wrong.line, wrong.reason) for wrong in glossary.wrong] == [
        (5, "2 cells instead of 3, separated by a tab"),
        (6, "no word for da"),
        (7, "longer than 1000 characters"),
    ]


def test_without_a_folder_there_are_no_rows(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "none").rows == ()
    assert read_lexicon(tmp_path / "none.tsv") == ()


def test_a_lexicon_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("# Source\nweight\tde\tda\ten\n0.700\tleck\t\tleak\n", "utf-8")
    assert read_lexicon(path) == (Learned(0.7, ("leck", "", "leak")),)


def test_the_shipped_glossary_has_no_wrong_line() -> None:
    glossary = read_glossary(CONTENT / GLOSSARY)
    assert glossary.wrong == ()
    assert len(glossary.rows) > 1_500


def test_no_two_rows_of_the_glossary_are_the_same_thing() -> None:
    firsts = [
        tuple(words[0] for words in row.words) for row in read_glossary(CONTENT / GLOSSARY).rows
    ]
    assert {first for first in firsts if firsts.count(first) > 1} == set()


def test_the_shipped_lexicon_names_its_source_and_pairs_two_languages_at_least() -> None:
    path = CONTENT / LEXICON
    assert "Common Procurement Vocabulary" in path.read_text("utf-8").splitlines()[0]
    rows = read_lexicon(path)
    assert len(rows) > 2_000
    assert {len(row.stems) for row in rows} == {len(LANGUAGES)}
    assert [row for row in rows if sum(map(bool, row.stems)) < 2 or not 0 < row.weight <= 1.2] == []
