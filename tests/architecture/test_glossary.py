"""One word for one thing, in each language: the interface says what docs/glossary.*.md says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pytest

from govmatch.applications import models as applications
from govmatch.challenges import models as challenges
from govmatch.decisions import models as decisions
from govmatch.kit.i18n import LANGUAGES
from govmatch.pilots import models as pilots
from govmatch.questions import models as questions
from govmatch.reviews import models as reviews
from tests.architecture import texts
from tests.architecture.tree import ROOT

# Whoever reads one of these in English has to read the glossary's word in the other languages too.
ALWAYS = (
    "CPV code",
    "account",
    "administrator",
    "amendment",
    "application",
    "approver",
    "attachment",
    "auditor",
    "authority",
    "budget",
    "certificate",
    "challenge",
    "conflict of interest",
    "consortium",
    "content hash",
    "criterion",
    "deadline",
    "declaration",
    "decision",
    "directory",
    "dossier",
    "event",
    "evidence",
    "feed",
    "firm",
    "glossary",
    "invitation",
    "invoice",
    "jury",
    "match",
    "mentor",
    "message",
    "milestone",
    "minimum",
    "outcome",
    "phase",
    "pilot",
    "procurement route",
    "profile",
    "programme",
    "programme manager",
    "question",
    "receipt",
    "recovery code",
    "reference number",
    "reviewer",
    "role",
    "round",
    "second factor",
    "section",
    "sitting",
    "steering group",
    "technology",
    "template",
    "theme",
    "voice",
    "waiting list",
    "weight",
)

# What the things of the field can be in; each state has a row in every glossary.
KEPT: dict[str, type[StrEnum]] = {
    "application": applications.State,
    "challenge": challenges.State,
    "decision": decisions.State,
    "milestone": pilots.MilestoneState,
    "pilot": pilots.State,
    "question": questions.State,
    "review": reviews.State,
}

# Where the other language rather says it with a verb, or bends the word.
ALSO = {
    ("da", "account"): ("kont",),
    ("da", "application"): ("søg",),
    ("da", "criterion"): ("kriteri",),
    ("de", "account"): ("kont",),
    ("de", "application"): ("bewerb",),
    ("de", "approver"): ("freigebend",),
    ("de", "criterion"): ("kriteri",),
    ("de", "mentor"): ("mentor",),
    ("de", "reviewer"): ("begutachtend",),
    ("de", "second factor"): ("zweite",),
    ("de", "theme"): ("them",),
}

# Texts in which the English word means something else, or the other language can do without.
NOT_MEANT: dict[str, str] = {
    "applications": "the name of a file that is saved, in letters any machine takes",
    "Certificate ISO/IEC 27001": "of a firm, not of a course",
    "Close this message": "a box on the page, not a message to somebody",
    "Decision overdue": "on a delivery; Danish keeps its word for what closes a selection",
    "For the case file: what kept the firm from submitting in time, and why that counts. The mail "
    "does not repeat it.": "Danish speaks of the case",
    "ISO/IEC 27001 certificate": "of a firm, not of a course",
    "Lets one person apply after the deadline, for a reason that stands in the case file. All "
    "codes end when the opening begins.": "Danish speaks of the case",
    "Nothing is converted here, since no rate is agreed. Enter the value in the currency of the "
    "limits, at the rate that your accounts use.": "of money",
    "Phase": "where a challenge stands, in a list of facts",
    "Please give your second factor first.": "Danish asks for the code",
    "Reminder: a decision on a delivery is due soon": "on a delivery, as above",
    "Reminder: a decision on a delivery is overdue": "on a delivery, as above",
    "This takes a few seconds after a profile was made or switched on.": "German needs no noun",
    "Your decision": "on a delivery, as above",
    "{n} glossary entries": "the heading above names the glossary",
}


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
    return re.search(rf"(?<![\w/{{@-]){stem}(?![\w}}])", beginning_small) is not None


def otherwise(lang: str) -> set[str]:
    """Return the texts whose translation lacks the glossary's word for a thing that they name."""
    words = {row.term: row.word.casefold() for row in of(lang) if row.term in ALWAYS}
    english = {row.term: row.word for row in of("en") if row.term in ALWAYS}
    assert words.keys() == english.keys() == set(ALWAYS)
    return {
        text
        for text, said in _translated(lang)
        for term in ALWAYS
        if names(text, english[term])
        and not any(word in said for word in (words[term], *ALSO.get((lang, term), ())))
    }


def _translated(lang: str) -> Iterator[tuple[str, str]]:
    for msgid, translations in texts.catalogues(lang).items():
        for translation in translations:
            text = msgid if isinstance(msgid, str) else msgid[1]
            yield text, translation.forms[-1].casefold()


@pytest.mark.parametrize("lang", texts.TRANSLATED)
def test_a_translation_says_the_word_of_the_glossary(lang: str) -> None:
    assert otherwise(lang) - NOT_MEANT.keys() == set()


def test_every_exception_is_needed() -> None:
    assert NOT_MEANT.keys() - otherwise("de") - otherwise("da") == set()


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
        ("office@authority.example", False),
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
