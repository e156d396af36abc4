"""A region is the same however it is called: in the country's words, in ours, with «Region»."""

import pytest

from govmatch.organisations.match_profile import region_of
from govmatch.organisations.models import Firm
from govmatch.organisations.regions import REGIONS, region_key, suggested


@pytest.mark.parametrize(
    ("country", "one", "other"),
    [
        ("DK", "Nordjylland", "Region Nordjylland"),
        ("DK", "Hovedstaden", "Capital Region of Denmark"),
        ("DK", "Syddanmark", "Region of Southern Denmark"),
        ("DK", "midtjylland", "Central Denmark Region"),
        ("DE", "Bayern", "BAVARIA"),
        ("DE", "Bremen", "Freie Hansestadt Bremen"),
        ("DE", "Schleswig-Holstein", "Slesvig Holsten"),
        ("SE", "Skåne", "skane"),
    ],
)
def test_two_names_of_a_region_are_one(country: str, one: str, other: str) -> None:
    assert region_key(country, one) == region_key(country, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("DE", "Sachsen"), ("DE", "Sachsen-Anhalt")),
        (("DK", "Nordjylland"), ("SE", "Nordjylland")),
        (("DK", "Sjælland"), ("DK", "Syddanmark")),
    ],
)
def test_two_regions_are_two(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (
        region_of(Firm(country=country, region=name)) for country, name in (one, other)
    )
    assert first != second


def test_no_name_stands_for_two_regions() -> None:
    for country, regions in REGIONS.items():
        keys = [region_key(country, name) for names in regions for name in names]
        assert len(set(keys)) == len(regions)
    assert len(suggested()) == 5 + 16
