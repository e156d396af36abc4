"""Due work: prints whose day is over."""

from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.printing import actions, queries, shelf


def forget_prints(background: Background, session: Session) -> None:
    """Let nobody take a print whose day is over, and delete from disk what nobody may take."""
    for one in queries.lapsed(session, real_now=background.real_now):
        actions.let_go(one, real_now=background.real_now)
    session.flush()
    pages, prints = queries.kept(session)
    shelf.forget_others(background.settings.data_dir, pages, prints)


DUE = [forget_prints]
