"""Thresholds as files say them: for whom, up to which value, from when to when, by which source."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from govmatch.kit.country_groups import GROUPS
from govmatch.kit.records import dataclass


class Buyer(StrEnum):
    """The kinds of authorities that the law sets thresholds for."""

    CENTRAL = "central"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    OTHER = "other"
    """Another public body, such as a university or an institution under public law."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: the law or page by name, its address as text, and as of which day.

    `as_of` is the day of which the source speaks, the earliest that it can be.
    """

    name: str
    address: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One route, and the values for which it is open.

    It is open from `least` on (itself included) and below `limit`, or up to it where it
    `includes_limit`. Amounts are in whole units of `currency`, without VAT.
    """

    procedure: str
    buyers: frozenset[Buyer]
    """Empty: for all kinds."""
    least: int | None
    limit: int | None
    includes_limit: bool
    before: str
    """The procedure with which it ends: where that one is open, this one is not; empty for none."""
    currency: str
    labels: Mapping[str, str]
    explanations: Mapping[str, str]
    source: Source
    is_checked: bool
    """False: nobody has compared it with the law as it stands."""

    def is_open_to(self, value: int) -> bool:
        """Return whether a contract of this value may take the route."""
        if self.least is not None and value < self.least:
            return False
        if self.limit is None:
            return True
        return value < self.limit or (self.includes_limit and value == self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The thresholds of one country or group of countries, or of one of its regions, for a time.

    `regions` are the spellings of the region's name; none: for the whole country.
    """

    slug: str
    names: Mapping[str, str]
    country: str
    regions: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    thresholds: tuple[Threshold, ...]
    source_path: str

    @property
    def is_group(self) -> bool:
        """True for what holds in several countries."""
        return self.country in GROUPS

    def covers(self, country: str, region: str) -> bool:
        """Return whether it is for an authority there."""
        if self.is_group:
            return country in GROUPS[self.country]
        if self.country != country:
            return False
        return not self.regions or folded(region) in {folded(one) for one in self.regions}

    def is_over(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on

    def has_begun(self, on: date) -> bool:
        return self.valid_from <= on


def folded(name: str) -> str:
    """Return the name of a region to be compared: small letters, one space between words."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("-", " ").split())
