"""What a search answers with: data only, never markup."""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import datetime

from govmatch.kit.records import dataclass
from govmatch.search.query import Ignored

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces; the flag says that a piece is one of the words that were looked for."""


Filters = Mapping[str, Collection[str]]
"""For a facet the values of which one must hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One thing that was found, in the reader's language if it has that.

    `snippet` is taken from the text in `snippet_lang`, which differs from `lang` when the words
    stand only in another translation.
    """

    kind: str
    id: str
    lang: str
    title: str
    title_marked: Marked
    url: str
    snippet: Marked
    snippet_lang: str
    score: float
    facets: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, datetime]
    by_bridge: bool = False
    """Found by words of another language that mean the same, not by any that were typed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """One page of hits, and what is known about all of them.

    `total` and `facets` count things, not translations, among those the reader may find; a facet
    is counted as if it were not itself filtered by, so that its other values can be chosen.
    `loosened` says that nothing had all the words, so that these have some of them. `unavailable`
    says that there is no index to ask at the moment. `took` is in seconds.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    size: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    loosened: bool = False
    unavailable: bool = False
    took: float = 0.0

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return -(-self.total // self.size) if self.size else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A thing whose title begins as the reader has typed so far."""

    kind: str
    id: str
    lang: str
    title: str
    url: str
