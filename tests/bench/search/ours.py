"""govmatch's own index, asked as the pages ask it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from govmatch.search.entry import PUBLIC, Entry
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

    def fill(self, documents: Iterable[Document], size: int) -> None:
        with Writer(self._folder) as writer:
            writer.rebuild(map(entry, documents), total=size, cursor=0)

    def close(self) -> None:
        self._index.close()

    def _best(self, query: str, **more: object) -> int:
        found = self._index.search(
            query, audience=frozenset({PUBLIC}), now=NOW, lang="en", size=20, snippets=False, **more
        )
        return len(found.hits)

    def one(self, word: str) -> int:
        return self._best(word, facets=())

    def two(self, words: tuple[str, str]) -> int:
        return self._best(" ".join(words), facets=())

    def five(self, words: tuple[str, ...], country: str) -> int:
        """Ask for the best 20 of one country, and count the values of both facets."""
        return self._best(" OR ".join(words), filters={"country": (country,)}, facets=FACETS)

    def phrase(self, words: tuple[str, ...]) -> int:
        return self._best('"' + " ".join(words) + '"', facets=())

    def prefix(self, start: str) -> int:
        return self._best(f"{start}*", facets=())
