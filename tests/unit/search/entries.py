"""Entries made in a line, an index made of them, and one way to ask it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from govmatch.search.entry import Entry
from govmatch.search.index import Index
from govmatch.search.query import Query
from govmatch.search.results import Marked, Results
from govmatch.search.writer import Writer

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PUBLIC = frozenset({"public"})


def entry(id_: str, title: str = "", text: str = "", **more: Any) -> Entry:
    """Return a public challenge in English unless it is told otherwise."""
    values = {"kind": "challenge", "lang": "en", "url": f"/{id_}"} | more
    return Entry(id=id_, title=title, text=text, **values)


def de(id_: str, title: str = "", text: str = "", **more: Any) -> Entry:
    return entry(id_, title, text, lang="de", **more)


def da(id_: str, title: str = "", text: str = "", **more: Any) -> Entry:
    return entry(id_, title, text, lang="da", **more)


def build(path: Path, *entries: Entry, cursor: int = 1) -> Path:
    """Make an index of exactly these entries."""
    with Writer(path) as writer:
        writer.rebuild(entries, total=len(entries), cursor=cursor)
    return path


@contextmanager
def opened(path: Path, **fields: str) -> Iterator[Index]:
    index = Index(path, fields=fields)
    try:
        yield index
    finally:
        index.close()


def ask(path: Path, query: str, *, fields: dict[str, str] | None = None, **more: Any) -> Results:
    """Return what a visitor finds who reads English, unless it is told otherwise."""
    with opened(path, **(fields or {})) as index:
        return search(index, query, **more)


def search(index: Index, query: str | Query, **more: Any) -> Results:
    asked: dict[str, Any] = {"audience": PUBLIC, "now": NOW, "lang": "en"} | more
    return index.search(query, **asked)


def found(path: Path, query: str, **more: Any) -> set[str]:
    """Return the ids of everything that is found."""
    results = ask(path, query, size=100, **more)
    assert not results.unavailable
    assert results.total == len(results.hits)
    return {hit.id for hit in results.hits}


def ranked(path: Path, query: str, **more: Any) -> list[str]:
    return [hit.id for hit in ask(path, query, size=100, **more).hits]


def marked(pieces: Marked) -> list[str]:
    return [text for text, is_marked in pieces if is_marked]


def plain(pieces: Marked) -> str:
    return "".join(text for text, _ in pieces)
