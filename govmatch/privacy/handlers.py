"""Due work: copies whose time is over, and, each night, what was kept for its time."""

from govmatch.kit.actor import VISITOR
from govmatch.kit.archives import forget_others
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.privacy import actions, archive, queries
from govmatch.privacy.periods import Kind

NIGHT = range(1, 5)
"""The hours (UTC) in which it is deleted: when few people wait for the database."""


def forget_copies(background: Background, session: Session) -> None:
    """Let nobody take a copy whose time is over, and delete from disk what nobody may take."""
    for export in queries.lapsed_exports(session, real_now=background.real_now):
        actions.let_go(export, real_now=background.real_now)
    session.flush()
    forget_others(archive.folder(background.settings.data_dir), queries.kept_exports(session))


def retain(background: Background, session: Session) -> None:
    """Delete what is due, one kind a minute and some of it at a time, in the hours of the night."""
    now = background.real_now
    if not background.settings.retention_runs or now.hour not in NIGHT:
        return
    kinds = list(Kind)
    actions.run(
        session,
        kinds[int(now.timestamp()) // 60 % len(kinds)],
        settings=background.settings,
        actor=VISITOR,
        now=background.now,
        real_now=now,
    )


DUE = [forget_copies, retain]
