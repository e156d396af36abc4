"""The bridge between the languages as it holds now, kept by each process that reads texts by it."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from govmatch.glossary.queries import bridge_rows, change_stamp
from govmatch.kit.aside import Kept
from govmatch.kit.db import ReadSession
from govmatch.search.bridge.concepts import Bridge, digest_of
from govmatch.search.bridge.rows import LEXICON, Row, read_lexicon

_kept: WeakKeyDictionary[Any, tuple[int, Path, Bridge]] = WeakKeyDictionary()
_keys: WeakKeyDictionary[Any, tuple[int, Path, str]] = WeakKeyDictionary()
_lock = Lock()


def bridge(session: ReadSession, content_dir: Path) -> Bridge:
    """Return the bridge of files and site; the same one until the glossary changes.

    Making it takes half a second and some megabytes; asking whether it still holds takes one look
    into an index of the journal.
    """
    stamp, database = change_stamp(session), session.get_bind().engine
    with _lock:
        known = _kept.get(database)
        if known is None or known[:2] != (stamp, content_dir):
            lexicon = read_lexicon(content_dir / LEXICON)
            known = (stamp, content_dir, Bridge(bridge_rows(session, content_dir), lexicon))
            _kept[database] = known
    return known[2]


def kept_bridge(session: ReadSession, content_dir: Path) -> Kept:
    """Return the bridge for a question that is answered aside, where it is made and kept."""
    stamp, database = change_stamp(session), session.get_bind().engine
    with _lock:
        known = _keys.get(database)
        if known is None or known[:2] != (stamp, content_dir):
            digest = digest_of(bridge_rows(session, content_dir), ())
            known = _keys[database] = (stamp, content_dir, f"{digest} {content_dir}")
    return Kept(
        "glossary.bridging:made",
        known[2],
        lambda: (tuple(bridge_rows(session, content_dir)), str(content_dir)),
    )


def made(rows: Sequence[Row], content_dir: str) -> Bridge:
    """Return the bridge of these rows and of the lexicon that ships."""
    return Bridge(rows, read_lexicon(Path(content_dir) / LEXICON))
