"""From a profile to its terms: what its texts speak of, and its codes with those above them.

Terms can be kept beside the profile: they change only with it, with the glossary (`Reader.digest`)
and with the taxonomy.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from govmatch.kit.records import dataclass
from govmatch.matching import packing
from govmatch.matching.profile import Profile
from govmatch.search.bridge.concepts import SPELLING, Bridge

Parents = Callable[[str], Sequence[str]]
"""The codes above a code, nearest first."""

# Chosen by halves (tests/bench/quality_bridge.py).
SPELLED = 0.6
"""What a term that is only a spelling is worth beside a concept: it may mean different things."""
_STEP = 0.7
"""What the next code above is worth of the one below."""
_SATURATION = 2.0
"""A term ten times in a text is worth not ten times as much but (1 + this) at most."""

_MOST_WRITTEN = 3
"""Different written words that are kept for one term."""


@dataclass(frozen=True, slots=True)
class Written:
    """A word or phrase as it stands in a text, and the field of the profile that it stands in."""

    words: str
    field: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a profile is compared by, before it is known how rare each term is."""

    text: Mapping[str, float]
    codes: Mapping[str, float]
    written: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    """For each term of the text the words that say so."""

    def dumps(self) -> bytes:
        """Return the terms as bytes to be kept, weights to seven digits; `loads` reads them."""
        words = {
            term: [(one.words, one.field) for one in written]
            for term, written in self.written.items()
        }
        return packing.pack(packing.Packed(self.text, self.codes, words))

    @classmethod
    def loads(cls, kept: bytes, *, written: bool = True) -> "Terms":
        """Return what `dumps` has kept; without `written` words faster, enough to be ranked.

        Raises `ValueError` for what was kept in another form than today's: read the profile anew.
        """
        found = packing.unpack(kept, words=written)
        words = {term: tuple(Written(*one) for one in pairs) for term, pairs in found.words.items()}
        return cls(found.text, found.codes, words)


class Reader:
    """Reads profiles; the same reader for all that are compared with each other."""

    def __init__(self, bridge: Bridge, *, parents: Parents) -> None:
        """Read with the words of a bridge and the trees that `parents` knows."""
        self._bridge = bridge
        self._parents = parents
        self.digest = bridge.digest

    def read(self, profile: Profile) -> Terms:
        """Return the terms of a profile."""
        counts: dict[str, float] = {}
        written: dict[str, dict[Written, None]] = {}
        for text in profile.texts:
            for seen in self._bridge.read(text.text, text.language):
                counts[seen.term] = counts.get(seen.term, 0.0) + text.weight * seen.weight
                known = written.setdefault(seen.term, {})
                if len(known) < _MOST_WRITTEN:
                    known.setdefault(Written(seen.written, text.field))
        text_terms = {term: _saturated(term, count) for term, count in counts.items()}
        kept = {term: tuple(words) for term, words in written.items()}
        return Terms(text_terms, self._with_parents(profile.codes), kept)

    def _with_parents(self, codes: Iterable[str]) -> dict[str, float]:
        """Return codes and those above them, each as near as it is to one of the profile's."""
        found: dict[str, float] = {}
        for code in codes:
            for steps, above in enumerate((code, *self._parents(code))):
                found[above] = max(found.get(above, 0.0), _STEP**steps)
        return found


def _saturated(term: str, count: float) -> float:
    worth = count * (_SATURATION + 1) / (count + _SATURATION)
    return SPELLED * worth if term.startswith(SPELLING) else worth
