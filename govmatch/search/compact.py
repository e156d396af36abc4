"""Documents in little room, for what is kept of searches: three to eight times less of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.arrays import Docs, Flags, Floats, Found, docs_of, flags_of

_BITS = 32
"""A number takes so many, so a bit for every document is less for more than one in 32."""


@dataclass(frozen=True, slots=True, eq=False)
class CompactDocs:
    """Documents, ascending: their numbers, or a bit for each document that there is."""

    content: NDArray[Any]
    size: int

    @classmethod
    def of(cls, docs: Docs, size: int) -> "CompactDocs":
        """Keep documents, each below `size`."""
        if len(docs) * _BITS < size:
            return cls(docs, size)
        return cls(np.packbits(flags_of(docs, size)), size)

    @property
    def nbytes(self) -> int:
        return int(self.content.nbytes)

    def __bool__(self) -> bool:
        """Return whether there is one."""
        return bool(self.content.any()) if self.content.dtype == np.uint8 else len(self.content) > 0

    def flags(self) -> Flags:
        """Return a flag for each document that there is."""
        if self.content.dtype == np.uint8:
            return np.unpackbits(self.content, count=self.size).view(np.bool_)
        return flags_of(self.content, self.size)

    def docs(self) -> Docs:
        """Return the documents."""
        return docs_of(self.flags()) if self.content.dtype == np.uint8 else self.content


@dataclass(frozen=True, slots=True, eq=False)
class CompactFound:
    """Documents, and what each is worth."""

    docs: CompactDocs
    scores: Floats

    @classmethod
    def of(cls, found: Found, size: int) -> "CompactFound":
        """Keep what was found among `size` documents."""
        return cls(CompactDocs.of(found.docs, size), found.scores)

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + int(self.scores.nbytes)

    def found(self) -> Found:
        """Return what was found."""
        return Found(self.docs.docs(), self.scores)
