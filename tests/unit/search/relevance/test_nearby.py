"""Words made of the same letters."""

from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.relevance.nearby import Nearby

WORDS = [
    *("infektion", "infizier", "infiziert", "vejstrib", "maling", "vejmaling", "skol", "skolemad"),
    *("udlejning", "udleje", "rechnung", "rechnungsstell", "abrechnung", "amt", "by"),
]


def near(word: str, *, likeness: float = 0.15, most: int = 10) -> dict[str, float]:
    nearby = Nearby(WORDS)
    places, nearness = nearby.of(word, likeness=likeness, most=most)
    found = [nearby.vocabulary[place] for place in places.tolist()]
    return dict(zip(found, nearness.tolist(), strict=True))


def test_words_with_common_letters_are_near_the_nearest_first() -> None:
    assert next(iter(near("infektionen"))) == "infektion"
    assert {"vejstrib", "maling", "vejmaling"} <= set(near("vejstribemaling"))


def test_a_slip_of_the_pen_is_near_what_was_meant() -> None:
    assert "udlejning" in near("udlejnng")


def test_the_word_itself_is_none_of_its_neighbours() -> None:
    assert "rechnung" not in near("rechnung")
    assert {"rechnungsstell", "abrechnung"} <= set(near("rechnung"))


def test_short_words_have_no_neighbours() -> None:
    assert near("amt") == {}
    assert near("by") == {}


def test_no_more_neighbours_are_given_than_asked_for() -> None:
    assert len(near("vejstribemaling", most=1)) == 1


def test_an_empty_vocabulary_has_no_neighbours() -> None:
    places, nearness = Nearby([]).of("rechnung", likeness=0.1, most=5)
    assert len(places) == len(nearness) == 0


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20), st.text(max_size=12))
def test_nearness_is_a_share_and_what_is_held_in_full_is_nearest(
    words: list[str], word: str
) -> None:
    nearby = Nearby(sorted(set(words)))
    places, nearness = nearby.of(word, likeness=0.2, most=5)
    assert all(0.2 <= value <= 1 for value in nearness.tolist())
    assert nearness.tolist() == sorted(nearness.tolist(), reverse=True)
    assert word not in [nearby.vocabulary[place] for place in places.tolist()]
