"""Names numbered once, in eight bytes each."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.arrays import distinct

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Names, of each of which only 64 bits of its hash are kept; its number is its place.

    That two of a million names share their bits has a chance of 1 in 37 million; they would then
    count as one name, which changes a score a little and nothing else.
    """

    keys: Keys
    """Ascending, each once."""

    @classmethod
    def of(cls, names: Iterable[str]) -> "Lexicon":
        """Number these names; in which order is nobody's business."""
        return cls(distinct(keys_of(names)))

    def __len__(self) -> int:
        return len(self.keys)

    def numbers(self, names: Sequence[str]) -> Numbers:
        """Return the number of each name, -1 for one that is not known."""
        asked = keys_of(names)
        if not len(self.keys):
            return np.full(len(asked), -1, np.int32)
        places = np.searchsorted(self.keys, asked)
        places[places == len(self.keys)] = 0
        return np.where(self.keys[places] == asked, places, -1).astype(np.int32)

    def number(self, name: str) -> int:
        """Return the number of a name, -1 when it is not known."""
        return int(self.numbers((name,))[0])


def keys_of(names: Iterable[str]) -> Keys:
    """Return 64 bits of the hash of each name, in their order."""
    hashes = b"".join(blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.frombuffer(hashes, np.dtype("<u8")).astype(np.uint64)
