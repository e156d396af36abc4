"""govmatch's own index, asked as the pages ask it."""

import time
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from govmatch.search.entry import PUBLIC, Change, Entry
from govmatch.search.index import Index
from govmatch.search.writer import Writer
from tests.bench.search.corpus import Document

NAME = "govmatch"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FACETS = ("theme", "country")


def entry(one: Document) -> Entry:
    return Entry(
        kind="challenge",
        id=str(one.number),
        lang=one.lang,
        title=one.title,
        text=one.text,
        url=f"/challenges/{one.number}",
        facets={"theme": (one.theme,), "country": (one.country,)},
    )


class Ours:
    """The documents in an index folder; each question is answered for a visitor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = Index(folder)
        self.changed_in = 0.0

    def fill(self, documents: Iterable[Document]) -> None:
        with Writer(self._folder) as writer:
            writer.rebuild(map(entry, documents), total=0, cursor=0)

    def open(self) -> None:
        """Open the index: read what every question needs, and have files of one's own."""
        self._index._read(lambda view: view.size)

    def everything(self) -> None:
        """Ask an empty question, which finds everything, and fetch nothing."""
        self._index.search("", audience=frozenset({PUBLIC}), now=NOW, lang="en", facets=(), size=0)

    def change(self, one: Document, cursor: int) -> None:
        """Add a document to the index, as the worker does."""
        with Writer(self._folder) as writer:
            changed = entry(one)
            change = Change(changed.kind, changed.id, (changed,))
            before = time.process_time()
            writer.apply([change], cursor=cursor)
            self.changed_in = time.process_time() - before

    def close(self) -> None:
        self._index.close()

    def _best(
        self,
        query: str,
        *,
        filters: Mapping[str, Collection[str]] | None = None,
        facets: Collection[str] = (),
    ) -> int:
        found = self._index.search(
            query,
            audience=frozenset({PUBLIC}),
            now=NOW,
            lang="en",
            filters=filters,
            facets=facets,
            size=20,
            snippets=False,
        )
        return len(found.hits)

    def one(self, word: str) -> int:
        return self._best(word)

    def two(self, words: tuple[str, str]) -> int:
        return self._best(" ".join(words))

    def five(self, words: tuple[str, ...], country: str) -> int:
        """Ask for the best 20 of one country, and count the values of both facets."""
        return self._best(" OR ".join(words), filters={"country": (country,)}, facets=FACETS)

    def phrase(self, words: tuple[str, ...]) -> int:
        return self._best('"' + " ".join(words) + '"')

    def prefix(self, start: str) -> int:
        return self._best(f"{start}*")
