"""Vectors laid out by term: who has it, and how much of it each has."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.arrays_file import Arrays
from govmatch.matching.lexicon import Lexicon, Numbers

Floats = NDArray[np.float32]
Starts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each term of some vectors a run of `ids` and `weights`, from its start to the next one.

    Ids are places in the sequence of vectors, ascending within a run. Eight bytes for each term of
    each vector.
    """

    size: int
    """How many vectors there are."""
    lexicon: Lexicon
    starts: Starts
    ids: Numbers
    weights: Floats

    @classmethod
    def of(cls, vectors: Iterable[Mapping[str, float]]) -> "Postings":
        """Lay out vectors as they are."""
        gathered = Gathered()
        for vector in vectors:
            gathered.add(vector)
        return gathered.laid_out()

    def scores(self, vector: Mapping[str, float]) -> Floats:
        """Return the sum of the products of a vector with each of those laid out."""
        found = np.zeros(self.size, np.float32)
        numbers = self.lexicon.numbers(list(vector))
        for number, weight in zip(numbers.tolist(), vector.values(), strict=True):
            if number >= 0:
                run = slice(self.starts[number], self.starts[number + 1])
                # no id stands twice in a run, but numpy is faster at this than at `found[ids] +=`
                np.add.at(found, self.ids[run], np.float32(weight) * self.weights[run])
        return found

    def arrays(self) -> Arrays:
        """Return what `restored` needs."""
        return {
            "keys": self.lexicon.keys,
            "starts": self.starts,
            "ids": self.ids,
            "weights": self.weights,
        }

    @classmethod
    def restored(cls, arrays: Arrays, size: int) -> "Postings":
        """Return the postings of these arrays, which may lie in a file."""
        starts, ids, weights = (arrays[name] for name in ("starts", "ids", "weights"))
        return cls(size, Lexicon(arrays["keys"]), starts, ids, weights)


class Gathered:
    """Vectors that come one after another; nothing of a vector is kept but its numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms = array("i")
        self._weights = array("f")
        self._ends = array("q", [0])

    def add(self, vector: Mapping[str, float]) -> None:
        """Take the next vector."""
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in vector])
        self._weights.extend(vector.values())
        self._ends.append(len(self._terms))

    def laid_out(self, weigh: Callable[[Sequence[str]], Sequence[float]] | None = None) -> Postings:
        """Return the vectors by term; with `weigh`, weighted by term and then made 1 long."""
        lexicon = Lexicon.of(self._numbers)
        names = list(self._numbers)
        places = lexicon.numbers(names)
        terms = places[np.frombuffer(self._terms, np.int32)] if self._terms else _NONE
        weights = np.array(self._weights, np.float32)
        ends = np.frombuffer(self._ends, np.int64)
        if weigh:
            factors = np.zeros(len(lexicon), np.float32)
            factors[places] = weigh(names)
            _weighted(weights, terms, ends, factors)
        return _by_term(terms, weights, ends, lexicon)


_NONE: Numbers = np.empty(0, np.int32)


def _weighted(weights: Floats, terms: Numbers, ends: Starts, factors: Floats) -> None:
    """Weight each term of each vector by its factor, and make the vectors 1 long, in place."""
    weights *= factors[terms]
    for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        run = weights[start:end]
        length = float(np.sqrt(run @ run))
        if length:
            run /= np.float32(length)


def _by_term(terms: Numbers, weights: Floats, ends: Starts, lexicon: Lexicon) -> Postings:
    starts: Starts = np.zeros(len(lexicon) + 1, np.int64)
    np.cumsum(np.bincount(terms, minlength=len(lexicon)), out=starts[1:])
    ids, laid = np.zeros(len(terms), np.int32), np.zeros(len(terms), np.float32)
    free = starts[:-1].copy()
    # vector by vector instead of sorting all terms, which would take five times the room
    for number, (start, end) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
        own = terms[start:end]
        here = free[own]
        ids[here] = number
        laid[here] = weights[start:end]
        free[own] = here + 1
    return Postings(len(ends) - 1, lexicon, starts, ids, laid)
