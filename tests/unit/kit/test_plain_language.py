"""Hints on plain language: they name what is hard to read, and keep quiet about the rest."""

from collections.abc import Callable
from pathlib import Path

import pytest

from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.kit.markdown import render
from govmatch.kit.plain_language import (
    MAX_CHARACTERS,
    MOST_WORDS,
    Hint,
    Kind,
    count_words,
    hints,
    sentences,
)
from tests.timing import soonest

CHALLENGES = Path(__file__).resolve().parents[3] / "content" / "challenges"


def of(kind: Kind, text: str, lang: Lang) -> list[str]:
    return [hint.where for hint in hints(text, lang) if hint.kind is kind]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Wir helfen z. B. Vereinen. Das gilt.", ["Wir helfen z. B. Vereinen.", "Das gilt."]),
        ("de", "Am 3. Mai endet die 2. Runde.", ["Am 3. Mai endet die 2. Runde."]),
        ("de", "Es sind 12. Danach folgt mehr.", ["Es sind 12.", "Danach folgt mehr."]),
        ("de", "Nach Art. 6 Abs. 1 gilt es.", ["Nach Art. 6 Abs. 1 gilt es."]),
        ("de", "Fragen dieser Art. Antworten auch.", ["Fragen dieser Art.", "Antworten auch."]),
        ("de", "Rund 3 Mio. Euro bzw. Kronen.", ["Rund 3 Mio. Euro bzw. Kronen."]),
        ("de", "Er sagt: „Nein.“ Sie geht.", ["Er sagt: „Nein.“", "Sie geht."]),
        ("da", "Det gælder bl.a. Bremen. Og os.", ["Det gælder bl.a. Bremen.", "Og os."]),
        ("da", "Fristen er den 1. januar kl. 12.", ["Fristen er den 1. januar kl. 12."]),
        ("da", "Se f.eks. Odense. Kom nu!", ["Se f.eks. Odense.", "Kom nu!"]),
        ("en", "Ask Dr. Hansen, e.g. Mondays. Go.", ["Ask Dr. Hansen, e.g. Mondays.", "Go."]),
        ("en", "The answer is no. The end.", ["The answer is no.", "The end."]),
        ("en", "See no. 5 in the U.S. list.", ["See no. 5 in the U.S. list."]),
        ("en", "Wait … what? Yes!", ["Wait … what?", "Yes!"]),
        (
            "en",
            "Version 2.5 costs EUR 1.000.000. Well.",
            ["Version 2.5 costs EUR 1.000.000.", "Well."],
        ),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(
    lang: Lang, text: str, expected: list[str]
) -> None:
    assert sentences(text, lang) == expected


def test_each_item_of_a_list_is_its_own_sentence_and_lines_of_a_paragraph_are_one() -> None:
    text = "We look for\nsomebody who\n\n- counts people\n- keeps no pictures\n1. and tells us"
    assert sentences(text, "en") == [
        "We look for somebody who",
        "counts people",
        "keeps no pictures",
        "and tells us",
    ]


def test_headings_tables_code_and_addresses_are_not_counted() -> None:
    text = (
        "# A heading\n\n| a | b |\n|---|---|\n| ERP | x |\n\n```\nERP code. More code.\n```\n\n"
        "See [the **long** list](https://example.org/ERP?x=1) and `ERP` or https://ERP.example.\n"
    )
    assert sentences(text, "en") == ["See the long list and x or x"]
    assert hints(text, "en") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("z. B. heute", 2), ("2,5 Mio. Euro – mehr", 4), ("and/or", 2), ("… – !", 0), ("E-Mail", 1)],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_is_long_from_one_word_over_the_limit(lang: Lang) -> None:
    fine = " ".join(["word"] * MOST_WORDS[lang]) + "."
    assert hints(fine, lang) == []
    assert hints(f"More {fine}", lang) == [
        Hint(Kind.SENTENCE, "More word word word word word word word …", MOST_WORDS[lang] + 1)
    ]


