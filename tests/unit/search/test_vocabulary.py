"""The words kept beside a segment."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.form import ROOTS, WORDS
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.vocabulary import Vocabulary, Words, read


@given(st.lists(st.text("abcæß", min_size=1, max_size=9), max_size=30))
def test_a_line_of_words_is_read_as_its_words(words: list[str]) -> None:
    known = Words(" ".join(words))
    assert list(known) == words
    assert len(known) == len(words)
    assert known[1:3] == words[1:3]


def test_there_is_no_word_after_the_last() -> None:
    with pytest.raises(IndexError):
        Words("one two")[2]


def test_what_was_laid_down_answers_as_what_is_made_anew(tmp_path: Path) -> None:
    gathered = Vocabulary()
    for root in ("udlejning", "vejstrib", "vejmaling", "rechnungsstell", "skol\U0001f600emad"):
        gathered.take_root(root.encode(), public=2)
    for word in ("Ærger", "skolemad", "skolevej", "straße"):
        gathered.take_word(word.encode(), documents=3)
    path = tmp_path / "vocabulary"
    path.write_bytes(gathered.dumps())
    for field, taken in ((ROOTS, gathered.roots), (WORDS, gathered.words)):
        known, made = read(path, field), Nearby(sorted(word for _, word in taken))
        assert list(known.vocabulary) == list(made.vocabulary)
        for asked in ("udlejnng", "vejmalng", "skolemaden", "abrechnung", "ærger", "nix"):
            near = known.terms(asked, likeness=0.05, most=5)
            assert near == made.terms(asked, likeness=0.05, most=5)
    assert read(path, ROOTS).terms("udlejnng", likeness=0.05, most=5)
    assert read(path, WORDS).terms("skolemaden", likeness=0.05, most=5)


def test_a_segment_without_words_is_laid_down_too(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary"
    path.write_bytes(Vocabulary().dumps())
    assert read(path, ROOTS).terms("rechnung", likeness=0.05, most=5) == []
    assert list(read(path, WORDS).vocabulary) == []
