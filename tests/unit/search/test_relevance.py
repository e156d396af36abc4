"""What is found stands in the order of the ranking, and what is missing is looked for further."""

import random
from pathlib import Path

import numpy as np
import pytest

from govmatch.search.audience import visible
from govmatch.search.bridge.concepts import Bridge
from govmatch.search.bridge.rows import Row
from govmatch.search.entry import Change, Entry, microseconds
from govmatch.search.knowledge import (
    Knowledge,
    knowledge_of,
    learned_from,
    loads_knowledge,
    shipped_knowledge,
    write_knowledge,
)
from govmatch.search.questioning import question_of, ranking_for
from govmatch.search.readable import Readable
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.relevance.postings import InMemory
from govmatch.search.relevance.ranking import Ranking
from govmatch.search.relevance.terms import ROOTS, document_terms
from govmatch.search.writer import Writer
from tests.unit.search.entries import (
    NOW,
    PUBLIC,
    ask,
    build,
    da,
    de,
    entry,
    found,
    marked,
    opened,
    ranked,
    search,
)

WORDS = [
    "rechnung",
    "rechnungen",
    "rechnungsprüfung",
    "eingangsrechnung",
    "verwaltung",
    "stadtverwaltung",
    "daten",
    "bürger",
    "datenschutz",
    "straße",
    "straßenbau",
    "brücke",
    "prüfung",
    "prüfen",
    "behörde",
    "behörden",
    "vergabe",
    "vergabeverfahren",
    "schule",
    "schulbau",
    "wasser",
    "abwasser",
    "wasserwerk",
    "energie",
    "energieverbrauch",
    "gebäude",
    "licht",
    "die",
    "der",
    "für",
]


def texts(number: int) -> list[Entry]:
    """Return German texts of a few words, the same ones each time."""
    dice = random.Random(7)
    return [
        de(str(n), " ".join(dice.choices(WORDS, k=3)), " ".join(dice.choices(WORDS, k=25)))
        for n in range(number)
    ]


def test_the_index_ranks_as_the_ranking_does_by_itself(tmp_path: Path) -> None:
    entries = texts(120)
    build(tmp_path, *entries)
    dice = random.Random(8)
    questions = [" ".join(dice.choices(WORDS, k=1 + n % 4)) for n in range(200)]
    with opened(tmp_path) as index:
        search(index, "")
        view = index._open().view(index._each.readings)
        known = view.snapshot.knowledge
        memory = InMemory(
            document_terms(one.title, one.text, language="de", splitters=known.splitters)
            for one in entries
        )
        alone = Ranking(memory, nearby=Nearby(memory.vocabulary(ROOTS)))
        readable = Readable(view, visible(view, PUBLIC, microseconds(NOW)))
        for text in questions:
            question = question_of(text, "de", known.splitters)
            kept = ranking_for(readable).scores(question)
            assert np.allclose(kept, alone.scores(question), rtol=1e-4, atol=1e-5), text


def test_what_has_all_words_stands_in_the_order_of_the_ranking(tmp_path: Path) -> None:
    build(tmp_path, *texts(60))
    results = ask(tmp_path, "rechnung behörde", lang="de", size=60)
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) > 5


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Rechnungsstellung", "Rechnung"),
        ("Abwasserrechnungen", "Rechnung"),
        ("Rechnung", "Rechnungsstellung"),
        ("E-Rechnung", "eRechnung"),
        ("Straße", "strasse"),
        ("Aerger", "Ärger"),
    ],
)
def test_german_words_are_found_by_their_parts_and_spellings(
    tmp_path: Path, written: str, asked: str
) -> None:
    build(
        tmp_path, de("1", "Titel", f"Es geht um {written} hier"), de("2", "Titel", "Sonst nichts")
    )
    (hit,) = ask(tmp_path, asked, lang="de").hits
    assert (hit.id, hit.by_bridge) == ("1", False)


def test_other_words_for_the_same_are_found_below_all_that_have_the_word(tmp_path: Path) -> None:
    build(
        tmp_path,
        da("danish", "Faktura faktura", "faktura faktura"),
        entry("english", "Invoices", "Invoices again"),
        de("german", "Etwas anderes", "Die lange Geschichte einer Rechnung, " + "mit Worten " * 40),
        de("none", "Brücken", "Brücken"),
    )
    results = ask(tmp_path, "Rechnung", lang="de")
    assert results.hits[0].id == "german"
    assert {hit.id: hit.by_bridge for hit in results.hits} == {
        "german": False,
        "danish": True,
        "english": True,
    }
    assert not results.loosened
    danish = next(hit for hit in results.hits if hit.id == "danish")
    assert marked(danish.title_marked) == ["Faktura", "faktura"]


