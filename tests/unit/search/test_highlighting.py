"""Why something was found is shown in its own text, as data."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.highlight import SNIPPET, Highlighter
from govmatch.search.knowledge import shipped_knowledge
from tests.unit.search.entries import ask, build, de, entry, marked, plain


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("Die Rechnungen der Stadt", "Rechnung", ["Rechnungen"]),
        ("Ärger mit der Straße", "aerger STRASSE", ["Ärger", "Straße"]),
        ("Die E-Rechnung und die E Rechnung", "eRechnung", ["E-Rechnung", "E Rechnung"]),
        ("Die E Rechnung, Modell X Rechnung", "Rechnung", ["Rechnung", "Rechnung"]),
        ("Teil E. Rechnung", "Rechnung E", ["E", "Rechnung"]),
        ("Die Rechnungsstellung", "Rechnung", ["Rechnungsstellung"]),
        ("Eine Rechnung", "Rechnungsstellung", ["Rechnung"]),
        ("Ein Verfahren", "verf*", ["Verfahren"]),
        ("Der Stand der Technik", '"Stand der Technik"', ["Stand", "Technik"]),
        ("Nichts davon", "lang:de", []),
    ],
)
def test_what_was_found_is_marked(tmp_path: Path, text: str, query: str, words: list[str]) -> None:
    build(tmp_path, de("1", "Titel", text))
    (hit,) = ask(tmp_path, query, lang="de").hits
    assert marked(hit.snippet) == words
    assert plain(hit.snippet) == text


def test_the_title_is_marked_too(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "Usage data <of> ships", "text"))
    (hit,) = ask(tmp_path, "ship").hits
    assert hit.title_marked == (("Usage data <of> ", False), ("ships", True))


def test_a_long_text_is_cut_where_most_of_the_words_stand(tmp_path: Path) -> None:
    filler = "Nothing to see in this long and tedious sentence. " * 20
    text = f"{filler}Data here. {filler}The ethics of data in ports. {filler}"
    build(tmp_path, entry("1", "x", text))
    (hit,) = ask(tmp_path, "data ethics ports").hits
    assert marked(hit.snippet) == ["ethics", "data", "ports"]
    shown = plain(hit.snippet)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < SNIPPET + 50
    assert shown.removeprefix("… ").removesuffix(" …") in text


def test_a_text_without_the_words_is_shown_from_its_beginning(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "Scanning", "First words of a text. " * 30))
    (hit,) = ask(tmp_path, "scanning").hits
    assert marked(hit.snippet) == []
    assert plain(hit.snippet).startswith("First words of a text. First")
    assert plain(hit.snippet).endswith(" …")


def test_blank_lines_become_blanks_and_nothing_else_changes(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "x", "One\n\n  <script>alert(1)</script>\tdata & more"))
    (hit,) = ask(tmp_path, "data").hits
    assert plain(hit.snippet) == "One <script>alert(1)</script> data & more"


@given(
    st.text(alphabet="ab Eé-ß'x\u0308\n", max_size=400),
    st.frozensets(st.sampled_from(["ab", "a", "eab", "ss", "e", "en:ab", "x"])),
)
def test_no_text_is_changed_by_marking(text: str, terms: frozenset[str]) -> None:
    """Joined again, the pieces are the text with its blanks run together."""
    highlighter = Highlighter(terms, shipped_knowledge())
    whole = plain(highlighter.whole(text, "en"))
    assert "".join(whole.split()) == "".join(text.split())
    cut = plain(highlighter.snippet(text, "en"))
    assert "".join(cut.removeprefix("… ").removesuffix(" …").split()) in "".join(text.split())
    assert all(piece for piece, _ in highlighter.snippet(text, "en"))
