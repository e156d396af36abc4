"""Due work: whoever keeps a firm's profile is reminded of evidence before it lapses."""

from datetime import time
from zoneinfo import ZoneInfo

from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.organisations import actions, lapsing
from govmatch.organisations.events import EvidenceLapses
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import evidence_of
from govmatch.organisations.queries.lapsing import due_for_reminding, lapsing_now

MORNING = time(8)


def remind(background: Background, session: Session) -> None:
    """Note once for each mark that evidence lapses: one event a firm and day, from eight on.

    What another piece of the same kind stands in for is marked as told, and nobody hears of it.
    """
    local = background.now.astimezone(ZoneInfo(background.settings.zone))
    if local.time() < MORNING:
        return
    today = local.date()
    for firm_id, due in due_for_reminding(session, today=today):
        every = evidence_of(session, session.get_one(Firm, firm_id))
        pieces = [one for one in lapsing_now(every, today=today) if one in due]
        for one in due:
            if one.valid_until:
                one.told_days = lapsing.mark_of(one.valid_until, today=today)
        if pieces:
            event = EvidenceLapses(subject_id=firm_id, pieces=len(pieces))
            journal.record(session, event, actor=VISITOR, now=background.now)


def forget_joins(background: Background, session: Session) -> None:
    """Delete requests to join a firm that are long over."""
    actions.forget_joins(session, real_now=background.real_now)


DUE = [remind, forget_joins]
