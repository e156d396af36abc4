"""Titles are suggested as they are typed."""

from pathlib import Path

import pytest

from govmatch.search.results import Suggestion
from tests.unit.search.entries import NOW, PUBLIC, build, da, de, entry, opened


def suggested(path: Path, typed: str, **more: object) -> list[str]:
    with opened(path) as index:
        found = index.suggest(typed, audience=PUBLIC, now=NOW, **more)  # type: ignore[arg-type]
    return [suggestion.title for suggestion in found]


def test_a_suggestion_carries_what_a_list_shows(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "Usage data", url="/usage"), entry("2", "text", "usage data"))
    with opened(tmp_path) as index:
        assert index.suggest("usa", audience=PUBLIC, now=NOW) == [
            Suggestion(kind="challenge", id="1", lang="en", title="Usage data", url="/usage")
        ]


def test_titles_that_begin_so_come_first_then_the_short_ones(tmp_path: Path) -> None:
    titles = ["Data ethics in ports", "Usage data", "Data", "Open data of ships"]
    build(tmp_path, *(entry(str(number), title) for number, title in enumerate(titles)))
    assert suggested(tmp_path, "data") == [
        "Data",
        "Data ethics in ports",
        "Usage data",
        "Open data of ships",
    ]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("Erfassung der Bes", ["Erfassung der Besuche"]),
        ("erf", ["Erfassung der Besuche"]),
        ("besuche erf", ["Erfassung der Besuche"]),
        ("aer", ["Ärger mit Formularen"]),
        ("är", ["Ärger mit Formularen"]),
        ("E-Re", ["E-Rechnung"]),
        ("eRech", ["E-Rechnung"]),
        ("b", []),
        ("", []),
        ("***", []),
        ("\0\ud800", []),
        ("nichts", []),
        ("x" * 5_000, []),
    ],
)
def test_titles_are_found_by_whole_words_and_a_beginning(
    tmp_path: Path, typed: str, titles: list[str]
) -> None:
    build(
        tmp_path,
        de("1", "Erfassung der Besuche"),
        de("2", "Ärger mit Formularen"),
        de("3", "E-Rechnung"),
    )
    assert suggested(tmp_path, typed, lang="de") == titles


def test_of_translations_the_readers_is_suggested_when_it_fits(tmp_path: Path) -> None:
    build(tmp_path, de("1", "Datenethik"), da("1", "Dataetik"), entry("1", "Data ethics"))
    assert suggested(tmp_path, "dat", lang="da") == ["Dataetik"]
    assert suggested(tmp_path, "dat", lang="de") == ["Datenethik"]
    assert suggested(tmp_path, "datenet", lang="da") == ["Datenethik"]


def test_no_more_are_suggested_than_asked_for_and_only_of_the_kinds(tmp_path: Path) -> None:
    build(tmp_path, *(entry(str(n), f"Data {n}", kind=("firm", "need")[n % 2]) for n in range(9)))
    assert suggested(tmp_path, "data", limit=3) == ["Data 0", "Data 1", "Data 2"]
    assert suggested(tmp_path, "data", kinds=["need"], limit=2) == ["Data 1", "Data 3"]


def test_without_an_index_nothing_is_suggested(tmp_path: Path) -> None:
    assert suggested(tmp_path / "none", "data") == []
