"""Due work: files that were removed, and bytes that a crash left behind, go for good.

Each minute looks at one of the 256 folders, so that a round takes about four hours and no turn is
long. What is younger than a day stays, whatever it looks like.
"""

from datetime import timedelta

from govmatch.files import storage
from govmatch.files.actions import wait_to_sweep
from govmatch.files.queries import known_contents, orphaned, removed_before
from govmatch.kit.background import Background
from govmatch.kit.db import Session

KEPT = timedelta(days=1)
_MOST_ROWS = 200


def forget_removed(background: Background, session: Session) -> None:
    """Delete the rows of files that were removed more than a day ago, and what they said."""
    for file in removed_before(session, background.real_now - KEPT, most=_MOST_ROWS):
        session.delete(file)
    session.flush()
    for content in orphaned(session, most=_MOST_ROWS):
        session.delete(content)
    session.flush()


def sweep(background: Background, session: Session) -> None:
    """Delete from disk, in one folder, what no row names and what was never finished."""
    wait_to_sweep(session)
    minute = int(background.real_now.timestamp()) // 60
    paths = storage.shard(background.settings.files_dir, minute)
    old = [path for path in paths if storage.is_older(path, background.real_now - KEPT)]
    known = known_contents(session, [storage.content_in(path) for path in old]) if old else set()
    for path in old:
        if storage.is_unfinished(path) or storage.content_in(path) not in known:
            path.unlink(missing_ok=True)


DUE = [forget_removed, sweep]
