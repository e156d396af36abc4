"""A lexicon from texts that say the same in three languages.

For each two languages a translation table is learned in both directions (IBM model 1: Brown, Della
Pietra, Della Pietra and Mercer, "The Mathematics of Statistical Machine Translation", Computational
Linguistics 19(2), 1993). What both directions agree on are edges between stems; from the surest
edge down they are gathered into rows of at most one stem of each language.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES, is_stop
from govmatch.search.bridge.compounds import Compounds
from govmatch.search.bridge.rows import Learned, Row
from govmatch.search.bridge.spelling import plain, shared_spelling, stem
from govmatch.search.bridge.vocabulary import parts_of

Pair = tuple[Sequence[str], Sequence[str], float]
"""Stems of a text, those of the same text in another language, and how much the pair counts."""
Table = Mapping[tuple[str, str], tuple[float, float]]
"""For a stem and one of the other language: probability of the other, and how often it was seen."""
Node = tuple[str, str]
"""A language and a stem."""

_ROUNDS = 6
_SMOOTHING = 0.5
"""Seen once less often: what was seen only once proves little."""
_EMPTY_WORD = 0.1
_LIKELY = 0.03
_OF_GLOSSARY = 3.0
"""How much a pair of words of the glossary counts beside a pair of labels."""
_LEAST_SEEN = 1.2
_ALIKE = 0.6
_SURE = 0.3


def learn(labels: Iterable[Sequence[str]], glossary: Sequence[Row]) -> list[Learned]:
    """Return rows learned from labels (each in all `LANGUAGES`), the surest first.

    Of words that the glossary knows only what other words mean the same is kept.
    """
    texts = [tuple(label) for label in labels]
    cut = _Cutting(texts, glossary)
    stemmed = [[cut(text, lang) for text, lang in zip(t, LANGUAGES, strict=True)] for t in texts]
    words = [
        [[cut(phrase, lang) for phrase in phrases] for phrases, lang in _cells(row)]
        for row in glossary
    ]
    tables = {
        (one, other): _table(
            list(_pairs(stemmed, words, LANGUAGES.index(one), LANGUAGES.index(other)))
        )
        for one, other in permutations(LANGUAGES, 2)
    }
    return list(_rows(sorted(_edges(tables), reverse=True), cut.of_glossary))


def _cells(row: Row) -> Iterator[tuple[tuple[str, ...], str]]:
    return zip(row.words, LANGUAGES, strict=True)


class _Cutting:
    """Cuts texts into stems, compounds into those of their parts."""

    def __init__(self, texts: Sequence[Sequence[str]], glossary: Sequence[Row]) -> None:
        """Know the words of the glossary, and of the labels those of usual length."""
        self.of_glossary: set[Node] = set()
        self._compounds: dict[str, Compounds] = {}
        for number, language in enumerate(LANGUAGES):
            cells = (row.words[number] for row in glossary)
            own = [parts[0] for cell in cells for parts in map(parts_of, cell) if len(parts) == 1]
            self.of_glossary |= {(language, stem(part, language)) for part in own}
            seen = Counter(part for text in texts for part in parts_of(text[number]))
            usual = [part for part in seen if 5 <= len(part) <= 10 and part.isalpha()]
            telling = [part for part in own + usual if not is_stop(part, language)]
            forms = {plain(part): stem(part, language) for part in telling}
            self._compounds[language] = Compounds(language, forms, frozenset(forms.values()))

    def __call__(self, text: str, language: str) -> list[str]:
        """Return the stems of a text; words that say nothing and numbers are left out."""
        found: list[str] = []
        for part in parts_of(text):
            if not is_stop(part, language) and not part.isdigit():
                inside = self._compounds[language].whole(plain(part))
                found += inside or [stem(part, language)]
        return [one for one in found if one]


def _pairs(
    labels: Sequence[Sequence[Sequence[str]]],
    words: Sequence[Sequence[Sequence[Sequence[str]]]],
    one: int,
    other: int,
) -> Iterator[Pair]:
    yield from ((label[one], label[other], 1.0) for label in labels)
    for cells in words:
        weight = _OF_GLOSSARY / len(cells[one]) ** 0.5
        yield from ((a, b, weight) for a in cells[one] for b in cells[other])


@dataclass(frozen=True, slots=True)
class _Seen:
    """Each stem of a text with each of its partner: numbers of both, of the place, and weights."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    place: NDArray[np.int64]
    weight: NDArray[np.float64]


