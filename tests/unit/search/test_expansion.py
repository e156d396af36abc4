"""A word of the query is looked for in every spelling of its group, and in nothing else."""

from pathlib import Path

import pytest

from govmatch.search.expansion import MOST_OF_A_QUERY, MOST_OF_A_WORD, Expansions, Spelling
from govmatch.search.fields import Fields
from govmatch.search.query import Query, Term, parse
from tests.unit.search.entries import NOW, build, da, de, entry, opened, search

INVOICE = [
    Spelling("elektronische Rechnung", "de"),
    Spelling("E-Rechnung", "de"),
    Spelling("faktura", "da"),
    Spelling("XR", "de", exact=True),
]
DRONES = [Spelling("Drohne", "de"), Spelling("drone", "da"), Spelling("drone", "en")]
KNOWN = Expansions([INVOICE, DRONES])


def parsed(text: str) -> Query:
    return parse(text, fields=Fields.of({"title": "title", "theme": "theme"}), now=NOW)


def words(text: str, known: Expansions = KNOWN) -> list[set[str]]:
    """Return for each clause what it looks for, phrases in one piece."""
    return [
        {" ".join(part.groups) for part in clause.any_of if isinstance(part, Term)}
        for clause in known.expand(parsed(text)).clauses
    ]


def test_a_word_stands_beside_the_others_of_its_group() -> None:
    assert words("Drohne") == [{"Drohne", "drone"}]
    assert words("faktura heute") == [
        {"faktura", "elektronische Rechnung", "E-Rechnung", "XR"},
        {"heute"},
    ]


@pytest.mark.parametrize("form", ["Drohnen", "DROHNE", "drohne", "drones", "dronerne"])
def test_other_forms_of_a_word_are_the_word(form: str) -> None:
    assert words(form)[0] - {form} <= {"Drohne", "drone"}
    assert len(words(form)[0]) > 1


@pytest.mark.parametrize("form", ["eRechnung", "e rechnung", "E-RECHNUNG"])
def test_hyphens_and_humps_make_no_difference(form: str) -> None:
    assert "faktura" in words(form)[0]


def test_an_abbreviation_is_known_only_as_it_is_written() -> None:
    assert "faktura" in words("xr")[0]
    assert words("xrs") == [{"xrs"}]


def test_an_abbreviation_and_a_phrase_are_looked_for_only_as_they_are_written() -> None:
    clause = KNOWN.expand(parsed("faktura")).clauses[0]
    quoted = {t.groups: t.quoted for t in clause.any_of if isinstance(t, Term)}
    assert quoted == {
        ("faktura",): False,
        ("elektronische", "Rechnung"): True,
        ("E-Rechnung",): False,
        ("XR",): True,
    }


def test_a_phrase_is_known_when_its_words_follow_each_other() -> None:
    others = {"E-Rechnung", "faktura", "XR"}
    assert words("elektronische Rechnung") == [{"elektronische", *others}, {"Rechnung", *others}]
    assert words("elektronische alte Rechnung") == [{"elektronische"}, {"alte"}, {"Rechnung"}]
    assert words("elektronische") == [{"elektronische"}]


@pytest.mark.parametrize(
    "text", ['"Drohne"', "-Drohne", "Drohn*", "theme:drohne", '"elektronische Rechnung"']
)
def test_what_is_quoted_excluded_cut_off_or_a_value_stays_as_it_is(text: str) -> None:
    assert KNOWN.expand(parsed(text)) == parsed(text)


def test_each_side_of_an_or_is_put_beside_its_group() -> None:
    assert words("Drohne OR Kran") == [{"Drohne", "Kran", "drone"}]


def test_a_word_in_titles_is_looked_for_in_titles() -> None:
    clause = KNOWN.expand(parsed("title:Drohne")).clauses[0]
    assert all(isinstance(part, Term) and part.in_title for part in clause.any_of)
    assert len(clause.any_of) == 2


def test_a_word_that_says_nothing_in_some_language_is_not_put_beside_others() -> None:
    known = Expansions([[Spelling("IT", "de", exact=True), Spelling("Informatik", "de")]])
    assert words("it", known) == [{"it"}]
    assert words("Informatik", known) == [{"Informatik", "IT"}]


def test_a_query_never_grows_beyond_what_an_index_answers_quickly() -> None:
    groups = [
        [Spelling(f"wort{chr(97 + n)}{chr(97 + m)}", "de") for m in range(20)] for n in range(10)
    ]
    found = words(" ".join(f"wort{chr(97 + n)}a" for n in range(10)), Expansions(groups))
    assert max(map(len, found)) == MOST_OF_A_WORD + 1
    assert sum(len(clause) - 1 for clause in found) == MOST_OF_A_QUERY


def test_no_language_crowds_out_the_others() -> None:
    german = [Spelling(f"wort{chr(97 + n)}", "de") for n in range(20)]
    known = Expansions([[*german, Spelling("ordet", "da"), Spelling("theword", "en")]])
    assert {"ordet", "theword"} <= words("worta", known)[0]


def test_what_was_typed_and_ignored_stays() -> None:
    asked = parsed("(Drohne) nofield:x")
    wider = KNOWN.expand(asked)
    assert wider.ignored == asked.ignored != ()
    assert [one.text for one in wider.clauses] == [one.text for one in asked.clauses]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("expansion") / "index"
    return build(
        path,
        de("german", "Die elektronische Rechnung", "Wer sie schreibt."),
        da("danish", "Elektronisk faktura", "Hvem skriver den."),
        entry("other", "Bridges", "Steel and stone."),
    )


@pytest.mark.parametrize("query", ["faktura", "E-Rechnung", "elektronische Rechnung", "xr"])
def test_searches_find_what_has_another_word_of_the_group(index: Path, query: str) -> None:
    with opened(index) as opened_index:
        found = search(opened_index, query, expansions=KNOWN)
    assert {hit.id for hit in found.hits} >= {"german", "danish"}
    assert "other" not in {hit.id for hit in found.hits}


def test_an_added_word_is_not_found_by_a_part_of_it(tmp_path: Path) -> None:
    path = build(tmp_path / "index", de("bill", "", "Eine Rechnung."), de("x", "", "Ein Brief."))
    known = Expansions([[Spelling("Schreiben", "de"), Spelling("Papierrechnung", "de")]])
    with opened(path) as opened_index:
        assert search(opened_index, "Papierrechnung").total == 1
        assert search(opened_index, "Schreiben", expansions=known).total == 0


def test_without_groups_a_query_stays_the_very_same() -> None:
    asked = parsed("Drohne Rechnung")
    assert Expansions().expand(asked) is asked
