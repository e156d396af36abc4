"""What may be a conflict of interest, shown where reviews are overseen."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews import rules
from govmatch.reviews.queries.suspicions import NamedSuspicion, suspicions
from govmatch.reviews.showing import SUSPICIONS
from govmatch.reviews.suspicion_models import SuspicionState
from govmatch.web.visit import Visit

STATES: dict[SuspicionState, tuple[Message, str]] = {
    SuspicionState.OPEN: (msg("To be decided"), "warning"),
    SuspicionState.CONFIRMED: (msg("Confirmed"), "danger"),
    SuspicionState.CLEARED: (msg("No conflict"), "success"),
}


@dataclass(frozen=True)
class ShownSuspicion:
    """Why a conflict is suspected; the reason of a decision for managers alone."""

    name: str
    url: str
    person: str
    person_key: str
    kinds: list[Message]
    state: Message
    kind: str
    is_open: bool
    reason: str
    at: datetime
    may_settle: bool


def shown_suspicions(
    visit: Visit, challenge: Challenge, found: Sequence[Application]
) -> list[ShownSuspicion]:
    """Return what is suspected about applications that the reader oversees with their names."""
    if not found:
        return []
    named = suspicions(visit.db, challenge, application_ids=[one.id for one in found])
    return [_shown(visit, challenge, one) for one in named]


def _shown(visit: Visit, challenge: Challenge, one: NamedSuspicion) -> ShownSuspicion:
    words, kind = STATES[one.state]
    is_open = one.state is SuspicionState.OPEN
    path = f"/desk/challenges/{challenge.slug}/reviewing/{one.application.public_id}"
    may = bool(rules.may_settle_suspicion(visit.actor, challenge, one.person_id))
    return ShownSuspicion(
        name=name_for(one.application, How.FULL, visit.lang),
        url=visit.url(path),
        person=one.person,
        person_key=one.person_key,
        kinds=[SUSPICIONS[each] for each in one.kinds],
        state=words,
        kind=kind,
        is_open=is_open,
        reason=one.reason if rules.runs(visit.actor, challenge) else "",
        at=one.at or one.found_at,
        may_settle=is_open and may,
    )
