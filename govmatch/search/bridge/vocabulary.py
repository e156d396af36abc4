"""The words of one language and the concepts they stand for, from written and learned rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govmatch.search.analysis import LANGUAGES, is_stop, spans, split
from govmatch.search.bridge.rows import Learned, Row
from govmatch.search.bridge.spelling import plain, stem

Meanings = dict[str, float]
"""Concepts, and how much a word speaks of each."""

_LEARNED = 0.8
"""What a learned row is worth beside one that people wrote."""
_SURE_ENOUGH = 0.5
"""Is added to how sure a learned concept of its own is, up to 1."""
_MOST_JOINED = 2
"""Concepts of the glossary that one learned stem may join."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What stems and phrases of stems mean in one language; `forms` are written words by stem."""

    words: defaultdict[str, Meanings] = field(default_factory=lambda: defaultdict(dict))
    phrases: dict[tuple[str, ...], Meanings] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """How many words the longest phrase has that begins with a stem."""
    forms: dict[str, str] = field(default_factory=dict)
    """The stem of each folded word of the glossary, as it may stand in a compound."""

    def meanings(self, stem: str, weight: float = 1.0) -> Iterator[tuple[str, float]]:
        """Yield the concepts of a stem, each worth less the more there are."""
        known = self.words.get(stem, {})
        for concept, strength in known.items():
            yield concept, weight * strength / len(known)

    def take(self, phrase: str, stems: tuple[str, ...], concept: str, language: str) -> None:
        """Let a word or a phrase of the glossary mean a concept."""
        if len(stems) == 1:
            self.words[stems[0]][concept] = 1.0
            known = (part for part in parts_of(phrase) if stem(part, language) == stems[0])
            self.forms.update((plain(part), stems[0]) for part in known)
        elif stems:
            self.phrases.setdefault(stems, {})[concept] = 1.0
            self.longest[stems[0]] = max(self.longest.get(stems[0], 0), len(stems))


Vocabularies = Mapping[str, Vocabulary]


def parts_of(text: str) -> list[str]:
    """Return the words of a text, those with hyphens and humps taken apart."""
    return [part for group, _, _ in spans(text) for part in split(group)]


def vocabularies(glossary: Sequence[Row], learned: Sequence[Learned]) -> Vocabularies:
    """Return what the rows say of each language; rows with the same first words are one concept.

    The lexicon knows only what the glossary does not: a learned stem joins the concepts of the
    stems it stands beside, and where the glossary knows none of them, they are a new concept.
    """
    found = {language: Vocabulary() for language in LANGUAGES}
    for row in glossary:
        _take(found, row)
    own = {language: frozenset(vocabulary.words) for language, vocabulary in found.items()}
    for language, joining in _joining(found, own, learned).items():
        for stem_, meanings in joining.items():
            best = sorted(meanings.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_JOINED]
            found[language].words[stem_] = {
                concept: min(1.0, _LEARNED * weight) for concept, weight in best
            }
    return found


def _take(found: Vocabularies, row: Row) -> None:
    """Make a concept of a row of the glossary, named by its first words."""
    stems = [
        [_telling(phrase, language) for phrase in phrases]
        for language, phrases in zip(LANGUAGES, row.words, strict=True)
    ]
    concept = "~".join("+".join(first) for first, *_ in stems)
    for language, phrases, keys in zip(LANGUAGES, row.words, stems, strict=True):
        for phrase, key in zip(phrases, keys, strict=True):
            found[language].take(phrase, key, concept, language)


def _telling(phrase: str, language: str) -> tuple[str, ...]:
    """Return the stems of a phrase without the words that say nothing; of a lone word its stem."""
    parts = parts_of(phrase)
    telling = [part for part in parts if len(parts) == 1 or not is_stop(part, language)]
    return tuple(filter(None, (stem(part, language) for part in telling)))


def _joining(
    found: Vocabularies, own: Mapping[str, frozenset[str]], learned: Sequence[Learned]
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
