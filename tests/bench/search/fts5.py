"""SQLite's FTS5 as one would use it: a table of texts beside a table of facts."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tests.bench.search.corpus import Document

NAME = "SQLite FTS5"


class Fts5:
    """The documents in one file of SQLite."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(folder / "fts5.sqlite", isolation_level=None)
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA cache_size=-200000")

    def fill(self, documents: Iterable[Document]) -> None:
        run = self._base.execute
        run("CREATE VIRTUAL TABLE texts USING fts5(title, body, prefix='4', tokenize='unicode61')")
        run("CREATE TABLE facts (id INTEGER PRIMARY KEY, theme TEXT, country TEXT)")
        run("BEGIN")
        for one in documents:
            run(
                "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)",
                (one.number, one.title, one.text),
            )
            run("INSERT INTO facts VALUES (?, ?, ?)", (one.number, one.theme, one.country))
        run("COMMIT")
        run("INSERT INTO texts (texts) VALUES ('optimize')")
        run("ANALYZE")

    def open(self) -> None:
        """Read a row: the file was opened before."""
        self._base.execute("SELECT 1 FROM facts LIMIT 1").fetchone()

    def close(self) -> None:
        self._base.close()

    def _best(self, query: str) -> int:
        return len(
            self._base.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20", (query,)
            ).fetchall()
        )

    def one(self, word: str) -> int:
        return self._best(_quoted(word))

    def two(self, words: tuple[str, str]) -> int:
        return self._best(" AND ".join(map(_quoted, words)))

    def five(self, words: tuple[str, ...], country: str) -> int:
        """Ask for the best 20 of one country, and count the values of both facets."""
        query = " OR ".join(map(_quoted, words))
        found = self._base.execute(
            "SELECT texts.rowid FROM texts JOIN facts ON facts.id = texts.rowid"
            " WHERE texts MATCH ? AND country = ? ORDER BY rank LIMIT 20",
            (query, country),
        ).fetchall()
        self._base.execute(
            "SELECT theme, country, count(*) FROM texts JOIN facts ON facts.id = texts.rowid"
            " WHERE texts MATCH ? GROUP BY theme, country",
            (query,),
        ).fetchall()
        return len(found)

    def phrase(self, words: tuple[str, ...]) -> int:
        return self._best(_quoted(" ".join(words)))

    def prefix(self, start: str) -> int:
        return self._best(f"{_quoted(start)}*")


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"'
