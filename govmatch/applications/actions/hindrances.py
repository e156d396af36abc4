"""What in a consortium stands between an application and its submission."""

from datetime import datetime

from govmatch.applications import call, queries
from govmatch.applications.consortium import has_agreed, lead_share, name_of
from govmatch.applications.eligibility import Gate, gates
from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.i18n import Message, msg
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import evidence_in_date

FIELD = "partners"
"""What errors of a consortium are called by."""


def hindrances(session: ReadSession, application: Application, *, now: datetime) -> list[Message]:
    """Return in words what the firms have to settle before the application can be sent in."""
    found = []
    if queries.takes_part_elsewhere(session, application.challenge, application.firm_id):
        found.append(
            msg(
                "{firm} is a partner in another application to this challenge. A firm may take "
                "part in one: leave the other one first.",
                firm=application.firm.name,
            )
        )
    counted = queries.counting_partners(session, application, now=now)
    for partner in counted:
        found += _wrong_with(session, application, partner, now=now)
    if counted and lead_share(counted) < 1:
        found.append(msg("The shares have to sum to 100, with something left for the lead."))
    return found


def _wrong_with(
    session: ReadSession, application: Application, partner: Partner, *, now: datetime
) -> list[Message]:
    name = name_of(partner)
    if partner.state == PartnerState.INVITED:
        return [
            msg(
                "{firm} has not answered yet. Wait for the answer, or take the invitation back.",
                firm=name,
            )
        ]
    if not has_agreed(partner):
        return [
            msg(
                "{firm} has not agreed to its new share and part yet. Wait for the answer, or set "
                "them back.",
                firm=name,
            )
        ]
    assert partner.firm is not None
    if partner.firm.closed_at is not None:
        return [msg("{firm} is closed by now. Take it out.", firm=name)]
    met = gates_of_firm(session, application.challenge, partner.firm, now=now)
    if any(gate.blocks for gate in met):
        return [
            msg(
                "By its profile {firm} does not meet the requirements on country or size. It can "
                "correct its profile; otherwise take it out.",
                firm=name,
            )
        ]
    return []


def gates_of_firm(
    session: ReadSession, challenge: Challenge, firm: Firm, *, now: datetime
) -> list[Gate]:
    """Return what a challenge asks of each firm that takes part, and how this one meets it."""
    evidence = evidence_in_date(session, firm, on=now.date())
    return gates(challenge.eligibility, firm, evidence=evidence)


def hold_places(session: Session, application: Application) -> None:
    """Keep others from putting the leading firm into another application at this very moment."""
    if call.allows_one(application.challenge):
        queries.hold_firm(session, application.firm_id)
