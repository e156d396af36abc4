"""Numbers of firms: what is too small has none, and none can be computed from the others."""

import pytest

from govmatch.overview.queries.reports.firms import FEWEST, OTHERS, Group, Kind, by_region, by_size


def firms(n: int, *, size: str = "small", country: str = "DK", region: str = "") -> Kind:
    """So many firms that applied, half of which were shortlisted and none selected."""
    return Kind(country, region, size, (n, n // 2, 0))


def applied(groups: list[Group]) -> list[int | str | None]:
    return ["few" if one.applied.is_small else one.applied.n for one in groups]


@pytest.mark.security(4)
@pytest.mark.parametrize("n", range(1, FEWEST))
def test_one_to_four_firms_have_no_number(n: int) -> None:
    small = [firms(n, size="micro"), firms(n, size="medium"), firms(20)]
    assert applied(by_size(small)) == ["few", 20, "few"]


@pytest.mark.security(4)
def test_a_single_small_group_takes_the_next_larger_with_it() -> None:
    found = by_size([firms(2, size="micro"), firms(30), firms(9, size="medium")])
    assert applied(found) == ["few", 30, None], "or 41 in all would tell that it is two"
    shortlisted = [(one.shortlisted.n, one.shortlisted.is_small) for one in found]
    assert shortlisted == [(None, True), (15, False), (None, True)]


def test_nobody_and_five_are_numbers() -> None:
    found = by_size([firms(FEWEST), firms(12, size="large")])
    assert applied(found) == [FEWEST, 12]
    assert [one.selected.n for one in found] == [0, 0]


def test_sizes_stand_from_the_smallest_to_the_unknown() -> None:
    found = by_size([firms(9, size=""), firms(9, size="large"), firms(9, size="micro")])
    assert [one.key for one in found] == [("micro",), ("large",), ("",)]


def test_a_region_is_one_however_it_is_written() -> None:
    found = by_region(
        [
            firms(6, country="DE", region="Bavaria"),
            firms(7, country="DE", region="Freistaat Bayern"),
            firms(6, region="Sjælland"),
        ]
    )
    assert [(one.key, one.applied.n) for one in found] == [
        (("DE", "Bayern"), 13),
        (("DK", "Sjælland"), 6),
    ]


@pytest.mark.security(4)
def test_the_order_of_small_groups_tells_nothing_of_their_numbers() -> None:
    found = by_region(
        [
            firms(1, region="Hovedstaden"),
            firms(4, region="Sjælland"),
            firms(3, region="Midtjylland"),
            firms(8, country="DE", region="Berlin"),
        ]
    )
    assert [one.key[1] for one in found] == ["Berlin", "Hovedstaden", "Midtjylland", "Sjælland"]


@pytest.mark.security(4)
def test_what_few_firms_wrote_in_words_of_their_own_is_not_repeated() -> None:
    found = by_region(
        [
            firms(1, region="behind the old mill"),
            firms(4, region="an island of one firm"),
            firms(2, region="Sjælland"),
            firms(6, region="the fjords"),
        ]
    )
    assert [one.key for one in found] == [("DK", "the fjords"), ("DK", OTHERS), ("DK", "Sjælland")]
    assert applied(found) == [6, None, "few"], "five would tell of the two"