def test_the_longest_sentences_come_first_and_ten_hints_are_the_most() -> None:
    long = [" ".join([f"W{n}", *["word"] * (30 + n)]) + "." for n in range(9)]
    short = "ABC. BCD. CDE. DEF."
    words = " ".join("x" * n for n in range(40, 50))
    found = hints("\n\n".join([*long, short, words]), "en")
    assert [hint.words for hint in found[:5]] == [39, 38, 37, 36, 35]
    assert [hint.kind for hint in found[5:]] == [Kind.ABBREVIATION] * 3 + [Kind.WORD] * 2
    assert [hint.where for hint in found[5:]] == ["ABC", "BCD", "CDE", "x" * 49, "x" * 48]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "It feeds our ERP and the ERP feeds us.", ["ERP"]),
        ("de", "Das ERP-System liefert an das DMS.", ["ERP", "DMS"]),
        ("en", "Enterprise resource planning (ERP) is old. Our ERP is older.", []),
        ("en", "ERP (enterprise resource planning) is old.", []),
        ("de", "Das ERP-System (Ressourcenplanung) ist alt.", []),
        ("de", "Die EU, die DSGVO, PDF und KMU kennt jeder.", []),
        ("da", "Moms efter EU-regler og SMV'er med CVR-nummer.", []),
        ("en", "Louis XIV and part II.", []),
        ("en", "DO NOT SEND anything.", []),
        ("en", "DIN 18040, UTF-8 and WCAG 2.2.", []),
        ("en", "A and I.", []),
    ],
)
def test_an_abbreviation_is_named_where_no_long_form_stands_beside_it(
    lang: Lang, text: str, found: list[str]
) -> None:
    assert of(Kind.ABBREVIATION, text, lang) == found


def test_a_page_can_name_abbreviations_that_its_readers_know() -> None:
    assert hints("Our ERP.", "en", known={"ERP"}) == []


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "Behindertengleichstellungsgesetz", ["Behindertengleichstellungsgesetz"]),
        ("de", "Verwaltungsvereinfachungsplan", ["Verwaltungsvereinfachungsplan"]),
        ("de", "Verwaltungs-Vereinfachungsplan", []),
        ("da", "databeskyttelsesforordningen", ["databeskyttelsesforordningen"]),
        ("en", "internationalisation", []),
    ],
)
def test_a_long_word_is_named_and_hyphens_make_it_shorter(
    lang: Lang, text: str, found: list[str]
) -> None:
    assert of(Kind.WORD, text, lang) == found


@pytest.mark.parametrize("path", sorted(CHALLENGES.glob("*.md")), ids=lambda path: path.stem)
def test_our_own_challenges_give_few_hints_and_no_sentence_of_over_40_words(path: Path) -> None:
    lang = next(code for code in LANGUAGES if path.stem.endswith(f".{code}"))
    body = path.read_text("utf-8").split("---", 2)[2]
    found = hints(body, lang)
    assert len(found) <= 6
    assert [hint for hint in found if hint.words > 40] == []
    assert [hint.where for hint in found if hint.kind is Kind.ABBREVIATION] == []


HOSTILE = (
    ".", "…", "(", "[", "[a](", "`", "*_", "A", "AB ", "AB (", "(AB", "x@", "a. ", "1. ", "- - ",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_takes_no_more_than_four_times_what_rendering_takes(unit: str) -> None:
    """A preview renders the text anyway; what grows faster than its text is far above this."""
    honest = (CHALLENGES / "usage-data.de.md").read_text("utf-8")
    honest = (honest * (MAX_CHARACTERS // len(honest) + 1))[:MAX_CHARACTERS]
    hostile = (unit * MAX_CHARACTERS)[:MAX_CHARACTERS]
    assert _seconds(lambda: hints(hostile, "de")) < 4 * _seconds(lambda: render(honest))


def _seconds(work: Callable[[], object]) -> float:
    return soonest(work, under=0)[1]
