"""What is found, and in which order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from govmatch.search.relevance.compounds import learn
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.relevance.postings import InMemory
from govmatch.search.relevance.questions import build
from govmatch.search.relevance.ranking import Ranking
from govmatch.search.relevance.terms import ROOTS, document_terms, query_terms
from govmatch.search.relevance.tuning import DEFAULT, Tuning

Document = tuple[str, str]

PAGES: Sequence[Document] = (
    ("Rechnungen", "Wie Sie eine Rechnung an die Stadt schicken."),
    ("Straßenbau", "Die Stadt baut Straßen und Wege. Anträge stellen Sie beim Amt."),
    ("", "Arztpraxen nehmen Patienten nach Anmeldung auf."),
    ("Bußgeld", "Eine Rechnung über das Bußgeld kommt nach vier Wochen."),
    ("Hunde", "Hunde sind anzumelden. Die Steuer wird jährlich fällig."),
)
WORDS = ["rechnung", "arzt", "ärzte", "praxen", "straße", "straßen", "bau", "hund", "steuer"]
SPLITTERS = {"de": learn([(word, 10) for word in WORDS], "de")}


def found(query: str, pages: Sequence[Document] = PAGES, tuning: Tuning = DEFAULT) -> list[int]:
    index = InMemory(
        document_terms(title, text, language="de", splitters=SPLITTERS) for title, text in pages
    )
    ranking = Ranking(index, nearby=Nearby(index.vocabulary(ROOTS)), tuning=tuning)
    terms = query_terms(query, language="de", splitters=SPLITTERS)
    return [number for number, _ in ranking.best(build(terms, tuning), most=10)]


def test_a_word_in_the_title_is_worth_more_than_one_in_the_text() -> None:
    assert found("Rechnung") == [0, 3]


def test_a_word_is_found_inside_a_compound_and_a_compound_by_its_parts() -> None:
    assert found("Arzt") == [2]
    assert found("Hundesteuer")[0] == 4


def test_words_of_the_same_letters_are_found_where_no_rule_of_the_language_helps() -> None:
    assert found("Anmeldeschalter") == [2]
    without = replace(DEFAULT, near=0.0)
    assert found("Anmeldeschalter", tuning=without) == []


def test_umlauts_are_found_as_they_are_typed() -> None:
    assert found("Aerzte")[0] == found("Ärzte")[0] == 2
    assert found("antraege")[0] == 1


def test_what_stands_together_in_the_order_of_the_query_comes_first() -> None:
    pages = (
        ("", "Das Amt baut heute keine lange Brücke und prüft den Hafen. Stadt, Rat, Kran."),
        ("", "Das Amt prüft die Stadt am Hafen. Kran und Rat sind keine lange Brücke heute."),
        ("", "Ein anderes Haus steht hier."),
    )
    assert found("lange Brücke", (pages[0], pages[2])) == [0]
    assert found("prüft den Hafen", pages)[0] == 0
    assert found("prüft die Stadt", pages)[0] == 1


def test_nothing_is_found_where_no_word_is() -> None:
    assert found("Xylophon") == []
    assert found("") == []
    assert found("Rechnung", ()) == []


def test_a_rare_word_outweighs_a_common_one() -> None:
    pages = (("", "Stadt Amt"), ("", "Stadt Hafen"), ("", "Stadt Kran"), ("", "Hafen Amt Zoll"))
    assert found("Stadt Kran", pages)[0] == 2


def test_a_long_text_finds_what_shares_its_telling_words() -> None:
    profile = (
        "Wir suchen Unternehmen, die Leckagen in alten Rohrleitungen orten, bevor Trinkwasser"
        " verloren geht. Sensoren, Akustik, Druckverlauf und nächtlicher Durchfluss sollen"
        " zusammen ausgewertet, Meldungen priorisiert, Karten gezeichnet und Trupps geschickt"
        " werden; Schnittstellen, Datenschutz, Betrieb, Wartung, Schulung und Preise gehören dazu."
    )
    assert build(query_terms(profile, language="de", splitters={}), DEFAULT).is_profile
    pages = (
        ("", "Wir bieten Wartung, Betrieb und Schulung für Software zu guten Preisen."),
        ("", "Akustik und Sensoren hören Leckagen in Rohrleitungen, auch bei wenig Durchfluss."),
        ("", "Meldungen der Bürgerschaft werden in Karten gezeigt."),
        *[("", f"Datenschutz, Betrieb und Wartung, Fall {number}.") for number in range(5)],
    )
    assert found(profile, pages)[0] == 1


def test_the_same_question_gets_the_same_answer_whatever_was_asked_before() -> None:
    index = InMemory(
        document_terms(title, text, language="de", splitters=SPLITTERS) for title, text in PAGES
    )
    ranking = Ranking(index, nearby=Nearby(index.vocabulary(ROOTS)))
    asked = [
        build(query_terms(text, language="de", splitters=SPLITTERS), DEFAULT)
        for text in ("Rechnung Bußgeld", "Straßen", "Rechnung Bußgeld")
    ]
    first, _, again = (ranking.scores(question) for question in asked)
    assert np.array_equal(first, again)


def test_the_best_are_the_highest_scores_and_of_equal_ones_the_first() -> None:
    pages = [("", "Hafen"), ("", "Amt"), ("", "Hafen"), ("", "Hafen")]
    assert found("Hafen", pages) == [0, 2, 3]
    index = InMemory(document_terms(*page, language="de", splitters={}) for page in pages)
    question = build(query_terms("Hafen", language="de", splitters={}), DEFAULT)
    best = Ranking(index).best(question, most=2)
    assert [number for number, _ in best] == [0, 2]
    assert best[0][1] == pytest.approx(best[1][1])


@pytest.mark.parametrize(("words", "each"), [(1, 40), (8, 40), (9, 20), (16, 20), (29, 10)])
def test_the_more_words_a_question_has_the_fewer_near_each_are_looked_up(
    words: int, each: int
) -> None:
    text = " ".join(f"wort{chr(ord('a') + n % 26) * (2 + n // 26)}" for n in range(words))
    question = build(query_terms(text, language="de", splitters={}), DEFAULT)
    assert [asked.neighbours for asked in question.terms] == [each] * words


def test_no_more_near_words_are_looked_up_than_the_question_says() -> None:
    looked_up: list[int] = []

    class Neighbourhood:
        def terms(self, word: str, *, likeness: float, most: int) -> Sequence[tuple[str, float]]:
            assert word and likeness
            looked_up.append(most)
            return ()

    index = InMemory([document_terms("", "Rechnung", language="de", splitters={})])
    ranking = Ranking(index, nearby=Neighbourhood())
    for text in ("Rechnung", "eins zwei drei vier fünf sechs sieben acht neun zehn Rechnung"):
        ranking.scores(build(query_terms(text, language="de", splitters={}), DEFAULT))
    assert looked_up[0] == 40 and set(looked_up[1:]) == {20}
