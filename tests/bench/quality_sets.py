"""The sets of one language: applications and firms for challenges, and search in documents."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govmatch.search.analysis import LANGUAGES
from govmatch.search.relevance.compounds import COMPOUNDING, learn
from govmatch.search.relevance.languages import detect
from govmatch.search.relevance.nearby import Nearby
from govmatch.search.relevance.postings import InMemory
from govmatch.search.relevance.questions import build
from govmatch.search.relevance.ranking import Ranking
from govmatch.search.relevance.terms import (
    ROOTS,
    Splitters,
    document_terms,
    query_terms,
    read,
)
from govmatch.search.relevance.tuning import DEFAULT, Tuning
from tests.bench.quality_bridge import Judged

MOST = 100
"""Documents of a run for each query."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A document or a query: its id, its title if it has one, and what it says."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Task:
    """Documents of one set, what is asked of them and what is right."""

    name: str
    documents: Sequence[Text]
    queries: Sequence[Text]
    gains: Mapping[str, Mapping[str, int]]


def one_language(data: Path, *, tuning: Tuning = DEFAULT) -> Iterator[Judged]:
    """Yield each set of the folder with what our ranking finds for its queries."""
    tasks = [*matching(data / "matching"), *searching(data / "search")]
    languages = {task.name: [detect(one.whole) for one in task.documents] for task in tasks}
    splitters = learn_splitters(tasks, languages)
    for task in tasks:
        run = ranked(task, languages[task.name], splitters, tuning)
        yield Judged(task.name, task.gains, run)


def matching(folder: Path) -> Iterator[Task]:
    """Yield applications and firms, which challenges are to find.

    The name of a firm is no title: it says nothing of what the text is about.
    """
    for kind in ("proposals", "firms"):
        gains = _gains(folder / f"qrels_{kind}.tsv")
        documents = [Text(row["id"], "", row["text"]) for row in _rows(folder / f"{kind}.jsonl")]
        queries = [Text(row["id"], row["title"], row["text"]) for row in _challenges(folder)]
        if documents and gains:
            asked = [query for query in queries if query.id in gains]
            yield Task(f"match {kind}", documents, asked, gains)


def _challenges(folder: Path) -> Sequence[Row]:
    return _rows(folder / "challenges.jsonl")


def searching(folder: Path) -> Iterator[Task]:
    """Yield every set of documents of each language with its queries."""
    for language in LANGUAGES:
        documents, queries = (
            _rows(folder / language / f"{name}.jsonl") for name in ("docs", "queries")
        )
        gains = _gains(folder / language / "qrels.tsv")
        questions = _rows(folder / language / "faq_titles.jsonl")
        titles = {row["id"]: row["faq_question"] for row in questions}
        for name in dict.fromkeys(query["set"] for query in queries):
            given = titles if name == "faqpara" else {}
            held = [
                Text(row["id"], str(given.get(row["id"], row.get("title") or "")), row["text"])
                for row in documents
                if row["set"] == ("faq" if name == "faqpara" else name)
            ]
            asked = [Text(row["id"], "", row["text"]) for row in queries if row["set"] == name]
            right = {query.id: gains[query.id] for query in asked if query.id in gains}
            if held and right:
                yield Task(f"{language} {name}", held, asked, right)


def learn_splitters(tasks: Sequence[Task], languages: Mapping[str, Sequence[str]]) -> Splitters:
    """Return what the texts of all sets teach of compounds, each text taken once."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for text, language in {
        (one.text, language)
        for task in tasks
        for one, language in zip(task.documents, languages[task.name], strict=True)
    }:
        if language in COMPOUNDING:
            used[language].update({word.plain for go in read(text, language) for word in go})
    return {language: learn(counts.items(), language) for language, counts in used.items()}


def ranked(
    task: Task, languages: Sequence[str], splitters: Splitters, tuning: Tuning
) -> dict[str, dict[str, float]]:
    """Return for each query the best documents of the set and their scores."""
    index = InMemory(
        document_terms(one.title, one.text, language=language, splitters=splitters)
        for one, language in zip(task.documents, languages, strict=True)
    )
    ranking = Ranking(index, nearby=Nearby(index.vocabulary(ROOTS)), tuning=tuning)
    before = {name: count / len(languages) for name, count in Counter(languages).items()}
    run = {}
    for query in task.queries:
        language = detect(query.whole, before=before)
        terms = query_terms(query.whole, language=language, splitters=splitters)
        best = ranking.best(build(terms, tuning), most=MOST)
        run[query.id] = {task.documents[number].id: score for number, score in best}
    return run


def _rows(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _gains(path: Path) -> dict[str, dict[str, int]]:
    gains: dict[str, dict[str, int]] = defaultdict(dict)
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                query, document, gain = line.split("\t")
                gains[query][document] = int(gain)
    return dict(gains)
