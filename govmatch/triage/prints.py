"""By what a text is found again among many: some of its runs of words, concepts and numbers.

Runs of words are the same in a copy, concepts and numbers in a translation too (the bridge of the
search). Of each kind a few are kept, the same ones of texts that share them: the rarest concepts,
and those runs whose hash is smallest. Whether two texts that share some say the same,
`matching.alike` tells from the texts themselves.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from govmatch.matching.lexicon import keys_of
from govmatch.matching.passages import numbers_in
from govmatch.matching.rarity import Rarity
from govmatch.matching.shingles import shingles
from govmatch.search.bridge.concepts import SPELLING

RUNS = 32
CONCEPTS = 40
SPELLINGS = 12
"""Words that the bridge does not know: names of products, foreign words."""
NUMBERS = 8
MOST_KEYS = RUNS + CONCEPTS + SPELLINGS + NUMBERS


def prints(text: str, terms: Mapping[str, float], *, rarity: Rarity) -> list[int]:
    """Return what a text is found again by, ascending, each from -2**63 to 2**63 - 1.

    `terms` is what the text speaks of, `rarity` knows how rare that is.
    """
    known = [term for term in terms if not term.startswith(SPELLING)]
    spelt = [term for term in terms if term.startswith(SPELLING)]
    words = [
        *_rarest(known, CONCEPTS, rarity),
        *_rarest(spelt, SPELLINGS, rarity),
        *_rarest([f"#{number}" for number in set(numbers_in(text))], NUMBERS, rarity),
    ]
    runs = shingles(text)[:RUNS]  # ascending, so the smallest
    found = {*signed(runs), *signed(keys_of(words))}
    return sorted(found)


def _rarest(words: list[str], most: int, rarity: Rarity) -> list[str]:
    weights = rarity.text_weights(words)
    hashes = signed(keys_of(words))
    order = sorted(range(len(words)), key=lambda at: (-weights[at], hashes[at]))
    return [words[at] for at in order[:most]]


def signed(keys: Iterable[int]) -> list[int]:
    """Return unsigned numbers of 64 bits as databases keep them."""
    found: list[int] = np.array(keys, np.uint64).view(np.int64).tolist()
    return found
