"""The figures of `make quality`, against the judge that everybody uses."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.bench import quality
from tests.bench.quality_bridge import Judged
from tests.bench.quality_sets import one_language

SHARED = Path(__file__).resolve().parents[5] / "shared" / "bench"
ONE = Judged(
    "match proposals",
    {"q1": {"d1": 3, "d2": 1}, "q2": {"d9": 1}, "q3": {"d4": 2}},
    {"q1": {"d2": 2.0, "d3": 1.5, "d1": 1.0}, "q2": {f"d{n}": 1.0 for n in range(1, 10)}},
)


def test_our_measures_are_those_of_the_shared_judge(tmp_path: Path) -> None:
    if not (SHARED / "evaluate.py").is_file():
        pytest.skip("the shared data are not beside this folder")
    theirs = quality.score(ONE, SHARED, tmp_path)
    assert theirs == pytest.approx(quality.measure(ONE.gains, ONE.run), abs=1e-4)


def test_a_query_without_an_answer_counts_nothing_and_ties_stand_by_their_ids() -> None:
    found = quality.measure(ONE.gains, ONE.run)
    assert found["recall10"] == pytest.approx((1 + 1 + 0) / 3)
    assert found["mrr"] == pytest.approx((1 + 1 / 9 + 0) / 3)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the shared layout that has one set alone."""
    da = tmp_path / "data" / "search" / "da"
    texts = {"da-1": "Byggetilladelse til skur", "da-2": "Pas og kørekort", "da-3": "Hundeloven"}
    rows = [
        {"id": id_, "lang": "da", "set": "kle", "title": "", "text": text}
        for id_, text in texts.items()
    ]
    _write(da / "docs.jsonl", rows)
    _write(da / "queries.jsonl", [{"id": "q", "lang": "da", "set": "kle", "text": "kørekortet"}])
    (da / "qrels.tsv").write_text("q\tda-2\t1\n", "utf-8")
    return tmp_path / "data"


def test_a_folder_with_one_set_gives_its_row_its_runs_and_its_json(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(quality, "SOURCES", (one_language,))
    monkeypatch.setattr(sys, "argv", ["quality", "--data", str(folder), "--out", str(out)])
    assert quality.main() == 0
    kept = json.loads((out / "quality.json").read_text("utf-8"))
    assert kept == {"da kle": dict.fromkeys(quality.MEASURES, 1.0)}
    assert (out / "runs" / "da-kle.run.tsv").read_text("utf-8").startswith("q\tda-2\t")
    table = capsys.readouterr().out
    assert "da kle" in table
    assert "0.415" in table
    shutil.rmtree(out)


def test_a_set_under_what_it_must_reach_is_named_so() -> None:
    def scored(name: str, ndcg: float) -> str:
        return quality.verdict(quality.Scored(name, 1, {"ndcg10": ndcg}))

    assert scored("da kle", 0.415) == "UNDER"
    assert scored("da kle", 0.416) == "ok"
    assert scored("de help", 0.572) == "ok"
    assert scored("de help", 0.57) == "UNDER"
    assert scored("de wiki", 0.1) == ""
