"""Facets by bitmaps: who has which value, counted and narrowed with whole-number arithmetic.

Rows are numbered from 0; a bitmap is an int whose bit n stands for row n. For 10,000 rows an AND
with a count takes about a microsecond, so every facet of a list can be counted on each request.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field

from govmatch.kit.records import dataclass


@dataclass
class Facets:
    """Bitmaps by facet and value; `every` holds all rows that may be shown."""

    every: int = 0
    values: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Iterable[tuple[str, str]]], *, size: int) -> "Facets":
        """Return the facets of so many rows, each given by its (facet, value).

        Bits are set in place: each `|` of `add` copies the whole number, so it is for few rows.
        """
        found: dict[tuple[str, str], bytearray] = {}
        for row, pairs in enumerate(rows):
            for pair in pairs:
                if pair not in found:
                    found[pair] = bytearray(size // 8 + 1)
                found[pair][row >> 3] |= 1 << (row & 7)
        made = cls(every=(1 << size) - 1)
        for (facet, value), flags in found.items():
            made.values.setdefault(facet, {})[value] = int.from_bytes(flags, "little")
        return made

    def add(self, row: int, facet: str, value: str) -> None:
        """Note that a row has a value of a facet."""
        bitmaps = self.values.setdefault(facet, {})
        bitmaps[value] = bitmaps.get(value, 0) | (1 << row)

    def any_of(self, facet: str, wanted: Collection[str]) -> int:
        """Return the rows with one of the wanted values; all rows when none is wanted."""
        if not wanted:
            return self.every
        bitmaps = self.values.get(facet, {})
        found = 0
        for value in wanted:
            found |= bitmaps.get(value, 0)
        return found & self.every

    def narrowed(self, wanted: Mapping[str, Collection[str]], *, without: str = "") -> int:
        """Return the rows that fit every facet's wish, leaving one facet out."""
        found = self.every
        for facet, values in wanted.items():
            if facet != without:
                found &= self.any_of(facet, values)
        return found

    def counts(self, facet: str, wanted: Mapping[str, Collection[str]]) -> dict[str, int]:
        """Return how many rows each value would give, the other facets' wishes kept."""
        others = self.narrowed(wanted, without=facet)
        bitmaps = self.values.get(facet, {})
        return {value: (bitmap & others).bit_count() for value, bitmap in bitmaps.items()}


def rows_of(bitmap: int) -> Iterator[int]:
    """Yield the numbers of the rows in a bitmap, lowest first."""
    while bitmap:
        lowest = bitmap & -bitmap
        yield lowest.bit_length() - 1
        bitmap ^= lowest
