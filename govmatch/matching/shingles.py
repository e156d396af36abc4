"""Runs of words that two texts have in common, whatever the order of what stands between."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.matching.lexicon import Keys, Lexicon, Numbers, keys_of
from govmatch.search.arrays import distinct
from govmatch.search.bridge.spelling import plain
from govmatch.search.bridge.vocabulary import parts_of

RUN = 4
"""Words of a run: of three many are common phrases, of five one changed word costs five runs."""
SAMPLE = np.uint64(4)
"""One run in so many is indexed, the same ones in every text, so that shares can be compared."""


def shingles(text: str) -> Keys:
    """Return the runs of folded words of a text as numbers, ascending, each once."""
    words = [word for part in parts_of(text) if (word := plain(part))]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return distinct(keys_of(runs))


def shared(one: Keys, other: Keys) -> float:
    """Return how much of the shorter of two texts stands in the other, from 0 to 1."""
    fewer, more = sorted((one, other), key=len)
    if not len(fewer):
        return 0.0
    places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    return float(np.count_nonzero(more[places] == fewer) / len(fewer))


@dataclass(frozen=True, slots=True, eq=False)
class ShingleIndex:
    """Which of many texts have a run: four bytes for each sampled run of each text."""

    runs: Lexicon
    starts: NDArray[np.int64]
    texts: Numbers
    sizes: Numbers
    """How many sampled runs each text has."""

    @classmethod
    def of(cls, texts: Iterable[Keys]) -> "ShingleIndex":
        """Index the runs of these texts, which are numbered as they come."""
        sampled = [runs[runs % SAMPLE == 0] for runs in texts]
        sizes = np.array([len(runs) for runs in sampled], np.int32)
        every = np.concatenate([np.empty(0, np.uint64), *sampled])
        owners = np.repeat(np.arange(len(sampled), dtype=np.int32), sizes)
        order = np.argsort(every, kind="stable")
        keys = distinct(every)
        starts = np.searchsorted(every[order], keys)
        return cls(Lexicon(keys), np.append(starts, len(every)), owners[order], sizes)

    def sharing(self, runs: Keys, *, most: int) -> list[int]:
        """Return the texts that share most of the shorter text's runs, the most first.

        What shares less than three sampled runs, about a sentence, is left out.
        """
        counts = np.zeros(len(self.sizes), np.int32)
        sampled = runs[runs % SAMPLE == 0]
        places = np.searchsorted(self.runs.keys, sampled)
        for place, run in zip(places.tolist(), sampled.tolist(), strict=True):
            if place < len(self.runs) and int(self.runs.keys[place]) == run:
                counts[self.texts[self.starts[place] : self.starts[place + 1]]] += 1
        found = np.flatnonzero(counts >= _LEAST)
        shorter = np.minimum(self.sizes[found], max(len(sampled), 1))
        order = np.lexsort((found, -counts[found] / shorter))
        return [int(number) for number in found[order][:most]]


_LEAST = 3


def by_language(texts: Mapping[str, Sequence[str]]) -> dict[str, Keys]:
    """Return the runs of each language's texts; none goes over the end of a text."""
    return {
        language: distinct(np.concatenate([np.empty(0, np.uint64), *map(shingles, parts)]))
        for language, parts in texts.items()
    }
