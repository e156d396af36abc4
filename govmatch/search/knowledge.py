"""What an index knows of words, kept beside its files: how compounds fall apart, and concepts.

Documents, the queries that look for them and the marks in their texts must all be read alike, so
the file stays what it is for as long as its folder is in use. What another version of govmatch or
other texts would know is a reason to make the index anew, never to read it differently.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from govmatch.kit.durable import write_whole
from govmatch.kit.records import dataclass
from govmatch.search.analysis import plain, root, split, words
from govmatch.search.bridge.concepts import SPELLING, Bridge
from govmatch.search.engine import BESIDE, Damaged
from govmatch.search.entry import Entry
from govmatch.search.relevance.compounds import COMPOUNDING, SHIPPED, learn, loads
from govmatch.search.relevance.terms import Splitters, read
from govmatch.settings import shipped

MOST_LEARNED = 5_000
"""Texts that the splitting of compounds is learned from; more change little."""


@lru_cache(maxsize=2)
def _bridge(text: str) -> Bridge:
    return Bridge.loads(text)


@dataclass(frozen=True)
class Knowledge:
    """How compounds are taken apart, and what words mean in three languages."""

    splitters: Splitters
    dumped: str
    """The concepts as text: a tenth of their memory, for processes that ask for none."""

    @property
    def digest(self) -> str:
        """Changes with every row of the glossary and the lexicon."""
        return self.dumped.partition("\n")[0]

    @property
    def bridge(self) -> Bridge:
        """Return the concepts; read when they are first asked for."""
        return _bridge(self.dumped)

    def concepts(self, text: str, language: str) -> dict[str, float]:
        """Return the concepts of a text; what is only spelt alike is found without them."""
        found = self.bridge.terms(text, language)
        return {term: weight for term, weight in found.items() if not term.startswith(SPELLING)}

    @cached_property
    def terms_of(self) -> "TermsOf":
        """Return what tells under which terms a word of a text is found."""
        return TermsOf(self.splitters)

    def dumps(self) -> str:
        """Return all that is known as text."""
        splitters = [one.dumps() for _, one in sorted(self.splitters.items())]
        return f"{json.dumps(splitters)}\n{self.dumped}"


class TermsOf:
    """Tells under which terms a group of a text in some language is found; see `selection`."""

    def __init__(self, splitters: Splitters) -> None:
        """Know how compounds fall apart."""
        self._splitters = splitters
        self._known = lru_cache(maxsize=8_192)(self._work_out)

    def __call__(self, group: str, language: str) -> frozenset[str]:
        """Return its written forms, and its roots and those of its parts with their language."""
        return self._known(group, language)

    def _work_out(self, group: str, language: str) -> frozenset[str]:
        parts = split(group)
        splitter = self._splitters.get(language)
        found: set[str] = set()
        for part in dict.fromkeys((*parts, "".join(parts))):
            found.update(words(part))
            found.add(f"{language}:{root(part, language)}")
            if splitter:
                found.update(f"{language}:{piece}" for piece in splitter.split(plain(part)))
        return frozenset(found)


def loads_knowledge(text: str) -> Knowledge:
    """Return what `Knowledge.dumps` wrote; any error when it did not."""
    splitters, _, dumped = text.partition("\n")
    return Knowledge({one.language: one for one in map(loads, json.loads(splitters))}, dumped)


@lru_cache(maxsize=1)
def shipped_knowledge() -> Knowledge:
    """Return what is known before a text is read."""
    content = shipped("content")
    lines = (content / SHIPPED).read_text("utf-8").splitlines()
    known = {one.language: one for one in map(loads, lines)}
    return Knowledge(known, Bridge.load(content).dumps())


def learned_from(entries: Iterable[Entry]) -> Knowledge:
    """Return what is shipped and what the compounds of these entries add to it."""
    known = shipped_knowledge()
    used: dict[str, Counter[str]] = {language: Counter() for language in sorted(COMPOUNDING)}
    for entry in entries:
        if entry.lang in used:
            text = f"{entry.title}\n{entry.text}"
            used[entry.lang].update({w.plain for group in read(text, entry.lang) for w in group})
    splitters = {
        language: learn(counts.items(), language, known=known.splitters.get(language))
        for language, counts in used.items()
    }
    return Knowledge(splitters, known.dumped)


def write_knowledge(folder: Path, knowledge: Knowledge) -> None:
    """Have the folder's documents read with this, on disk."""
    write_whole(folder / BESIDE, knowledge.dumps().encode())


@lru_cache(maxsize=2)
def knowledge_of(folder: Path) -> Knowledge:
    """Return what the documents of a folder are read with; `Damaged` when it cannot be read."""
    try:
        return loads_knowledge((folder / BESIDE).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Damaged(f"{folder.name}/{BESIDE}: {problem}") from problem
