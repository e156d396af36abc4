"""One engine in processes of its own: one fills it, another opens and asks it, and says the cost.

python -m tests.bench.search.trial (fill|ask) ENGINE FOLDER DOCUMENTS QUESTIONS BENCH
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.search.corpus import Corpus, Document, questions

MODULES = {"govmatch": "ours.Ours", "SQLite FTS5": "fts5.Fts5", "tantivy": "tantivy_.Tantivy"}
CHANGES = 10
_MS = 1e6


def main(step: str, name: str, folder: str, documents: str, number: str, bench: str) -> None:
    """Fill a folder that is not there yet, or ask a filled one and print what was measured."""
    module, _, cls = MODULES[name].partition(".")
    make = getattr(import_module(f"tests.bench.search.{module}"), cls)
    corpus = Corpus(int(documents), Path(bench))
    if step == "fill":
        if not Path(folder).exists():
            engine = make(Path(folder))
            spent = _spent(lambda: engine.fill(corpus)) / corpus.size
            engine.close()
            Path(folder, "filled").write_text(json.dumps({"fill": spent}))
        return
    asked = questions(corpus, int(number))
    told: dict[str, Any] = json.loads(Path(folder, "filled").read_text())
    engine, before = make(Path(folder)), _resident()
    told["open"] = _spent(engine.open)
    told["opened"] = _resident() - before
    if hasattr(engine, "everything"):
        told["everything"] = _spent(engine.everything)
    kinds: dict[str, Sequence[tuple[Any, ...]]] = {
        "one": [(one,) for one in asked.one],
        "two": [(two,) for two in asked.two],
        "five": list(asked.five),
        "phrase": [(phrase,) for phrase in asked.phrases],
        "prefix": [(prefix,) for prefix in asked.prefixes],
    }
    for kind, questions_ in kinds.items():
        ask = getattr(engine, kind)
        if ask is not None:
            told[kind] = {"cold": _each(ask, questions_), "warm": _each(ask, questions_)}
    told["resident"] = _resident()
    if hasattr(engine, "change"):
        told["change"] = [_changed(engine, corpus, n) for n in range(CHANGES)]
    print(json.dumps(told))


def _each(ask: Callable[..., int], questions_: Sequence[tuple[Any, ...]]) -> list[float]:
    return [_spent(lambda asked=asked: ask(*asked)) for asked in questions_]  # type: ignore[misc]


def _spent(do: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that something takes."""
    before = time.process_time_ns()
    do()
    return (time.process_time_ns() - before) / _MS


def _changed(engine: Any, corpus: Corpus, number: int) -> float:
    first = next(iter(corpus))
    new = Document(
        corpus.size + number, first.lang, first.title, first.text, first.theme, first.country
    )
    engine.change(new, number + 1)
    spent: float = engine.changed_in * 1000
    return spent


def _resident() -> float:
    """Return the memory of this process in MB."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    raise LookupError("the system does not say how much memory a process has")


if __name__ == "__main__":
    main(*sys.argv[1:])
