"""Which terms a segment surely lacks, told from a few bits of each term that it has.

A question of many words looks each up in every segment, and most segments lack most of them, which
the files take long to say. It is a Bloom filter (B. Bloom 1970) with two probes and sixteen bits to
a term: of what a segment lacks, about one in seventy is looked up in vain.
"""

from collections.abc import Collection
from zlib import crc32

import numpy as np

_BITS = 16
"""For each term."""
_SECOND = 0x9E37_79B1
"""Odd, so that no two traces have the same second one; 2^32 divided by the golden ratio."""
_ALL = 0xFFFF_FFFF


def trace(field: str, term: bytes) -> int:
    """Return what a sieve knows of a term: a number of 32 bits."""
    return crc32(term, crc32(field.encode()))


def dumps(traces: Collection[int]) -> bytes:
    """Return the content of the sieve that holds these, at least eight bytes."""
    first = np.fromiter(traces, np.uint64, len(traces))
    size = max(64, len(first) * _BITS // 8 * 8)
    bits = np.zeros(size, np.bool_)
    bits[first % np.uint64(size)] = True
    bits[(first * np.uint64(_SECOND) & np.uint64(_ALL)) % np.uint64(size)] = True
    return np.packbits(bits, bitorder="little").tobytes()


class Sieve:
    """Answers for one segment."""

    def __init__(self, content: bytes) -> None:
        """Take what `dumps` made; `ValueError` when there is nothing in it."""
        if not content:
            raise ValueError("a sieve has some bits")
        self._content = content
        self._size = len(content) * 8

    def may_hold(self, field: str, term: str) -> bool:
        """Return False only where the segment has no such term."""
        told = trace(field, term.encode())
        return self._is_set(told) and self._is_set(told * _SECOND & _ALL)

    def _is_set(self, number: int) -> bool:
        at = number % self._size
        return bool(self._content[at >> 3] >> (at & 7) & 1)