def _table(pairs: Sequence[Pair]) -> Table:
    """Return how likely each stem is translated by each stem it was seen with."""
    sources: dict[str, int] = {"": 0}
    targets: dict[str, int] = {}
    seen = _seen(pairs, sources, targets)
    keys, where = np.unique(seen.source * len(targets) + seen.target, return_inverse=True)
    of = keys // len(targets)
    prior = np.where(of == 0, _EMPTY_WORD, 1.0)
    likely: NDArray[np.float64] = np.ones(len(keys))
    counts: NDArray[np.float64] = likely
    for _ in range(_ROUNDS):
        share = (likely * prior)[where]
        total = np.bincount(seen.place, share)
        evidence = seen.weight * share / total[seen.place]
        counts = np.asarray(np.bincount(where, evidence, len(keys)), np.float64)
        whole = np.bincount(of, counts, len(sources))
        likely = np.asarray(counts / (whole + _SMOOTHING)[of], np.float64)
    names, others = list(sources), list(targets)
    return {
        (names[of[n]], others[keys[n] % len(targets)]): (float(likely[n]), float(counts[n]))
        for n in np.flatnonzero((likely > _LIKELY) & (of > 0))
    }


def _seen(pairs: Sequence[Pair], sources: dict[str, int], targets: dict[str, int]) -> _Seen:
    """Number the stems and list what was seen with what; everything is seen with the empty word."""
    rows: list[tuple[int, int, int, float]] = []
    place = 0
    for source, target, weight in pairs:
        numbers = [0, *(sources.setdefault(word, len(sources)) for word in source)]
        for word in target:
            number = targets.setdefault(word, len(targets))
            rows.extend((one, number, place, weight) for one in numbers)
            place += 1
    sources_, targets_, places, weights = zip(*rows, strict=True)
    return _Seen(
        np.array(sources_, np.int64),
        np.array(targets_, np.int64),
        np.array(places, np.int64),
        np.array(weights, np.float64),
    )


def _edges(
    tables: Mapping[tuple[str, str], Table],
) -> Iterator[tuple[float, Node, Node]]:
    """Yield what both directions agree on, with how sure it is; spelling alike helps."""
    for one, other in combinations(LANGUAGES, 2):
        back = tables[other, one]
        for (source, target), (likely, count) in tables[one, other].items():
            likely_back, count_back = back.get((target, source), (0.0, 0.0))
            least, alike = min(count, count_back), _likeness(source, target)
            sure = (likely * likely_back) ** 0.5 * least / (least + 1)
            sure += 0.25 * max(0.0, alike - 0.4) * (likely_back > 0)
            is_seen = least >= _LEAST_SEEN or alike > _ALIKE
            if sure > _SURE and is_seen and min(len(source), len(target)) >= 3:
                yield round(sure, 3), (one, source), (other, target)


def _likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how many pairs of letters two stems share (Dice)."""
    one, other = shared_spelling(one), shared_spelling(other)
    if one == other:
        return 1.0
    a, b = ({word[n : n + 2] for n in range(len(word) - 1)} for word in (one, other))
    return 2 * len(a & b) / max(1, len(a) + len(b))


def _rows(
    edges: Sequence[tuple[float, Node, Node]], of_glossary: Iterable[Node]
) -> Iterator[Learned]:
    """Yield rows of new stems, then pairs of a new stem and one of the glossary."""
    own = frozenset(of_glossary)
    rows: list[dict[str, str]] = []
    sure: list[list[float]] = []
    row_of: dict[Node, int] = {}
    joining: list[Learned] = []
    for weight, one, other in edges:
        known = (one in own) + (other in own)
        if known == 1:
            joining.append(_learned(weight, dict([one, other])))
        elif known == 0:
            number = _place(one, other, rows, row_of)
            if number == len(sure):
                sure.append([])
            if number is not None:
                sure[number].append(weight)
    for row, weights in zip(rows, sure, strict=True):
        yield _learned(round(sum(weights) / len(weights), 3), row)
    yield from joining


def _place(
    one: Node, other: Node, rows: list[dict[str, str]], row_of: dict[Node, int]
) -> int | None:
    """Put two stems into a row that has room for them; None when there is none."""
    number = row_of.get(one, row_of.get(other))
    if number is None:
        rows.append({})
        number = len(rows) - 1
    for language, name in (one, other):
        if (
            rows[number].get(language, name) != name
            or row_of.get((language, name), number) != number
        ):
            return None
    for node in (one, other):
        rows[number][node[0]] = node[1]
        row_of[node] = number
    return number


def _learned(weight: float, stems: Mapping[str, str]) -> Learned:
    return Learned(weight, tuple(stems.get(language, "") for language in LANGUAGES))
