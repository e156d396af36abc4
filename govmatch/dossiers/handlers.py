"""Due work: archives whose time is over."""

from govmatch.dossiers import actions, archive, queries
from govmatch.kit.archives import forget_others
from govmatch.kit.background import Background
from govmatch.kit.db import Session


def forget_archives(background: Background, session: Session) -> None:
    """Let nobody take an archive whose time is over, and delete from disk what nobody may take."""
    for dossier in queries.lapsed(session, real_now=background.real_now):
        actions.let_go(dossier, real_now=background.real_now)
    session.flush()
    forget_others(archive.folder(background.settings.data_dir), queries.kept(session))


DUE = [forget_archives]
