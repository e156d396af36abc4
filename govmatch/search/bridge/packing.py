"""Vocabularies as text, from which they are there again in a tenth of the time that making takes.

A line for each language, and below it one for each word, phrase and form; what belongs to it stands
behind it, with a tab between any two.
"""

from collections.abc import Iterator, Mapping

from govmatch.search.bridge.vocabulary import Pairs, Vocabularies, Vocabulary

_LANGUAGE, _WORD, _PHRASE, _FORM = "lwpf"


def packed(known: Vocabularies) -> str:
    """Return vocabularies as lines of text."""
    return "\n".join("\t".join(line) for line in _lines(known))


def _lines(known: Vocabularies) -> Iterator[tuple[str, ...]]:
    for language, vocabulary in known.items():
        yield _LANGUAGE, language
        for stem, pairs in vocabulary.words.items():
            yield _WORD, stem, *_told(pairs)
        for stems, pairs in vocabulary.phrases.items():
            yield _PHRASE, " ".join(stems), *_told(pairs)
        for form, stem in vocabulary.forms.items():
            yield _FORM, form, stem


def _told(pairs: Pairs) -> Iterator[str]:
    for concept, weight in pairs:
        yield concept
        yield repr(weight)


def unpacked(text: str) -> Vocabularies:
    """Return the vocabularies that were packed; any error when none were."""
    found: dict[str, _Reading] = {}
    shared: dict[tuple[str, str], tuple[str, float]] = {}
    language = ""
    start = 0
    while start < len(text):  # line by line: together they would be there twice
        end = text.find("\n", start)
        kind, first, *rest = text[start : end if end >= 0 else None].split("\t")
        start = end + 1 if end >= 0 else len(text)
        if kind == _LANGUAGE:
            language = first
            found[language] = _Reading(shared)
        else:
            found[language].take(kind, first, rest)
    return {language: reading.vocabulary() for language, reading in found.items()}


class _Reading:
    """A vocabulary while its lines are read; what several words say is kept once."""

    def __init__(self, shared: dict[tuple[str, str], tuple[str, float]]) -> None:
        self._shared = shared
        self._words: dict[str, Pairs] = {}
        self._phrases: dict[tuple[str, ...], Pairs] = {}
        self._forms: dict[str, str] = {}
        self._stems: dict[str, str] = {}

    def take(self, kind: str, first: str, rest: list[str]) -> None:
        """Take in a line."""
        if kind == _FORM:
            (stem,) = rest
            self._forms[first] = self._stems.get(stem, stem)
        elif kind == _PHRASE:
            self._phrases[tuple(first.split(" "))] = self._pairs(rest)
        elif kind == _WORD:
            self._stems[first] = first
            self._words[first] = self._pairs(rest)
        else:
            raise ValueError(f"no line of a vocabulary: {kind!r}")

    def _pairs(self, rest: list[str]) -> Pairs:
        return tuple(self._pair(*one) for one in zip(rest[::2], rest[1::2], strict=True))

    def _pair(self, concept: str, weight: str) -> tuple[str, float]:
        known = self._shared.get((concept, weight))
        if known is None:
            known = self._shared[concept, weight] = (concept, float(weight))
        return known

    def vocabulary(self) -> Vocabulary:
        """Return what was read."""
        return Vocabulary(self._words, self._phrases, _longest(self._phrases), self._forms)


def _longest(phrases: Mapping[tuple[str, ...], Pairs]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for stems in phrases:
        longest[stems[0]] = max(longest.get(stems[0], 0), len(stems))
    return longest
