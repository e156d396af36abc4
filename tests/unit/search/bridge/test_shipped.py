"""What people type about the shipped challenges leads to them in the other languages too.

By concepts alone: each challenge is read in one language and asked for in another, so no word of
the question need stand in it. How the index orders what it finds is not asked here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log

import pytest
import yaml

from govmatch.search.analysis import LANGUAGES
from govmatch.search.bridge.concepts import SPELLING, Bridge
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

CONTENT = shipped("content")
AMONG = 2
"""Of twelve challenges; several have the same field, such as firms that are founded."""

RIGHT: Mapping[str, Mapping[str, str]] = {
    "invoicing": {
        "de": "E-Rechnung; elektronische Rechnung; XRechnung; ZUGFeRD; Rechnungsstellung; Faktura",
        "da": "e-faktura; elektronisk faktura; NemHandel; EAN-nummer; GLN; OIOUBL; fakturering",
        "en": "e-invoicing; electronic invoice; Peppol; billing software",
    },
    "commercial-register-entry": {
        "de": "Handelsregister; Gesellschaftsgründung; Notar; Registergericht; Gründer",
        "da": "selskabsregister; handelsregister; notar",
        "en": "company register; commercial register; notary",
    },
    "trade-registration": {
        "de": "Gewerbeanmeldung; Gewerbeschein; Gründer",
        "da": "virksomhedsregistrering; registrere virksomhed; iværksætter",
        "en": "business registration; trade licence; founders",
    },
    "tax-clearance-certificate": {
        "de": "steuerliche Unbedenklichkeit; Unbedenklichkeitsbescheinigung; Finanzamt",
        "da": "skatteattest; serviceattest; restance",
        "en": "tax clearance; tax compliance certificate; tax office",
    },
    "plain-language": {
        "de": "leichte Sprache; einfache Sprache; verständliche Bescheide; Behördendeutsch",
        "da": "klarsprog; klart sprog; forståelige breve",
        "en": "plain language; easy to read letters",
    },
    "data-ethics": {
        "de": "Datenethik; DSGVO; KI-Ethik",
        "da": "dataetik; databeskyttelse; GDPR",
        "en": "data ethics; responsible data use",
    },
    "scanning-technology": {
        "de": "Bilderkennung; Texterkennung; OCR; Typenschild",
        "da": "billedgenkendelse; tekstgenkendelse; mærkeplade",
        "en": "image recognition; OCR; rating plate",
    },
    "visitor-counting": {
        "de": "Besucherzählung; Personenzählung; Denkmal",
        "da": "besøgstælling; fortidsminder; personsensor",
        "en": "footfall; people counter; monuments",
    },
    "usage-data": {
        "de": "Nutzungsdaten; Webanalyse; Nutzungsstatistik",
        "da": "brugsdata; webstatistik",
        "en": "web analytics; usage statistics; user behaviour",
    },
    "safety-and-inspections": {
        "de": "Elektroinstallation; Gasanlage; Inspektion; DSGVO",
        "da": "tilsyn; elinstallation; gasinstallation",
        "en": "inspection planning; risk-based inspections",
    },
    "consumer-complaints": {
        "de": "Verbraucherbeschwerde; Verbraucherschutz",
        "da": "forbrugerklage; klagesag",
        "en": "consumer complaint; cross-border shopping",
    },
    "company-visit-briefing": {
        "de": "Unternehmensbesuch; Ministervorlage",
        "da": "virksomhedsbesøg; CVR; ministerbesøg",
        "en": "company visit; briefing note",
    },
}
"""For each challenge what people type in each language, parted by semicolons."""


def _asked() -> list[tuple[str, str, frozenset[str]]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for slug, by_language in RIGHT.items():
        for language, questions in by_language.items():
            for question in questions.split("; "):
                found[language, question].add(slug)
    return [(*asked, frozenset(slugs)) for asked, slugs in found.items()]


ASKED = _asked()


@dataclass(frozen=True)
class Texts:
    """The terms of each challenge as it reads in one language."""

    terms: Mapping[str, Mapping[str, float]]

    def ranked(self, asked: Mapping[str, float]) -> list[str]:
        """Return the challenges that share a concept with what was asked, the nearest first."""
        worth = {
            slug: sum(w * self._weight(t, slug) for t, w in asked.items()) for slug in self.terms
        }
        return sorted((slug for slug in worth if worth[slug] > 0), key=lambda slug: -worth[slug])

    def _weight(self, term: str, slug: str) -> float:
        count = self.terms[slug].get(term, 0.0)
        if term.startswith(SPELLING) or not count:
            return 0.0
        holding, every = sum(term in terms for terms in self.terms.values()), len(self.terms)
        return log(1 + (every - holding + 0.5) / (holding + 0.5)) * count / (count + 1.2)


@cache
def bridge() -> Bridge:
    return Bridge.load(CONTENT)


@cache
def texts(language: str) -> Texts:
    """Return all shipped challenges in one language, with what they are about."""
    labels = {
        term["slug"]: term["label"][language]
        for kind in ("themes", "technologies")
        for term in yaml.safe_load((CONTENT / "taxonomy" / f"{kind}.yaml").read_text("utf-8"))[kind]
    }
    found = {}
    for path in sorted((CONTENT / "challenges").glob(f"*.{language}.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        about = [labels[slug] for kind in ("theme", "technology") for slug in facts.get(kind, ())]
        about += [cpv.codes(CONTENT).label(code, language) for code in facts["cpv"]]  # type: ignore[arg-type]
        whole = "\n".join([facts["title"], facts["summary"], body, *about])
        found[facts["slug"]] = bridge().terms(whole, language)
    return Texts(found)


def test_the_table_asks_enough_in_each_language() -> None:
    asked = [language for language, _, _ in ASKED]
    assert all(asked.count(language) >= 30 for language in LANGUAGES)
    assert RIGHT.keys() == texts("en").terms.keys()


@pytest.mark.parametrize(("language", "question", "right"), ASKED)
def test_a_question_finds_the_challenge_in_the_other_languages(
    language: str, question: str, right: frozenset[str]
) -> None:
    terms = bridge().terms(question, language)
    first = {other: texts(other).ranked(terms)[:AMONG] for other in LANGUAGES if other != language}
    assert {
        other: set(slugs) & right for other, slugs in first.items() if not set(slugs) & right
    } == {}, first


def test_what_has_nothing_to_do_with_a_challenge_finds_none_of_them() -> None:
    for language, question in (("de", "Gletscher"), ("da", "gymnastiksal"), ("en", "submarine")):
        terms = bridge().terms(question, language)
        found = [texts(other).ranked(terms) for other in LANGUAGES if other != language]
        assert found == [[], []], question
