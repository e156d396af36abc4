"""tantivy as one would use it: one thread asks, facts are fast fields."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from tests.bench.search.corpus import Document

NAME = "tantivy"
_FACETS = {name: {"terms": {"field": name, "size": 20}} for name in ("theme", "country")}


class Tantivy:
    """The documents in a folder of tantivy's."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        maker = tantivy.SchemaBuilder()
        maker.add_integer_field("number", stored=True)
        for name in ("title", "body"):
            maker.add_text_field(name, stored=False)
        for name in ("theme", "country"):
            maker.add_text_field(name, tokenizer_name="raw", fast=True)
        self._schema = maker.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def fill(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(100_000_000, 1)
        for one in documents:
            writer.add_document(
                tantivy.Document(
                    number=one.number,
                    title=one.title,
                    body=one.text,
                    theme=one.theme,
                    country=one.country,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        pass

    def _best(self, query: str) -> int:
        asked = self._index.parse_query(query, ["title", "body"])
        hits = self._searcher.search(asked, 20).hits
        return len([self._searcher.doc(address)["number"] for _, address in hits])

    def one(self, word: str) -> int:
        return self._best(word)

    def two(self, words: tuple[str, str]) -> int:
        return self._best(f"{words[0]} AND {words[1]}")

    def five(self, words: tuple[str, ...], country: str) -> int:
        """Ask for the best 20 of one country, and count the values of both facets."""
        anything = f"({' OR '.join(words)})"
        found = self._best(f"{anything} AND country:{country}")
        asked = self._index.parse_query(anything, ["title", "body"])
        self._searcher.aggregate(asked, _FACETS)
        return found

    def phrase(self, words: tuple[str, ...]) -> int:
        return self._best('"' + " ".join(words) + '"')

    prefix = None
    """It is not asked here: tantivy's queries know no beginnings of words."""
