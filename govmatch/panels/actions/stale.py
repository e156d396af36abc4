"""A meeting as nobody else can change it until the transaction ends."""

from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.panels import queries
from govmatch.panels.models import Panel

STALE = msg("Somebody else changed it meanwhile. Please read the page again.")


def meeting_held(session: Session, panel: Panel, revision: int | None) -> Panel:
    """Return the meeting as nobody else can change it until the transaction ends."""
    found = queries.panel_of(session, panel.challenge, held=True)
    if found is None or (revision is not None and found.revision != revision):
        raise Conflict(STALE)
    return found
