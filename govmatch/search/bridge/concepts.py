"""What a text speaks of: the concepts of its words, phrases and parts of compounds."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

from govmatch.kit.records import dataclass
from govmatch.search.analysis import is_stop
from govmatch.search.bridge.compounds import Compounds
from govmatch.search.bridge.packing import packed, unpacked
from govmatch.search.bridge.rows import (
    GLOSSARY,
    LEXICON,
    Learned,
    Row,
    read_glossary,
    read_lexicon,
)
from govmatch.search.bridge.spelling import plain, shared_spelling, stem
from govmatch.search.bridge.vocabulary import (
    Meanings,
    Pairs,
    Vocabularies,
    parts_of,
    vocabularies,
)

SPELLING = "="
"""What a term begins with that is no concept but a spelling."""

# Chosen on one half of the judged sets and held on the other (tests/bench/quality_bridge.py); the
# figures are flat around them.
_PART = 0.7
"""What a concept is worth that is only part of a compound."""
_INSIDE = 0.2
"""What the parts of a compound are worth that has a concept of its own."""
_IN_PHRASE = 0.5
"""What the words of a known phrase are still worth by themselves."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A term that a text has, how much of it, and the words that say so."""

    term: str
    weight: float
    written: str


def digest_of(glossary: Iterable[Row], learned: Iterable[Learned]) -> str:
    """Return what tells these rows from any others."""
    told = sha256()
    for row in chain(glossary, learned):
        told.update(f"{row!r}\n".encode())
    return told.hexdigest()


class Bridge:
    """The concepts of the glossary and of the lexicon, by the words of three languages.

    Never changed once made, so any number of threads may share one.
    """

    def __init__(self, glossary: Sequence[Row], learned: Sequence[Learned] = ()) -> None:
        """Know these rows, and German and Danish compounds of their words."""
        self._know(vocabularies(glossary, learned), digest_of(glossary, learned))

    def _know(self, known: Vocabularies, digest: str) -> None:
        self._known = known
        self._compounds = {
            language: Compounds(language, known.forms, known.words)
            for language, known in self._known.items()
        }
        self.digest = digest
        """Changes with every row, so that what was indexed by other rows is made again."""
        self._meaning = lru_cache(maxsize=16_384)(self._meaning_of)

    def dumps(self) -> str:
        """Return the bridge as text."""
        return f"{self.digest}\n{packed(self._known)}"

    @classmethod
    def loads(cls, text: str) -> "Bridge":
        """Return the bridge that was dumped; any error when none was."""
        digest, _, known = text.partition("\n")
        bridge = cls.__new__(cls)
        bridge._know(unpacked(known), digest)  # noqa: SLF001
        return bridge

    @classmethod
    def load(cls, content: Path) -> "Bridge":
        """Return the bridge that the content folder describes; wrong lines are left out."""
        return cls(read_glossary(content / GLOSSARY).rows, read_lexicon(content / LEXICON))

    def terms(self, text: str, language: str) -> dict[str, float]:
        """Return what a text speaks of, and how much of each; words that say nothing are not in."""
        found: dict[str, float] = {}
        for sighting in self.read(text, language):
            found[sighting.term] = found.get(sighting.term, 0.0) + sighting.weight
        return found

    def read(self, text: str, language: str) -> Iterator[Sighting]:
        """Yield what each word and phrase of a text speaks of, in the order of the text.

        A language that the bridge does not know has spellings only.
        """
        parts = parts_of(text)
        stems = [stem(part, language) for part in parts]
        covered = 0
        for at, part in enumerate(parts):
            length, meanings = self._phrase(parts, stems, at, language)
            if length:
                written = " ".join(parts[at : at + length])
                for term, weight in meanings:
                    yield Sighting(term, weight / len(meanings), written)
                covered = max(covered, at + length)
            if len(part) > 1 and not is_stop(part, language):
                share = _IN_PHRASE if at < covered else 1.0
                for term, weight in self._meaning(part, language):
                    yield Sighting(term, share * weight, part)

    def _phrase(
        self, parts: Sequence[str], stems: Sequence[str], at: int, language: str
    ) -> tuple[int, Pairs]:
        """Return the longest known phrase that begins here: of how many words, and its meaning."""
        known = self._known.get(language)
        longest = known.longest.get(stems[at], 0) if known else 0
        if not known or not longest or is_stop(parts[at], language):
            return 0, ()
        # one word more than its own, for an article or a preposition that was left out
        for length in range(min(longest + 1, len(parts) - at), 1, -1):
            if not is_stop(parts[at + length - 1], language):
                here = range(at, at + length)
                key = tuple(stems[n] for n in here if not is_stop(parts[n], language))
                if key in known.phrases:
                    return length, known.phrases[key]
        return 0, ()

    def _meaning_of(self, part: str, language: str) -> tuple[tuple[str, float], ...]:
        """Return the concepts of a word; for want of them those of its parts, and its spelling."""
        own = stem(part, language)
        known = self._known.get(language)
        found: Meanings = {}
        if known and own in known.words:
            found.update(known.meanings(own))
            self._look_inside(plain(part), language, found)
            return tuple(found.items())
        if known:
            for piece in self._compounds[language].parts(plain(part)):
                for term, weight in known.meanings(piece, _PART):
                    found[term] = found.get(term, 0.0) + weight
                self._look_inside(piece, language, found)
        if own:
            found[SPELLING + shared_spelling(own)] = 1.0
        return tuple(found.items())

    def _look_inside(self, word: str, language: str, found: Meanings) -> None:
        """Add what a known compound is made of, so that others of the same parts meet it."""
        for piece in self._compounds[language].whole(word):
            for term, weight in self._known[language].meanings(piece, _INSIDE):
                found.setdefault(term, weight)
