"""One firm of a consortium as its page shows it: whether it takes part, and with what."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.applications import partner_rules
from govmatch.applications.consortium import has_agreed, is_there, name_of
from govmatch.applications.models import Partner, PartnerState
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.showing import place_of
from govmatch.web.visit import Visit

STATES = {
    PartnerState.INVITED: (msg("Invited"), "info"),
    PartnerState.ACCEPTED: (msg("Takes part"), "success"),
    PartnerState.DECLINED: (msg("Declined"), "neutral"),
    PartnerState.LEFT: (msg("Left"), "neutral"),
    PartnerState.REMOVED: (msg("Taken out"), "neutral"),
}
LAPSED = (msg("Not answered in time"), "neutral")
ASKED_AGAIN = (msg("Has to agree to new terms"), "warning")


@dataclass(frozen=True)
class Line:
    """One firm: `share` is empty for one that takes no part any more."""

    id: str
    name: str
    place: str
    share: int | None
    part: str
    state: Message
    kind: str
    is_own: bool
    may_remove: bool


def line_of(
    visit: Visit,
    partner: Partner,
    counted: Sequence[Partner],
    *,
    may: bool,
    now: datetime,
) -> Line:
    """Return what is shown of a partner; `counted` are those whose shares count now."""
    counts = partner in counted
    state, kind = STATES[PartnerState(partner.state)]
    if partner.state == PartnerState.INVITED and not counts:
        state, kind = LAPSED
    elif partner.state == PartnerState.ACCEPTED and not has_agreed(partner):
        state, kind = ASKED_AGAIN
    return Line(
        id=partner.public_id,
        name=name_of(partner),
        place=place_of(partner.firm, visit.lang) if partner.firm is not None else "",
        share=partner.share if counts else None,
        part=partner.part,
        state=state,
        kind=kind,
        is_own=bool(partner_rules.may_leave(visit.actor, partner, now=now)),
        may_remove=may and is_there(partner),
    )
