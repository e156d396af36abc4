"""From labels that say the same in three languages, words that mean the same."""

from pathlib import Path

from govmatch.search.bridge.__main__ import labels, write
from govmatch.search.bridge.learning import learn
from govmatch.search.bridge.rows import Learned, Row, read_lexicon
from govmatch.settings import shipped

THINGS = (("Kies", "grus", "gravel"), ("Segel", "sejl", "sail"), ("Nagel", "søm", "nail"))
KINDS = (("roter", "rød", "red"), ("grüner", "grøn", "green"), ("neuer", "ny", "new"))
LABELS = [
    tuple(f"{kind[n]} {thing[n]}" for n in range(3)) for thing in THINGS for kind in KINDS
] * 2


def test_words_that_always_stand_together_are_learned() -> None:
    found = {row.stems for row in learn(LABELS, [])}
    assert {("kies", "grus", "gravel"), ("segel", "sejl", "sail")} <= found
    assert ("kies", "sejl", "gravel") not in found


def test_of_words_of_the_glossary_only_what_joins_them_is_learned() -> None:
    found = [row.stems for row in learn(LABELS, [Row((("Kies",), ("grus",), ("pebble",)))])]
    assert ("kies", "grus", "gravel") not in found
    assert ("kies", "", "gravel") in found


def test_learning_twice_gives_the_same() -> None:
    assert learn(LABELS, []) == learn(list(LABELS), [])


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    rows = (Learned(0.71, ("kies", "grus", "gravel")), Learned(0.3, ("", "sejl", "sail")))
    write(rows, tmp_path / "lexicon.tsv")
    assert read_lexicon(tmp_path / "lexicon.tsv") == rows


def test_every_code_has_a_label_in_each_language() -> None:
    found = list(labels(shipped("content")))
    assert len(found) == 9_454
    assert ("Sojabohnen", "Sojabønner", "Soya beans") in found
