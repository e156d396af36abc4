"""What says the same is found, in its words, in others and in another language; and only that."""

import pytest

from govmatch.matching.alike import (
    Finder,
    Readable,
    compare,
    side_by_side,
    similar,
)
from govmatch.matching.likeness import Kind
from govmatch.matching.passages import numbers_in, passages
from govmatch.matching.profile import Fact, Profile, Text
from govmatch.matching.shingles import shared, shingles
from tests.bench.near_duplicates.building import EXPECTED, Made
from tests.bench.near_duplicates.judging import everything, found_among_all, judged, readable
from tests.unit.matching.profiles import BRIDGE

LEAKS = """Das Wasserleitungsnetz unserer Stadt ist 420 km lang und über hundert Jahre alt.
Etwa 12,5 Prozent des Trinkwassers versickern, bevor es bei den Haushalten ankommt.
Wir suchen Sensoren, die Lecks orten, ohne dass wir die Straße aufreißen müssen."""
DANISH = """Byens vandledningsnet er 420 km langt og over hundrede år gammelt.
Omkring 12,5 procent af drikkevandet siver ud, før det når frem til husstandene.
Vi søger sensorer, der kan finde lækager, uden at vi skal grave vejen op."""
OTHER_WATER = """Der Wasserpreis steigt im Januar. Haushalte melden den Zählerstand
bis zum 31. Dezember online oder mit der Karte. Wer nicht meldet, wird geschätzt."""
BREAD = "Unsere Kantinen suchen einen Lieferanten für Brot aus ökologischem Anbau der Region."


def text(name: str, words: str, language: str = "de") -> Readable:
    return readable(Profile("text", name, (Text(words, language),)))


SOURCE = text("source", LEAKS)
ABROAD = text("abroad", DANISH, "da")
TURNED = text("turned", " ".join(reversed(LEAKS.splitlines())) + " " + BREAD)
BILL, BAKER = text("bill", OTHER_WATER), text("baker", BREAD)
KNOWN = (SOURCE, ABROAD, TURNED, BILL, BAKER)
RARITY = everything()[2]


def kind(one: Readable, other: Readable) -> Kind | None:
    there, back = (compare(*two, rarity=RARITY) for two in ((one, other), (other, one)))
    assert there.score == pytest.approx(back.score)
    return there.kind


def test_each_way_to_be_the_same_is_told_apart() -> None:
    assert kind(SOURCE, TURNED) is Kind.SAME_TEXT
    assert kind(SOURCE, ABROAD) is Kind.OTHER_LANGUAGE
    assert kind(SOURCE, BAKER) is None


def test_what_is_found_is_in_order_and_without_the_thing_itself() -> None:
    found = similar(SOURCE, KNOWN, rarity=RARITY)
    assert [one.id for one in found][:2] == ["turned", "abroad"]
    assert "source" not in {one.id for one in found}
    assert "baker" not in {one.id for one in found}


def test_among_many_the_same_is_found_as_by_looking_at_all() -> None:
    by_id = {item.profile.id: item for item in KNOWN}
    asked: list[str] = []

    def load(things: list[tuple[str, str]]) -> list[Readable]:
        asked.extend(id_ for _, id_ in things)
        return [by_id[id_] for id_ in asked if id_ != "turned"]

    finder = Finder(KNOWN, rarity=RARITY, load=load)  # type: ignore[arg-type]
    found = finder.similar(SOURCE)
    assert "source" not in asked
    assert {"turned", "abroad"} <= set(asked)
    expected = similar(SOURCE, [ABROAD, BILL, BAKER], rarity=RARITY)
    assert found == [one for one in expected if one.id in asked]


def test_codes_and_facts_that_both_have_are_named_and_do_not_count() -> None:
    place = (Fact("place", frozenset({"de"})),)
    one = readable(Profile("text", "1", (Text(LEAKS, "de"),), ("cpv:1", "cpv:2"), place))
    other = readable(Profile("text", "2", (Text(BREAD, "de"),), ("cpv:2", "cpv:3"), place))
    likeness = compare(one, other, rarity=RARITY)
    assert (likeness.codes, likeness.facts, likeness.kind) == (("cpv:2",), place, None)


