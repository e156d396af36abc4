"""What is new in a search that somebody follows: the same as its feed, for everybody to read."""

from dataclasses import field, replace
from datetime import datetime
from urllib.parse import parse_qs

from govmatch.explore.asked import find_in, understood
from govmatch.explore.still_visible import still_visible
from govmatch.glossary.kept import expansions_of
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.search.engine import Damaged
from govmatch.search.entry import PUBLIC
from govmatch.search.expansion import Expansions
from govmatch.search.folder import read_pointer
from govmatch.search.index import Index
from govmatch.search.query import QueryTooLong
from govmatch.search.results import Hit
from govmatch.settings import Settings
from govmatch.web.visit import Values

MOST = 100


@dataclass(frozen=True)
class Everybody:
    """A reader who may see what everybody may."""

    db: ReadSession
    now: datetime
    actor: Actor = VISITOR


@dataclass
class Searches:
    """Followed searches at one instant; each is asked once in each language."""

    session: ReadSession
    settings: Settings
    now: datetime
    _found: dict[tuple[str, Lang], list[Hit]] = field(default_factory=dict)
    _index: Index | None = None
    _expansions: Expansions | None = None

    def is_behind(self, journal_id: int) -> bool:
        """Return whether the index does not hold yet what the journal says up to this id."""
        try:
            return read_pointer(self.settings.index_dir).cursor < journal_id
        except Damaged:
            return True

    def new_in(self, query: str, *, lang: Lang, since: datetime) -> list[Hit]:
        """Return the public things that came into a search after `since`, the newest first."""
        return [
            hit
            for hit in self._all_in(query, lang)
            if "added" in hit.dates and since < hit.dates["added"] <= self.now
        ]

    def _all_in(self, query: str, lang: Lang) -> list[Hit]:
        if (query, lang) not in self._found:
            self._found[query, lang] = self._ask(query, lang)
        return self._found[query, lang]

    def _ask(self, query: str, lang: Lang) -> list[Hit]:
        settings = self.settings
        if self._index is None:
            self._index = Index(settings.index_dir)
            self._expansions = expansions_of(self.session, settings.content_dir)
        try:
            fields = Values(parse_qs(query, max_num_fields=100))
            asked = understood(
                fields, self.session, content_dir=settings.content_dir,
                now=self.now, zone=settings.zone,
            )  # fmt: skip
        except (QueryTooLong, ValueError):
            return []
        found = find_in(
            self._index, replace(asked, sort="newest", page=1), audience=frozenset({PUBLIC}),
            now=self.now, lang=lang, size=MOST, expansions=self._expansions,
        )  # fmt: skip
        if found.loosened or found.unavailable:
            return []
        return still_visible(Everybody(self.session, self.now), found.hits)

    def close(self) -> None:
        """Give back the files of the index."""
        if self._index is not None:
            self._index.close()
