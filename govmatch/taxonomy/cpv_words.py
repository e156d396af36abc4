"""Picking CPV codes by words of any of the three languages, however they are inflected.

The labels are few (9,454 in three languages) and are asked for seldom, so they are read through
each time: nothing is kept in memory for it.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from govmatch.kit.aside import Away, ask
from govmatch.kit.i18n import LANGUAGES, Lang, as_lang
from govmatch.kit.records import dataclass
from govmatch.search.analysis import (
    groups,
    is_stop_somewhere,
    plain,
    restored,
    root,
    shortened,
    split,
)
from govmatch.search.bridge.rows import GLOSSARY, read_glossary
from govmatch.settings import shipped

MOST_WORDS = 6
MOST_TYPED = 80
MOST_SYNONYMS = 8
_SHORT = 4
"""Letters below which a word counts only as it is: «art» is not in «parts», nor «AI» in «air»."""
_WHOLE, _BEGINS, _INSIDE = 4.0, 3.0, 1.5
_ENDING = 3
"""Letters by which a word may be longer than its stem and still be the word itself."""
_OWN_LANGUAGE = 0.3
_REST = re.compile(r"[^\W_]*")
_COMPOUNDS: tuple[Lang, ...] = ("de", "da")


@dataclass(frozen=True, slots=True)
class Found:
    """A code, its label in the reader's language, and the one that was found in another."""

    code: str
    label: str
    other_lang: Lang | None = None
    other_label: str = ""


def find(
    table: str, langs: Sequence[str], text: str, lang: Lang, *, most: int, folder: Path
) -> list[Found]:
    """Return the codes whose labels have the words, best first.

    `table` is the text of the file below its heading. Where no label has every word, those with the
    most of them are returned; where none has any, those that have all words of what the glossary in
    `folder` gives instead.
    """
    typed = " ".join(text.split())[:MOST_TYPED]
    lines = list(zip(table.splitlines(), _letters(table).splitlines(), strict=True))
    best = _ranked(lines, langs, _words(typed), lang)
    if not best:
        scored: dict[str, tuple[float, Found]] = {}
        for other in synonyms(typed, folder)[:MOST_SYNONYMS]:
            for score, one in _ranked(lines, langs, _words(other), lang, needs_all=True):
                if score > scored.get(one.code, (0.0, one))[0]:
                    scored[one.code] = (score, one)
        best = sorted(scored.values(), key=_place)
    return [one for _, one in best[:most]]


def _letters(text: str) -> str:
    """Return text as `shortened` folds a word, at once for a million letters."""
    folded = text.casefold()
    for letter, without in zip("äöüåæø", "aouaao", strict=True):
        folded = folded.replace(letter, without)
    return folded


def _words(typed: str) -> list[frozenset[str]]:
    """Return for each word that says something the stems it may have, or itself for want of them.

    Stemmers take much memory and are asked aside.
    """
    try:
        found: list[frozenset[str]] = ask("taxonomy.cpv_words:asked_stems", typed)
    except Away:
        return [frozenset({shortened(plain(word))}) for word in _saying(typed)]
    return found


def _saying(typed: str) -> list[str]:
    every = [part for group in groups(typed) for part in split(group)]
    said = [part for part in every if len(part) > 1 and not is_stop_somewhere(part)] or every
    return said[:MOST_WORDS]


def asked_stems(typed: str) -> list[frozenset[str]]:
    """Return for each word that says something the stems it may have in any language."""
    return [found for word in _saying(typed) if (found := frozenset(_stems(word)))]


def _stems(word: str) -> Iterator[str]:
    for language in LANGUAGES:
        for reading in {plain(word), restored(plain(word), language)}:
            if stem := root(reading, language):
                yield stem


def _ranked(
    lines: Sequence[tuple[str, str]],
    langs: Sequence[str],
    words: Sequence[frozenset[str]],
    lang: Lang,
    *,
    needs_all: bool = False,
) -> list[tuple[float, Found]]:
    """Return what has the most of the words, best first; each line comes with its plain letters."""
    judged = (
        _judged(line.split("\t"), folded.split("\t"), langs, words, lang)
        for line, folded in lines
        if any(stem in folded for word in words for stem in word)
    )
    found = [one for one in judged if one is not None]
    most_words = max((count for count, _, _ in found), default=0)
    if needs_all and most_words < len(words):
        return []
    return sorted(((score, one) for count, score, one in found if count == most_words), key=_place)


def _place(scored: tuple[float, Found]) -> tuple[float, str]:
    return -scored[0], scored[1].code


def _judged(
    cells: Sequence[str],
    folded: Sequence[str],
    langs: Sequence[str],
    words: Sequence[frozenset[str]],
    lang: Lang,
) -> tuple[int, float, Found] | None:
    """Return how many words a code has, how well, and in which language best."""
    best: tuple[int, float, int] | None = None
    for place, language in enumerate(langs, 2):
        worth = [max(_worth(s, folded[place], language) for s in word) for word in words]
        count = sum(value > 0 for value in worth)
        length = len(cells[place].split())
        score = sum(worth) / max(1, length) ** 0.5 + _OWN_LANGUAGE * (language == lang)
        if count and (best is None or (count, score) > best[:2]):
            best = (count, score, place)
    if best is None:
        return None
    count, score, place = best
    language, own = langs[place - 2], cells[2 + langs.index(lang)]
    if language == lang:
        return count, score, Found(cells[0], own)
    return count, score, Found(cells[0], own, as_lang(language), cells[place])


def _worth(stem: str, folded: str, language: str) -> float:
    """Return how well a label has a stem: as a word, at its beginning, inside a compound."""
    best, at = 0.0, folded.find(stem)
    is_long = len(stem) >= _SHORT
    while at >= 0:
        end = at + len(stem)
        rest = _REST.match(folded, end)
        left = len(rest[0]) if rest else 0
        if at == 0 or not folded[at - 1].isalnum():
            if left <= (_ENDING if is_long else 0):
                return _WHOLE
            best = max(best, _BEGINS * is_long)
        elif is_long and language in _COMPOUNDS:
            best = max(best, _INSIDE)
        at = folded.find(stem, end)
    return best


def synonyms(typed: str, folder: Path) -> list[str]:
    """Return what the glossary has instead of a word or phrase, in all languages, each once."""
    wanted = _folded(typed)
    own = folder / GLOSSARY
    rows = read_glossary(own if own.is_dir() else shipped("content") / GLOSSARY).rows
    found: dict[str, None] = {}
    for row in rows:
        every = [word for words in row.words for word in words]
        if wanted in map(_folded, every):
            found |= dict.fromkeys(every)
    return [word for word in found if _folded(word) != wanted]


def _folded(text: str) -> str:
    return " ".join(shortened(plain(word)) for word in groups(text))
