"""Kind and id of many profiles, numbered by their place."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.arrays_file import Arrays
from govmatch.matching.lexicon import Keys, Numbers, keys_of

Thing = tuple[str, str]
"""A kind and an id."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The ids one after another in one array of bytes, each up to its end; and the kinds."""

    kinds: tuple[str, ...]
    kind_numbers: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    keys: Keys
    """Hashes of kind and id, ascending, to find a number by."""
    places: Numbers
    """The number that belongs to each of the keys."""

    @classmethod
    def of(cls, things: Iterable[Thing]) -> "Names":
        """Number these things as they come; refused are more than 256 kinds."""
        kinds: dict[str, int] = {}
        numbers, letters, ends, joined = array("B"), bytearray(), array("q"), []
        for kind, id_ in things:
            numbers.append(kinds.setdefault(kind, len(kinds)))
            letters += id_.encode()
            ends.append(len(letters))
            joined.append(_joined(kind, id_))
        keys = keys_of(joined)
        places = np.argsort(keys, kind="stable").astype(np.int32)
        return cls(
            tuple(kinds),
            np.array(numbers, np.uint8),
            np.array(letters, np.uint8),
            np.array(ends, np.int64),
            keys[places],
            places,
        )

    def __len__(self) -> int:
        return len(self.ends)

    def thing(self, number: int) -> Thing:
        """Return kind and id of a number."""
        start = int(self.ends[number - 1]) if number else 0
        id_ = self.letters[start : int(self.ends[number])].tobytes().decode()
        return self.kinds[self.kind_numbers[number]], id_

    def number(self, thing: Thing) -> int | None:
        """Return the number of a thing; None when it is not among these."""
        key = keys_of((_joined(*thing),))[0]
        place = int(np.searchsorted(self.keys, key))
        found = place < len(self.keys) and self.keys[place] == key
        return int(self.places[place]) if found else None

    def arrays(self) -> Arrays:
        """Return what `restored` needs beside the kinds."""
        return {
            "kind_numbers": self.kind_numbers,
            "letters": self.letters,
            "ends": self.ends,
            "keys": self.keys,
            "places": self.places,
        }

    @classmethod
    def restored(cls, arrays: Arrays, kinds: Iterable[str]) -> "Names":
        """Return the names of these arrays, which may lie in a file."""
        named: Any = [arrays[one] for one in ("kind_numbers", "letters", "ends", "keys", "places")]
        return cls(tuple(kinds), *named)


def _joined(kind: str, id_: str) -> str:
    return f"{kind}\0{id_}"
