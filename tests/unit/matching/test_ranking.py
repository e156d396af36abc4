"""Who fits whom: by words of any language, by codes near each other, and not past a gate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.matching.profile import Ask, Fact, Force, Profile
from tests.unit.matching.profiles import World, profile

CHALLENGE = profile(
    "challenge",
    "Wir suchen die Ortung von Lecks im Wasserleitungsnetz unserer Stadt.",
    kind="challenge",
    codes=("cpv:654",),
)
DANE = profile("dane", "Vi finder lækager i vandledninger med sensorer.", language="da")
SCOT = profile("scot", "Acoustic leak detection for water pipes.", language="en")
PRINTER = profile("printer", "Wir drucken Broschüren und Plakate für Veranstaltungen.")
BAKER = profile("baker", "Vi bager brød til kantiner.", language="da")


def test_firms_of_other_languages_are_found_before_those_that_do_something_else() -> None:
    world = World(CHALLENGE, PRINTER, BAKER, DANE, SCOT)
    assert set(world.ids("challenge")[:2]) == {"dane", "scot"}


def test_the_score_is_the_same_from_either_side() -> None:
    world = World(CHALLENGE, PRINTER, BAKER, DANE, SCOT)
    there = {match.id: match.score for match in world.rank("challenge")}
    back = {match.id: match.score for match in world.rank("dane")}
    assert there["dane"] == pytest.approx(back["challenge"])


def test_a_profile_is_not_proposed_to_itself_nor_to_what_it_shares_nothing_with() -> None:
    empty = profile("empty")
    assert World(DANE, PRINTER, empty).ids("dane") == []
    assert World(DANE, empty).ids("empty") == []


def test_of_equal_profiles_the_order_is_that_of_their_ids() -> None:
    twins = [profile(id_, "Lecks im Wasserleitungsnetz") for id_ in ("c", "a", "b")]
    assert World(CHALLENGE, *twins, PRINTER).ids("challenge") == ["a", "b", "c"]


def test_no_more_are_returned_than_were_asked_for() -> None:
    twins = [profile(f"{number:03}", "Lecks im Wasserleitungsnetz") for number in range(200)]
    assert World(CHALLENGE, *twins, PRINTER).ids("challenge", most=3) == ["000", "001", "002"]


def test_a_nearer_code_is_worth_more() -> None:
    asked = profile("asked", kind="challenge", codes=("cpv:6541",))
    firms = [profile(id_, codes=(f"cpv:{id_}",)) for id_ in ("6", "65", "654", "6541", "9")]
    assert World(asked, *firms).ids("asked") == ["6541", "654", "65", "6"]


def test_a_code_breaks_a_tie_of_words() -> None:
    plain = profile("a", "Lecks im Wasserleitungsnetz")
    coded = profile("b", "Lecks im Wasserleitungsnetz", codes=("cpv:65",))
    assert World(CHALLENGE, plain, coded, PRINTER).ids("challenge") == ["b", "a"]


def test_who_does_not_pass_a_gate_is_not_proposed_on_either_side() -> None:
    gate = Ask("country", Force.GATE, any_of=frozenset({"de", "dk"}))
    asking = Profile("challenge", "challenge", CHALLENGE.texts, asks=(gate,))
    near = profile("near", "Lecks im Wasserleitungsnetz", has=(Fact("country", frozenset({"dk"})),))
    far = profile("far", "Lecks im Wasserleitungsnetz", has=(Fact("country", frozenset({"us"})),))
    unknown = profile("unknown", "Lecks im Wasserleitungsnetz")
    world = World(asking, near, far, unknown, PRINTER)
    assert world.ids("challenge") == ["near", "unknown"]
    assert world.ids("far") == ["near", "unknown"]


def test_a_wish_decides_between_neighbours() -> None:
    wish = Ask("region", Force.WISH, any_of=frozenset({"bremen"}))
    asking = Profile("challenge", "challenge", CHALLENGE.texts, asks=(wish,))
    text = "Lecks im Wasserleitungsnetz"
    away = profile("a", text, has=(Fact("region", frozenset({"kassel"})),))
    here = profile("b", text, has=(Fact("region", frozenset({"bremen"})),))
    assert World(asking, away, here, PRINTER).ids("challenge") == ["b", "a"]


words = st.lists(st.sampled_from(["Wasser", "Leitung", "Leck", "Rechnung", "Schule", "Brot"]))


@given(st.lists(words, min_size=2, max_size=8))
def test_scores_are_the_same_from_either_side_whatever_the_texts(texts: list[list[str]]) -> None:
    world = World(*(profile(str(number), " ".join(text)) for number, text in enumerate(texts)))
    scores = {(id_, match.id): match.score for id_ in world.profiles for match in world.rank(id_)}
    assert all(scores[b, a] == pytest.approx(score) for (a, b), score in scores.items())
    assert all(0 < score <= 1.0001 for score in scores.values())
