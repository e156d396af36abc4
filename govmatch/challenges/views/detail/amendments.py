"""What was changed after publication, and why."""

from dataclasses import dataclass
from datetime import datetime

from govmatch.challenges import queries
from govmatch.challenges.changes import Shown
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import pick
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class ShownAmendment:
    at: datetime
    reason: str
    reason_lang: str | None
    changes: list[Shown]


def shown_amendments(visit: Visit, challenge: Challenge) -> list[ShownAmendment]:
    shown = []
    for one in queries.amendments(visit.db, challenge):
        reason, lang = pick(one.reasons, visit.lang)
        changes = queries.shown_changes(
            visit.db, challenge, one, lang=visit.lang, content=visit.settings.content_dir
        )
        shown.append(ShownAmendment(one.at, reason, lang if lang != visit.lang else None, changes))
    return shown
