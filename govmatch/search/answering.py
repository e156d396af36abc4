"""What `site_index.SiteIndex` asks, answered where the index is open."""

from functools import lru_cache
from pathlib import Path

from govmatch.search.index import Index
from govmatch.search.query import Query
from govmatch.search.results import Results, Suggestion


@lru_cache(maxsize=4)
def _index(folder: str) -> Index:
    return Index(Path(folder))


def search(folder: str, query: Query, **asked: object) -> Results:
    """Return what `Index.search` finds in a folder."""
    return _index(folder).search(query, **asked)  # type: ignore[arg-type]


def suggest(folder: str, typed: str, **asked: object) -> list[Suggestion]:
    """Return what `Index.suggest` finds in a folder."""
    return _index(folder).suggest(typed, **asked)  # type: ignore[arg-type]


def near_words(folder: str, word: str, **asked: object) -> list[str]:
    """Return what `Index.near_words` finds in a folder."""
    return _index(folder).near_words(word, **asked)  # type: ignore[arg-type]
