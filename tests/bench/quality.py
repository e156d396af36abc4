"""`make quality DATA=../shared/bench OUT=build/quality`: how good what is found is, on real data.

Ranks every query against the documents of its own set, keeps runs and judgements in OUT/runs,
scores them and writes OUT/quality.json. Any folder of the layout of DATA's README will do; a set
that it lacks is left out.
"""

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.bench.quality_bridge import Gains, Judged, Run
from tests.bench.quality_bridge import judged as across_languages
from tests.bench.quality_sets import one_language

SOURCES: Sequence[Callable[[Path], Iterator[Judged]]] = (one_language, across_languages)
"""What gives sets with their runs; each is asked for all that the folder has data for."""

ROOT = Path(__file__).resolve().parents[2]
MEASURES = ("ndcg10", "recall10", "recall50", "mrr")
BELOW = 0.02
MEAN = 0.60
MEAN_OF = (
    "match proposals",
    "match firms",
    "de help",
    "da help",
    "en help",
    "da kle",
    "de faq",
    "de faqpara",
    "en faq",
    "en faqpara",
)
ABOVE = ("match proposals", "match firms", "da kle", "de faq")
"""Sets that must be above the best of the others, not just near it."""
OTHERS: Mapping[str, float] = {
    "match proposals": 0.901,
    "match firms": 0.382,
    "de help": 0.591,
    "da help": 0.622,
    "en help": 0.719,
    "da kle": 0.415,
    "de faq": 0.599,
    "de faqpara": 0.466,
    "en faq": 0.662,
    "en faqpara": 0.664,
    "de wiki": 0.915,
    "en wiki": 0.941,
    "de da en": 0.614,
    "de da en, other language": 0.737,
    "de da en, text only": 0.411,
    "de da en, text only, other language": 0.396,
}
"""nDCG@10 of the best method of each row in the README of the shared data."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scored:
    """A set, how many queries it has and what its run is worth."""

    name: str
    queries: int
    scores: Scores


def main() -> int:
    """Print the table; the status is 1 when a set is worse than it may be."""
    asked = _arguments()
    runs = asked.out / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    scored = []
    for source in SOURCES:
        for one in source(asked.data):
            scored.append(Scored(one.name, len(one.gains), score(one, asked.data, runs)))
            _say(f"{one.name}: nDCG@10 {scored[-1].scores['ndcg10']:.3f}")
    told = {one.name: {name: round(one.scores[name], 4) for name in MEASURES} for one in scored}
    (asked.out / "quality.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(table(scored))
    return 1 if any(verdict(one) == "UNDER" for one in scored) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.quality", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "quality")
    return parser.parse_args()


def score(one: Judged, data: Path, runs: Path) -> Scores:
    """Return the measures of a run, by the folder's own evaluate.py where it has one."""
    name = one.name.replace(",", "").replace(" ", "-").replace("->", "-to-")
    gains, run = runs / f"{name}.qrels.tsv", runs / f"{name}.run.tsv"
    _write(gains, one.gains, "{}")
    _write(run, one.run, "{:.6f}")
    judge = data / "evaluate.py"
    if not judge.is_file():
        return measure(one.gains, one.run)
    asked = [sys.executable, str(judge), str(gains), str(run)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    parts = [part.split() for part in told.strip().split("\t")]
    by_name = {part[0].replace("@", ""): float(part[1]) for part in parts if len(part) > 1}
    return {name: by_name[name] for name in MEASURES}


def _write(path: Path, rows: Mapping[str, Mapping[str, float]], form: str) -> None:
    lines = [
        f"{query}\t{document}\t{form.format(value)}\n"
        for query, row in rows.items()
        for document, value in row.items()
    ]
    path.write_text("".join(lines), "utf-8")


def measure(gains: Gains, run: Run) -> Scores:
    """Return nDCG@10 (gain 2^g - 1), recall@10, recall@50 and MRR@100, means over the queries.

    A query without an answer counts 0; documents with equal scores stand by their ids.
    """
    rows = [_measure(gains[query], run.get(query, {})) for query in gains]
    return dict(zip(MEASURES, map(mean, zip(*rows, strict=True)), strict=True))


def _measure(gains: Mapping[str, int], run: Mapping[str, float]) -> Sequence[float]:
    ranked = sorted(run, key=lambda document: (-run[document], document))
    places = [place for place, document in enumerate(ranked) if document in gains]
    found = sum(_worth(gains[ranked[place]], place) for place in places if place < 10)
    best = sum(_worth(gain, place) for place, gain in enumerate(sorted(gains.values())[::-1][:10]))
    recall = [sum(place < most for place in places) / len(gains) for most in (10, 50)]
    first = 1 / (places[0] + 1) if places and places[0] < 100 else 0.0
    return [found / best, *recall, first]


def _worth(gain: int, place: int) -> float:
    return float((2**gain - 1) / math.log2(place + 2))


def verdict(one: Scored) -> str:
    """Return whether a set is as good as it must be; nothing where nothing is asked."""
    other = OTHERS.get(one.name)
    if other is None or one.name not in MEAN_OF:
        return ""
    if one.name in ABOVE:
        return "ok" if one.scores["ndcg10"] > other else "UNDER"
    return "ok" if one.scores["ndcg10"] >= other - BELOW else "UNDER"


def table(scored: Sequence[Scored]) -> str:
    """Return the figures as lines of text, the best of the README beside ours."""
    head = f"{'set':38} {'queries':>7} {'nDCG@10':>8} {'README':>7}        "
    head += f"{'recall@10':>9} {'@50':>6} {'MRR':>6}"
    lines = ["", head, "-" * len(head), *map(_line, scored)]
    ten = [one.scores["ndcg10"] for one in scored if one.name in MEAN_OF]
    if len(ten) == len(MEAN_OF):
        best = mean(OTHERS[name] for name in MEAN_OF)
        lines.append(f"{'mean of the ten':38} {'':7} {mean(ten):8.3f} {best:7.3f}  at least {MEAN}")
    return "\n".join(lines)


def _line(one: Scored) -> str:
    other = f"{OTHERS[one.name]:7.3f}" if one.name in OTHERS else " " * 7
    scores = one.scores
    return (
        f"{one.name:38} {one.queries:7} {scores['ndcg10']:8.3f} {other} {verdict(one):6} "
        f"{scores['recall10']:9.3f} {scores['recall50']:6.3f} {scores['mrr']:6.3f}"
    )


def _say(what: str) -> None:
    print(f"govmatch: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
