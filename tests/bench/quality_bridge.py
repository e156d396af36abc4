"""How well texts of different languages find each other: matching, and help across languages.

python -m tests.bench.quality_bridge [--data ../shared/bench]

prints nDCG@10 of each set for all queries and for two halves of them (by the hash of their ids):
parameters are chosen on the first half and held against the second. `judged(data)` gives the sets
with their runs to whoever writes the whole table.
"""

import argparse
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from govmatch.matching.pool import Pool
from govmatch.matching.postings import Postings
from govmatch.matching.profile import Profile, Text
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Reader
from govmatch.search.analysis import LANGUAGES
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench"
DAY = date(2026, 1, 1)
MOST = 100
K1, B = 1.2, 0.6

Row = Mapping[str, Any]
Gains = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One set: its judgements, and what was found for each of its queries."""

    name: str
    gains: Gains
    run: Run


def judged(data: Path) -> Iterator[Judged]:
    """Yield each set for which the folder has data."""
    content = shipped("content")
    bridge = Bridge.load(content)
    if (data / "matching_de_da_en" / "qrels.tsv").is_file():
        codes = cpv.codes(content)
        yield from _matching(data / "matching_de_da_en", bridge, codes, is_text_only=False)
        yield from _matching(data / "matching_de_da_en", bridge, codes, is_text_only=True)
    if (data / "search").is_dir():
        yield from _help(data / "search", bridge)


def _matching(
    folder: Path, bridge: Bridge, codes: cpv.Codes, *, is_text_only: bool
) -> Iterator[Judged]:
    """Yield the challenges against all firms, and against those of another language."""

    def profile(kind: str, row: Row) -> Profile:
        return _profile(kind, row, codes, is_text_only=is_text_only)

    reader = Reader(bridge, parents=lambda code: _above(code, codes))
    challenges, firms = _rows(folder / "challenges.jsonl"), _rows(folder / "firms.jsonl")
    run = _ranked(
        reader,
        [profile("challenge", row) for row in challenges],
        [profile("firm", row) for row in firms],
    )
    gains = _gains(folder / "qrels.tsv")
    language = {row["id"]: row["lang"] for row in (*challenges, *firms)}

    def other(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        kept = {
            query: {id_: value for id_, value in row.items() if language[id_] != language[query]}
            for query, row in rows.items()
            if query in language
        }
        return {query: row for query, row in kept.items() if row}

    name = "de da en, text only" if is_text_only else "de da en"
    yield Judged(name, gains, run)
    yield Judged(f"{name}, other language", other(gains), other(run))


def _profile(kind: str, row: Row, codes: cpv.Codes, *, is_text_only: bool) -> Profile:
    """Return a row as its package would: labels of codes and themes are words of it too."""
    title = row.get("title", "")
    texts = [Text(f"{title}\n{row['text']}", row["lang"], "text")]
    if is_text_only:
        return Profile(kind, row["id"], tuple(texts))
    own = [code[: cpv.DIGITS] for code in row.get("cpv", ())]
    texts += [Text(codes.label(code, "en"), "en", "cpv") for code in own]
    texts += [Text(theme.replace("-", " "), "en", "themes") for theme in row.get("themes", ())]
    return Profile(kind, row["id"], tuple(texts), tuple(f"cpv:{code}" for code in own))


def _above(code: str, codes: cpv.Codes) -> Sequence[str]:
    return [f"cpv:{above}" for above in codes.parents(code.removeprefix("cpv:"))]


def _help(folder: Path, bridge: Bridge) -> Iterator[Judged]:
    """Yield help queries of each language against the documents of each other one."""
    asked: dict[str, list[Row]] = {}
    for language in LANGUAGES:
        rows = _rows(folder / language / "queries.jsonl")
        asked[language] = [row for row in rows if row["set"] == "help"]
    for other in LANGUAGES:
        rows = [row for row in _rows(folder / other / "docs.jsonl") if row["set"] == "help"]
        pages = _Pages(rows, bridge)
        for one in LANGUAGES:
            if one != other and rows and asked[one]:
                known = _gains(folder / other / "qrels.tsv")
                # a bookmark is the same in all languages, after the two letters of the language
                gains = {
                    row["id"]: known[same]
                    for row in asked[one]
                    if (same := other + row["id"].removeprefix(one)) in known
                }
                run = {row["id"]: pages.answer(row) for row in asked[one] if row["id"] in gains}
                yield Judged(f"{one}->{other} help", gains, run)


class _Pages:
    """Pages as an index would have them: BM25 over the terms of the bridge, titles twice."""

    def __init__(self, rows: Sequence[Row], bridge: Bridge) -> None:
        self._bridge = bridge
        self._ids = [row["id"] for row in rows]
        every = [
            bridge.terms(f"{row['title']}\n{row['title']}\n{row['text']}", row["lang"])
            for row in rows
        ]
        self._having = Counter(term for terms in every for term in terms)
        usual = sum(sum(terms.values()) for terms in every) / max(1, len(every))
        self._postings = Postings.of(_impacts(terms, usual) for terms in every)

    def answer(self, row: Row) -> dict[str, float]:
        asked = self._bridge.terms(row["text"], row["lang"])
        size = len(self._ids)
        weighed = {
            term: 2 * weight / (weight + 1) * math.log(1 + (size - df + 0.5) / (df + 0.5))
            for term, weight in asked.items()
            if (df := self._having[term])
        }
        scores = self._postings.scores(weighed)
        best = sorted(range(size), key=lambda n: -scores[n])[:MOST]
        return {self._ids[n]: float(scores[n]) for n in best if scores[n] > 0}


def _impacts(terms: Mapping[str, float], usual: float) -> dict[str, float]:
    norm = K1 * (1 - B + B * sum(terms.values()) / usual)
    return {term: weight * (K1 + 1) / (weight + norm) for term, weight in terms.items()}


def _ranked(reader: Reader, asking: Iterable[Profile], asked: Iterable[Profile]) -> Run:
    """Return the best of `asked` for each that asks, with scores."""
    questions = [(one, reader.read(one)) for one in asking]
    pool = [(one, reader.read(one)) for one in asked]
    rarity = Rarity.of(terms for _, terms in (*questions, *pool))
    ranked = Pool(pool, rarity=rarity)
    return {
        one.id: {match.id: match.score for match in ranked.rank(one, terms, on=DAY, most=MOST)}
        for one, terms in questions
    }


def _rows(path: Path) -> list[Row]:
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    )


def _gains(path: Path) -> dict[str, dict[str, int]]:
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.strip():
            query, document, gain = line.split("\t")
            found[query][document] = int(gain)
    return dict(found)


def ndcg(found: Mapping[str, float], gains: Mapping[str, int], *, at: int = 10) -> float:
    """Return nDCG: gain 2^g - 1, discount log2(rank + 1), as the shared evaluate.py has it."""
    ranked = sorted(found, key=lambda id_: (-found[id_], id_))[:at]
    best = sorted(gains.values(), reverse=True)[:at]
    return _dcg([gains.get(id_, 0) for id_ in ranked]) / _dcg(best)


def _dcg(gains: Sequence[int]) -> float:
    return math.fsum((2.0**gain - 1) / math.log2(rank + 2) for rank, gain in enumerate(gains))


def halves(ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return two halves of equal size (or nearly), by the hashes of the ids."""
    ordered = sorted(ids, key=lambda id_: hashlib.sha256(id_.encode()).hexdigest())
    return set(ordered[0::2]), set(ordered[1::2])


def means(one: Judged) -> tuple[float, float, float]:
    """Return nDCG@10 of a set: of the half that is tuned on, of the other, and of all."""
    values = {query: ndcg(one.run.get(query, {}), gains) for query, gains in one.gains.items()}
    tuned, held = halves(values)
    return _mean(values, tuned), _mean(values, held), _mean(values, values.keys())


def _mean(values: Mapping[str, float], ids: Collection[str]) -> float:
    return sum(values[id_] for id_ in ids) / len(ids) if ids else math.nan


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=SHARED)
    print(f"{'nDCG@10':34}{'tuned on':>10}{'held out':>10}{'all':>10}")
    for one in judged(asked.parse_args().data):
        print(f"{one.name:34}" + "".join(f"{value:10.3f}" for value in means(one)))


if __name__ == "__main__":
    main()
