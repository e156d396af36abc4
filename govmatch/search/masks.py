"""Sets of documents as whole numbers: bit n is document n.

Python's large integers intersect 100,000 documents in microseconds and count them as fast, which
makes rights, filters and facets nearly free.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Mask = int

_FLAGS = [bytes((byte >> bit) & 1 for bit in range(8)) for byte in range(256)]


def of(documents: Iterable[int], size: int) -> Mask:
    """Return the set of these documents, each below `size`."""
    bits = bytearray((size + 7) // 8)
    for document in documents:
        bits[document >> 3] |= 1 << (document & 7)
    return int.from_bytes(bits, "little")


def everything(size: int) -> Mask:
    """Return the set of all documents below `size`."""
    return (1 << size) - 1


def flags(mask: Mask, size: int) -> bytes:
    """Return one byte for each document below `size`, 1 where it is in the set."""
    packed = mask.to_bytes((size + 7) // 8, "little")
    return b"".join([_FLAGS[byte] for byte in packed])


def documents(mask: Mask, size: int) -> list[int]:
    """Return the documents of the set, ascending."""
    return [number for number, flag in enumerate(flags(mask, size)) if flag]


@dataclass(frozen=True, slots=True)
class Members:
    """Documents with one value of a facet: as a set, or by number where they are few.

    Thousands of rare values (CPV codes) as sets of 100,000 documents would fill the memory.
    """

    few: Sequence[int]
    many: Mask

    @classmethod
    def of(cls, members: Collection[int], size: int) -> "Members":
        """Return these documents in the form that takes less room."""
        if len(members) * 32 < size:
            return cls(tuple(members), 0)
        return cls((), of(members, size))

    def mask(self, size: int) -> Mask:
        """Return the documents as a set."""
        return self.many or of(self.few, size)

    def count_in(self, wanted: Mask, wanted_flags: bytes) -> int:
        """Return how many are in a set, which is given in both forms."""
        if self.many:
            return (self.many & wanted).bit_count()
        return sum([wanted_flags[number] for number in self.few])
