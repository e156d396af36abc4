"""Who takes part in an application, with which share, as it stands and as it was submitted.

The lead's share is what its partners leave of 100, so that the shares always sum to 100. A partner
counts while it is asked or has agreed; from the deadline on, when nobody can answer any more, only
while it has agreed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.challenges.rules import is_past_deadline
from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.organisations.models import Firm

WHOLE = 100
LONGEST_PART = 300  # characters

THERE = frozenset({PartnerState.INVITED, PartnerState.ACCEPTED})
"""States of a partner that is asked or takes part."""

Kept = Mapping[str, Any]
"""One firm of a submitted version: {firm, name, country, share, part}."""


def counting(partners: Sequence[Partner], application: Application, now: datetime) -> list[Partner]:
    """Return the partners that count at that time; an invitation lapses with the deadline."""
    asks_on = not is_past_deadline(application.challenge, now)
    return [
        one
        for one in partners
        if one.state == PartnerState.ACCEPTED or (asks_on and one.state == PartnerState.INVITED)
    ]


def is_there(partner: Partner) -> bool:
    """True for what is asked or agreed, and neither declined, left nor removed."""
    return partner.state in THERE


def lead_share(counted: Sequence[Partner]) -> int:
    return WHOLE - sum(one.share for one in counted)


def terms(partner: Partner) -> dict[str, Any]:
    return {"share": partner.share, "part": partner.part}


def has_agreed(partner: Partner) -> bool:
    """True where the firm takes part on the terms as they are now."""
    return partner.state == PartnerState.ACCEPTED and partner.agreed == terms(partner)


def name_of(partner: Partner) -> str:
    """Return what the lead's people read: the firm, else how they called it or where they wrote."""
    return partner.firm.name if partner.firm is not None else partner.name or partner.address


def seen(application: Application, counted: Sequence[Partner]) -> str:
    """Return a digest of who takes part on which terms, to notice that it changed meanwhile."""
    plan = [[one.public_id, one.share, one.part] for one in counted]
    return digest(canonical_json([application.lead_part, plan]))[:16]


def kept(application: Application, counted: Sequence[Partner]) -> list[dict[str, Any]]:
    """Return what a version keeps: every firm that agreed, the lead first; nothing for one alone.

    To be asked when nobody's answer is waited for.
    """
    joined = [(one, one.firm) for one in counted if one.firm is not None]
    if not joined:
        return []
    share = lead_share([one for one, _ in joined])
    lead = _firm(application.firm, share, application.lead_part)
    return [lead, *(_firm(firm, one.share, one.part) for one, firm in joined)]


def _firm(firm: Firm, share: int, part: str) -> dict[str, Any]:
    return {
        "firm": firm.public_id,
        "name": firm.name,
        "country": firm.country,
        "share": share,
        "part": part,
    }


def is_same(one: Sequence[Kept], other: Sequence[Kept]) -> bool:
    """True for the same firms on the same terms, whatever they are called by now."""
    return [_terms(item) for item in one] == [_terms(item) for item in other]


def _terms(item: Kept) -> tuple[Any, ...]:
    return item["firm"], item["share"], item["part"]


def received_with(items: Sequence[Kept]) -> dict[str, object]:
    """Return what the receipt's content says beside the answers; nothing for a firm alone."""
    return {"consortium": [dict(item) for item in items]} if items else {}
