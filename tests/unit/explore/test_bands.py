"""Counts that tell how many there are, and nothing of a single firm."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from govmatch.explore.bands import (
    EDGES,
    FEW,
    LEAST_WIDTH,
    Band,
    Counted,
    Split,
    Without,
    counted,
    tells_too_much,
)

SIZES = ("micro", "small", "medium", "large", "")


def shown(**given: dict[str, int] | int) -> Counted:
    whole = {
        "total": 0,
        "countries": {},
        "sizes": dict.fromkeys(SIZES, 0),
        "gates": {},
        "lacking": {},
    }
    return counted(**{**whole, **given})  # type: ignore[arg-type]


def test_everything_below_five_reads_alike_and_above_it_in_steps() -> None:
    assert {Band.of(n) for n in range(FEW)} == {Band(0, 4)}
    assert Band.of(5) == Band(5, 9) == Band.of(9)
    assert Band.of(10) == Band(10, 19)
    assert Band.of(4_999) == Band(2_000, 4_999)
    assert Band.of(10**6).is_open


@given(st.integers(0, 10**6))
def test_a_count_lies_in_its_band(count: int) -> None:
    band = Band.of(count)
    assert band.low <= count <= band.high
    assert band.low in EDGES


def test_a_few_firms_are_not_split_at_all() -> None:
    found = shown(total=4, countries={"DK": 4}, sizes={**dict.fromkeys(SIZES, 0), "micro": 4})
    assert (found.total, found.countries, found.sizes) == (Band(0, 4), None, None)


def test_a_country_of_a_few_firms_is_named_nowhere_and_the_rest_always_stands() -> None:
    found = shown(
        total=32, countries={"DK": 30, "IS": 2}, sizes={**dict.fromkeys(SIZES, 0), "micro": 32}
    )
    assert found.countries == Split({"DK": Band(20, 49)}, Band(0, 4))
    alone = shown(total=30, countries={"DK": 30}, sizes={**dict.fromkeys(SIZES, 0), "micro": 30})
    assert alone.countries == found.countries


def test_a_split_that_gives_a_small_rest_away_by_subtraction_is_left_out() -> None:
    """19 and three times 9 and at most 4 make 50 only if the rest is 4: then nothing is shown."""
    countries = {"DK": 19, "DE": 9, "SE": 9, "NO": 9, "IS": 4}
    found = shown(total=50, countries=countries, sizes={**dict.fromkeys(SIZES, 0), "micro": 50})
    assert found.countries is None
    assert found.total == Band(50, 99)


def test_each_gate_says_how_many_it_rules_out_and_what_would_fit_without_it() -> None:
    found = shown(total=12, countries={"DK": 12}, gates={"country": 3, "size": 40},
                  sizes={**dict.fromkeys(SIZES, 0), "micro": 12})  # fmt: skip
    assert found.gates == {
        "country": Without(Band(0, 4), Band(10, 19)),
        "size": Without(Band(20, 49), Band(50, 99)),
    }


counts = st.integers(0, 60) | st.sampled_from([4, 5, 9, 10, 19, 20, 49, 50])


@st.composite
def looks(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]]:
    """Return countries, sizes of the same firms, gates, and what is lacking."""
    countries = draw(st.dictionaries(st.sampled_from(["DK", "DE", "SE", "NO", "IS"]), counts))
    left, sizes = sum(countries.values()), {}
    for size in SIZES[:-1]:
        sizes[size] = draw(st.integers(0, left))
        left -= sizes[size]
    sizes[SIZES[-1]] = left
    gates = draw(st.dictionaries(st.sampled_from(["country", "size"]), counts))
    lacking = draw(
        st.dictionaries(st.sampled_from(["iso"]), st.integers(0, sum(countries.values())))
    )
    return countries, sizes, gates, lacking


@given(looks())
@settings(max_examples=400)
def test_whoever_subtracts_all_that_a_page_shows_learns_no_small_count(
    look: tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int]],
) -> None:
    countries, sizes, gates, lacking = look
    found = counted(
        sum(countries.values()), countries=countries, sizes=sizes, gates=gates, lacking=lacking
    )
    assert not tells_too_much(found)
    for possible in _possible(found):
        assert len(possible) >= LEAST_WIDTH


def _possible(found: Counted) -> Iterator[set[int]]:
    """Yield for each small count all values that it can have, found by trying totals one by one.

    A second way to the same, that knows nothing of the first.
    """
    totals = [
        total
        for total in range(found.total.low, min(found.total.high, 2_000) + 1)
        if _allows(found, total)
    ]
    assert totals
    if found.total.is_few:
        yield set(totals)
    for split in (found.countries, found.sizes):
        for place, band in enumerate(split.bands if split else ()):
            assert split is not None
            others = [one for number, one in enumerate(split.bands) if number != place]
            low, high = sum(one.low for one in others), sum(one.high for one in others)
            if band.is_few:
                yield {n for n in range(5) if any(low <= total - n <= high for total in totals)}
    for gate in found.gates.values():
        if gate.excluded.is_few and gate.remaining:
            span = range(gate.remaining.low, gate.remaining.high + 1)
            yield {n for n, total in product(range(5), totals) if total + n in span}


def _allows(found: Counted, total: int) -> bool:
    for split in (found.countries, found.sizes):
        bands = split.bands if split else [found.total]
        if not sum(b.low for b in bands) <= total <= sum(b.high for b in bands):
            return False
    for gate in found.gates.values():
        span = range(gate.excluded.low, gate.excluded.high + 1)
        if gate.remaining and not (
            total + span[0] <= gate.remaining.high and total + span[-1] >= gate.remaining.low
        ):
            return False
    return all(total >= band.low for band in found.lacking.values())
