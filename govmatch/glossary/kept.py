"""What this process keeps of the glossary for searching: read again when an entry has changed."""

from pathlib import Path
from threading import Lock

from govmatch.glossary.entries import spellings
from govmatch.glossary.queries import change_stamp, touched_entries
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.journal import HeadReader
from govmatch.search.expansion import Expansions


class KeptExpansions:
    """Answers each search with what the glossary says at that moment, without asking twice.

    Every change of the glossary is a public event, so while the journal's last public id stays the
    same nothing can have changed; when it moves, the glossary's own stamp decides.
    """

    def __init__(self, database: Database, heads: HeadReader, content_dir: Path) -> None:
        self._database = database
        self._heads = heads
        self._content_dir = content_dir
        self._lock = Lock()
        self._at = -1
        self._stamp = -1
        self._kept = Expansions()

    def __call__(self) -> Expansions:
        """Return the words that are put beside each other now."""
        at = self._heads.read().public_id
        if at != self._at:
            with self._lock:
                self._follow(at)
        return self._kept

    def _follow(self, at: int) -> None:
        with self._database.reading() as session:
            stamp = change_stamp(session)
            if stamp != self._stamp:
                self._kept = expansions_of(session, self._content_dir)
                self._stamp = stamp
        self._at = at


def expansions_of(session: ReadSession, content_dir: Path) -> Expansions:
    """Return the words that the glossary puts beside each other now."""
    return Expansions(spellings(touched_entries(session, content_dir)))
