"""The words of one language and the concepts they stand for, from written and learned rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES, is_stop, spans, split
from govmatch.search.bridge.rows import Learned, Row
from govmatch.search.bridge.spelling import forget, plain, stem

Meanings = dict[str, float]
"""Concepts, and how much a word speaks of each."""

_LEARNED = 0.8
"""What a learned row is worth beside one that people wrote."""
_SURE_ENOUGH = 0.5
"""Is added to how sure a learned concept of its own is, up to 1."""
_MOST_JOINED = 2
"""Concepts of the glossary that one learned stem may join."""


Pairs = tuple[tuple[str, float], ...]
"""The same where it changes no more: there are thousands, and most of them say one thing."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What stems and phrases of stems mean in one language; `forms` are written words by stem."""

    words: Mapping[str, Pairs]
    phrases: Mapping[tuple[str, ...], Pairs]
    longest: Mapping[str, int]
    """How many words the longest phrase has that begins with a stem."""
    forms: Mapping[str, str]
    """The stem of each folded word of the glossary, as it may stand in a compound."""

    def meanings(self, stem: str, weight: float = 1.0) -> Iterator[tuple[str, float]]:
        """Yield the concepts of a stem, each worth less the more there are."""
        known = self.words.get(stem, ())
        for concept, strength in known:
            yield concept, weight * strength / len(known)


@dataclass(frozen=True, slots=True)
class _Growing:
    """A vocabulary while rows are taken into it."""

    words: defaultdict[str, Meanings] = field(default_factory=lambda: defaultdict(dict))
    phrases: dict[tuple[str, ...], Meanings] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)

    def meanings(self, stem: str, weight: float) -> Meanings:
        known = self.words.get(stem, {})
        return {concept: weight * strength / len(known) for concept, strength in known.items()}

    def take(self, phrase: str, stems: tuple[str, ...], concept: str, language: str) -> None:
        """Let a word or a phrase of the glossary mean a concept."""
        if len(stems) == 1:
            self.words[stems[0]][concept] = 1.0
            known = (part for part in parts_of(phrase) if stem(part, language) == stems[0])
            self.forms.update((plain(part), stems[0]) for part in known)
        elif stems:
            self.phrases.setdefault(stems, {})[concept] = 1.0
            self.longest[stems[0]] = max(self.longest.get(stems[0], 0), len(stems))

    def grown(self, shared: dict[tuple[str, float], tuple[str, float]]) -> Vocabulary:
        """Return what it has become; what several words say is kept once, in `shared`."""

        def pairs(meanings: Meanings) -> Pairs:
            return tuple(shared.setdefault(pair, pair) for pair in meanings.items())

        stems = {stem: stem for stem in self.words}
        return Vocabulary(
            {stem: pairs(meanings) for stem, meanings in self.words.items()},
            {stems: pairs(meanings) for stems, meanings in self.phrases.items()},
            dict(self.longest),
            {form: stems.get(stem, stem) for form, stem in self.forms.items()},
        )


Vocabularies = Mapping[str, Vocabulary]


def parts_of(text: str) -> list[str]:
    """Return the words of a text, those with hyphens and humps taken apart."""
    return [part for group, _, _ in spans(text) for part in split(group)]


def vocabularies(glossary: Iterable[Row], learned: Iterable[Learned]) -> Vocabularies:
    """Return what the rows say of each language; rows with the same first words are one concept.

    The lexicon knows only what the glossary does not: a learned stem joins the concepts of the
    stems it stands beside, and where the glossary knows none of them, they are a new concept.
    """
    found = {language: _Growing() for language in LANGUAGES}
    for row in glossary:
        _take(found, row)
    own = {language: frozenset(vocabulary.words) for language, vocabulary in found.items()}
    for language, joining in _joining(found, own, learned).items():
        for stem_, meanings in joining.items():
            best = sorted(meanings.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_JOINED]
            found[language].words[stem_] = {
                concept: min(1.0, _LEARNED * weight) for concept, weight in best
            }
    shared: dict[tuple[str, float], tuple[str, float]] = {}
    grown = {language: growing.grown(shared) for language, growing in found.items()}
    forget()  # texts to come have other words
    return grown


def _take(found: Mapping[str, _Growing], row: Row) -> None:
    """Make a concept of a row of the glossary, named by its first words; it may lack a language."""
    stems = [
        [_telling(phrase, language) for phrase in phrases]
        for language, phrases in zip(LANGUAGES, row.words, strict=True)
    ]
    concept = "~".join("+".join(keys[0]) if keys else "" for keys in stems)
    for language, phrases, keys in zip(LANGUAGES, row.words, stems, strict=True):
        for phrase, key in zip(phrases, keys, strict=True):
            found[language].take(phrase, key, concept, language)


def _telling(phrase: str, language: str) -> tuple[str, ...]:
    """Return the stems of a phrase without the words that say nothing; of a lone word its stem."""
    parts = parts_of(phrase)
    telling = [part for part in parts if len(parts) == 1 or not is_stop(part, language)]
    return tuple(filter(None, (stem(part, language) for part in telling)))


def _joining(
    found: Mapping[str, _Growing], own: Mapping[str, frozenset[str]], learned: Iterable[Learned]
) -> dict[str, dict[str, Meanings]]:
    """Return the concepts of the stems that the glossary does not know, with the best evidence."""
    joining: dict[str, dict[str, Meanings]] = {language: {} for language in LANGUAGES}
    for row in learned:
        pairs = [pair for pair in zip(LANGUAGES, row.stems, strict=True) if pair[1]]
        known = [(language, one) for language, one in pairs if one in own[language]]
        meanings: Meanings = {}
        for language, one in known:
            meanings.update(found[language].meanings(one, row.weight))
        if not known:
            meanings["~".join(one for _, one in pairs)] = min(1.0, _SURE_ENOUGH + row.weight)
        for language, one in pairs:
            if (language, one) not in known:
                here = joining[language].setdefault(one, {})
                here.update({c: max(w, here.get(c, 0.0)) for c, w in meanings.items()})
    return joining