def test_a_quoted_word_is_not_looked_for_in_other_languages(tmp_path: Path) -> None:
    build(tmp_path, da("danish", "Faktura"), de("german", "Rechnung"))
    assert found(tmp_path, '"Rechnung"', lang="de") == {"german"}


def test_what_means_the_same_is_found_only_where_the_reader_may_look(tmp_path: Path) -> None:
    build(tmp_path, da("sealed", "Faktura", audience=frozenset({"firm:1"})), de("open", "Brücke"))
    assert found(tmp_path, "Rechnung", lang="de") == set()
    firm = frozenset({"public", "firm:1"})
    assert found(tmp_path, "Rechnung", lang="de", audience=firm) == {"sealed"}


def test_a_slip_is_forgiven_only_when_nothing_has_the_word(tmp_path: Path) -> None:
    build(tmp_path, de("right", "Rechnung"), de("other", "Brücke"))
    results = ask(tmp_path, "Rechnugn", lang="de")
    assert [hit.id for hit in results.hits] == ["right"]
    assert results.loosened
    assert marked(results.hits[0].title_marked) == ["Rechnung"]
    build(tmp_path / "both", de("right", "Rechnung"), de("slip", "Rechnugn"))
    results = ask(tmp_path / "both", "Rechnugn", lang="de")
    assert ([hit.id for hit in results.hits], results.loosened) == (["slip"], False)


def test_a_slip_finds_nothing_that_is_sealed(tmp_path: Path) -> None:
    build(tmp_path, de("sealed", "Quokkatron", audience=frozenset({"firm:1"})), de("x", "Brücke"))
    assert found(tmp_path, "Quokatron", lang="de") == set()
    assert found(tmp_path, "Quokatron", lang="de", audience=frozenset({"firm:1"})) == {"sealed"}


def test_slips_are_forgiven_in_the_first_eight_unknown_words(tmp_path: Path) -> None:
    build(tmp_path, de("right", "Rechnung"), de("other", "Brücke"))
    unknown = "quokka zwiebel fjord wombat lurch geysir tukan"
    assert found(tmp_path, f"{unknown} Rechnugn", lang="de") == {"right"}
    assert found(tmp_path, f"{unknown} yak Rechnugn", lang="de") == set()


def test_what_was_deleted_is_not_found_by_any_way(tmp_path: Path) -> None:
    build(tmp_path, de("1", "Rechnung"), da("2", "Faktura"), de("3", "Brücke"))
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "1"), Change("challenge", "2")], cursor=2)
    for asked in ("Rechnung", "Faktura", "Rechnugn", "Rechnungsstellung", "invoice"):
        assert found(tmp_path, asked, lang="de") == set()


def test_when_no_text_has_all_words_the_best_of_the_others_are_first(tmp_path: Path) -> None:
    build(
        tmp_path,
        de("two", "Titel", "Die Prüfung der Rechnung"),
        de("one", "Titel", "Die Prüfung der Brücke"),
        de("none", "Titel", "Die Schule"),
    )
    results = ask(tmp_path, "Prüfung Rechnung Quokkatron", lang="de")
    assert results.loosened
    assert [hit.id for hit in results.hits] == ["two", "one"]


def test_the_glossary_of_an_index_stays_until_it_is_made_anew(tmp_path: Path) -> None:
    build(tmp_path, da("1", "Faktura"))
    with Writer(tmp_path) as writer:
        assert not writer.is_outdated
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    known = shipped_knowledge()
    other = Bridge([Row((("Quokka",), ("pungdyr",), ("marsupial",)))])
    changed = tmp_path / "other"
    build(changed, da("1", "Et pungdyr"))
    (folder,) = (path for path in changed.iterdir() if path.is_dir())
    write_knowledge(folder, Knowledge(known.splitters, other.dumps()))
    knowledge_of.cache_clear()
    assert knowledge_of(folder).digest == other.digest != known.digest
    assert "quokka" in " ".join(knowledge_of(folder).concepts("pungdyr", "da"))


def test_what_an_index_knows_of_words_comes_back_as_it_was() -> None:
    known = learned_from(texts(40))
    again = loads_knowledge(known.dumps())
    assert again.dumps() == known.dumps()
    for word in ("rechnungsprüfung", "vergabeverfahren", "wasserwerk"):
        assert again.splitters["de"].split(word) == known.splitters["de"].split(word) != ()


def test_a_long_text_is_answered_by_what_tells_most_in_it(tmp_path: Path) -> None:
    build(tmp_path, *texts(40), de("it", "Quokkatron", "Das Quokkatron zählt Besucher im Museum"))
    text = "Wir suchen ein Quokkatron, das Besucher im Museum zählt, und zwar für die Verwaltung"
    assert ranked(tmp_path, text, lang="de")[0] == "it"
