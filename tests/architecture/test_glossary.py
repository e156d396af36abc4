"""One word for one thing, in each language: the interface says what docs/glossary.*.md says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from govmatch.applications import models as applications
from govmatch.challenges import models as challenges
from govmatch.decisions import models as decisions
from govmatch.kit.i18n import LANGUAGES
from govmatch.pilots import models as pilots
from govmatch.reviews import models as reviews
from tests.architecture import texts
from tests.architecture.tree import ROOT, TEMPLATES, files, name

# Whoever reads one of these in English has to read the glossary's word in the other languages too.
ALWAYS = (
    "application",
    "authority",
    "challenge",
    "consortium",
    "deadline",
    "firm",
    "invoice",
    "milestone",
    "programme",
    "receipt",
)

# What the things of the field can be in; each state has a row in every glossary.
KEPT: dict[str, type[StrEnum]] = {
    "application": applications.State,
    "challenge": challenges.State,
    "decision": decisions.State,
    "milestone": pilots.MilestoneState,
    "pilot": pilots.State,
    "review": reviews.State,
}

# Where the other language rather says it with a verb.
ALSO = {
    ("da", "application"): ("søg",),
    ("de", "application"): ("bewerb",),
}

# Of a mail or a page: values, addresses, code, and the facts at its head.
NOT_SAID = re.compile(
    r"{[{%].*?[%}]}|\]\([^)]*\)|<?https?://\S+|`[^`]*`|^(?!title:|description:)[a-z_]+:.*$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Word:
    """One row of a glossary: the term in code, the word to use, the words not to use at all."""

    term: str
    word: str
    never: tuple[str, ...]


def glossary(text: str) -> list[Word]:
    """Return the rows of a glossary's tables, without their heads."""
    cells = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in row] for row in cells if len(row) == 4]
    heads = {i - 1 for i, row in enumerate(rows) if set(row[0]) <= {"-", ":"}}
    kept = (row for i, row in enumerate(rows) if i not in heads and i - 1 not in heads)
    return [Word(row[0], row[1], tuple(re.findall(r"`([^`]+)`", row[3]))) for row in kept]


def of(lang: str) -> list[Word]:
    return glossary((ROOT / "docs" / f"glossary.{lang}.md").read_text("utf-8"))


def says(text: str, word: str) -> bool:
    """Tell whether a text has the word, in any case and with a usual ending."""
    without_values = re.sub(r"\{[^}]*\}", " ", text)
    pattern = rf"(?<![\w/-]){re.escape(word)}(s|es|en|er|et|n|e|r)?(?!\w)"
    return re.search(pattern, without_values, re.IGNORECASE) is not None


def names(text: str, word: str) -> bool:
    """Tell whether an English text means the thing; in capitals it is part of somebody's name."""
    stem = f"({word}s?|{word.removesuffix('y')}ies)"
    beginning_small = text[:1].lower() + text[1:]
    return re.search(rf"(?<![\w/{{-]){stem}(?![\w}}])", beginning_small) is not None


def interface(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every text that the site says in a language, with where it stands."""
    if lang == "en":
        for msgid, places in texts.all_said().items():
            for form in (msgid,) if isinstance(msgid, str) else msgid:
                yield min(places), form
    else:
        for translations in texts.catalogues(lang).values():
            yield from ((t.file, form) for t in translations for form in t.forms)
    for path in files():
        if _is_longer_text(path, lang):
            yield name(path), NOT_SAID.sub(" ", path.read_text("utf-8"))


def _is_longer_text(path: Path, lang: str) -> bool:
    mail = path.is_relative_to(TEMPLATES) and path.name.endswith(f".{lang}.txt")
    page = path.is_relative_to(ROOT / "content" / "pages") and path.name.endswith(f".{lang}.md")
    return mail or page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_interface_uses_no_word_that_the_glossary_rules_out(lang: str) -> None:
    never = {word for row in of(lang) for word in row.never}
    assert len(never) > 5
    found = {(where, word) for where, text in interface(lang) for word in never if says(text, word)}
    assert found == set()


@pytest.mark.parametrize("lang", texts.TRANSLATED)
def test_a_translation_says_the_word_of_the_glossary(lang: str) -> None:
    words = {row.term: row.word.casefold() for row in of(lang) if row.term in ALWAYS}
    english = {row.term: row.word for row in of("en") if row.term in ALWAYS}
    assert words.keys() == english.keys() == set(ALWAYS)
    found = {
        (msgid, translation.forms)
        for msgid, translations in texts.catalogues(lang).items()
        for translation in translations
        for term in ALWAYS
        if names(msgid if isinstance(msgid, str) else msgid[1], english[term])
        and not any(
            word in translation.forms[-1].casefold()
            for word in (words[term], *ALSO.get((lang, term), ()))
        )
    }
    assert found == set()


def test_the_glossaries_hold_the_same_terms_in_the_same_order() -> None:
    terms = {lang: [row.term for row in of(lang)] for lang in LANGUAGES}
    assert terms["de"] == terms["en"]
    assert terms["da"] == terms["en"]


@pytest.mark.parametrize("thing", KEPT)
def test_every_state_that_is_kept_has_its_row(thing: str) -> None:
    terms = {row.term for row in of("en")}
    states = {f"{thing}: {state.value.replace('_', ' ')}" for state in KEPT[thing]}
    said_otherwise = {"challenge: published"}  # scheduled, open or closed, by its dates
    assert states - terms <= said_otherwise


def test_a_glossary_is_read_row_by_row() -> None:
    text = (
        "# G\n\n| Term | Word | Note | Not |\n|---|---|---|---|\n"
        "| firm | Unternehmen | | Firma, `Company`, `Start up` |\n| need | Bedarf | x | |\n"
        "\n## More\n\n| A | B | C | D |\n|---|---|---|---|\n| x: y | z | | |\n"
    )
    assert glossary(text) == [
        Word("firm", "Unternehmen", ("Company", "Start up")),
        Word("need", "Bedarf", ()),
        Word("x: y", "z", ()),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Authority", True),
        ("All authorities", True),
        ("The Danish Business Authority", False),
        ("By {authority}", False),
        ("authoritative", False),
    ],
)
def test_a_thing_is_told_from_a_name(text: str, found: object) -> None:
    assert names(text, "authority") is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Challenge", True),
        ("zwei Challenges", True),
        ("Challenge-Liste", True),
        ("challenger", True),
        ("{challenge} ist offen", False),
        ("herausfordernd", False),
    ],
)
def test_a_word_is_found_with_its_endings(text: str, found: object) -> None:
    assert says(text, "Challenge") is found
