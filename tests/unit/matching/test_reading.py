"""What is read from a profile, and how rare it is."""

import pytest

from govmatch.matching.profile import Profile, Text
from govmatch.matching.rarity import Rarity, cosine
from govmatch.matching.reading import Terms, Written
from tests.unit.matching.profiles import BRIDGE, READER, profile


def test_a_term_remembers_the_words_and_fields_that_said_it() -> None:
    texts = (Text("Rechnungen", "de", "products"), Text("fakturaer", "da", "references"))
    terms = READER.read(Profile("firm", "f", texts))
    assert terms.written["rechnung~faktura~invoic"] == (
        Written("Rechnungen", "products"),
        Written("fakturaer", "references"),
    )


def test_what_is_said_often_counts_more_but_never_without_end() -> None:
    once, often, always = (
        READER.read(profile("f", "Rechnung " * times)).text["rechnung~faktura~invoic"]
        for times in (1, 3, 10_000)
    )
    assert once < often < always < 3


def test_a_field_may_count_less() -> None:
    full = READER.read(Profile("firm", "f", (Text("Rechnung", "de"),)))
    half = READER.read(Profile("firm", "f", (Text("Rechnung", "de", weight=0.5),)))
    assert half.text["rechnung~faktura~invoic"] < full.text["rechnung~faktura~invoic"]


def test_a_spelling_counts_less_than_a_concept() -> None:
    terms = READER.read(profile("f", "Rechnung Bergmolch"))
    assert terms.text["=bergmolkh"] < terms.text["rechnung~faktura~invoic"]


def test_a_code_stands_for_all_above_it_and_less_with_each_step() -> None:
    terms = READER.read(profile("f", codes=("cpv:654", "cpv:65")))
    assert terms.codes == pytest.approx({"cpv:654": 1.0, "cpv:65": 1.0, "cpv:6": 0.7})


def test_terms_change_with_the_glossary() -> None:
    assert READER.digest == BRIDGE.digest


def test_what_all_have_counts_little_and_what_few_have_much() -> None:
    rarity = Rarity.of([Terms({"all": 1.0}, {}), Terms({"all": 1.0, "few": 1.0}, {})])
    vector = rarity.text_vector(Terms({"all": 1.0, "few": 1.0, "new": 1.0}, {}))
    assert 0 < vector["all"] < vector["few"] < vector["new"]
    assert sum(weight**2 for weight in vector.values()) == pytest.approx(1.0)


def test_the_empty_vector_is_like_nothing() -> None:
    rarity = Rarity.of([])
    assert rarity.text_vector(Terms({}, {})) == {}
    assert cosine({}, {"a": 1.0}) == 0.0
    assert cosine({"a": 0.6, "b": 0.8}, {"a": 0.6, "b": 0.8}) == pytest.approx(1.0)