def test_things_in_several_languages_are_compared_in_one_that_both_have() -> None:
    both = readable(Profile("text", "both", (Text(LEAKS, "de"), Text(DANISH, "da"))))
    likeness = compare(both, ABROAD, rarity=RARITY)
    assert (likeness.languages, likeness.kind, likeness.runs) == (("da", "da"), Kind.SAME_TEXT, 1.0)


def test_a_thing_without_a_word_is_like_nothing() -> None:
    empty = readable(Profile("text", "empty"))
    assert compare(empty, SOURCE, rarity=RARITY).kind is None
    assert compare(empty, text("also", " \n- \n"), rarity=RARITY).score == 0.0


def test_side_by_side_stands_what_says_the_same_then_what_stands_in_one_alone() -> None:
    likeness = compare(SOURCE, ABROAD, rarity=RARITY)
    rows = side_by_side(SOURCE, ABROAD, likeness, rarity=RARITY)
    here, there = SOURCE.passages["de"], ABROAD.passages["da"]
    assert rows == list(zip(here, there, strict=True))
    apart = side_by_side(SOURCE, BAKER, compare(SOURCE, BAKER, rarity=RARITY), rarity=RARITY)
    assert apart == [*((part, None) for part in here), (None, BAKER.passages["de"][0])]
    nothing = text("empty", "")
    likeness = compare(nothing, nothing, rarity=RARITY)
    assert side_by_side(nothing, nothing, likeness, rarity=RARITY) == []


def test_a_passage_is_a_sentence_an_item_or_a_heading() -> None:
    written = (
        "## Daten\n\nWir haben 3.000 Rechnungen, z. B. alte. Mehr nicht!\n\n- Ein Register\n1. Test"
    )
    found = [one.text for one in passages(written, "de", BRIDGE)]
    assert found[:2] == ["Daten", "Wir haben 3.000 Rechnungen, z."]
    assert found[-2:] == ["Ein Register", "Test"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("7.000 und 7,000 und 7\u202f000", ["7000"] * 3),
        ("12,5 oder 12.5", ["12.5", "12.5"]),
        ("1.250.000 DKK im Jahr 2026, 5 Mal", ["1250000", "2026"]),
    ],
)
def test_numbers_are_the_same_however_they_are_written(written: str, plain: list[str]) -> None:
    assert numbers_in(written) == plain


def test_runs_of_words_do_not_mind_order_case_or_umlauts() -> None:
    one = shingles("Ärger mit dem alten Netz kostet Geld. Lecks sind teuer und schwer zu finden")
    other = shingles("LECKS SIND TEUER UND SCHWER ZU FINDEN. Aerger mit dem alten Netz kostet Geld")
    assert shared(one, other) > 0.7
    assert shared(one, shingles("kurz")) == 0.0


HELD = judged().by_kind(tuned_on=False)
FLOORS = {
    Made.COPIED: 0.95,
    Made.REORDERED: 0.98,
    Made.TRANSLATED: 0.92,
    Made.PARAPHRASED: 0.78,
    Made.PARAPHRASED_ABROAD: 0.75,
    Made.WHOLE_TRANSLATED: 0.95,
}
CEILINGS = {
    Made.SAME_TOPIC: 0.03,
    Made.SAME_TOPIC_ABROAD: 0.05,
    Made.UNRELATED: 0.03,
    Made.WHOLE_OTHER: 0.02,
    Made.WHOLE_OTHER_ABROAD: 0.02,
}


@pytest.mark.parametrize("made", FLOORS)
def test_of_the_half_that_nothing_was_chosen_on_what_is_the_same_is_found(made: Made) -> None:
    assert HELD[made].called / HELD[made].pairs >= FLOORS[made]


@pytest.mark.parametrize("made", CEILINGS)
def test_of_that_half_what_is_not_the_same_is_seldom_called_so(made: Made) -> None:
    assert HELD[made].called / HELD[made].pairs <= CEILINGS[made]


def test_every_kind_of_pair_has_a_floor_or_a_ceiling() -> None:
    assert set(FLOORS) == set(EXPECTED)
    assert {*FLOORS, *CEILINGS} == set(Made) == set(HELD)


def test_looked_for_among_all_texts_precision_and_recall_hold() -> None:
    found = found_among_all(tuned_on=False)
    assert found.recall >= 0.94
    assert found.precision >= 0.7
