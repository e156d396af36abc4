"""Who sees a pilot, and for which side somebody acts."""

from enum import StrEnum

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import SITE, Actor
from govmatch.pilots.models import Pilot, Side

READERS_OF_AUTHORITY = (Role.STAFF, Role.APPROVER, Role.AUDITOR)
READERS_OF_PROGRAMME = (Role.MANAGER, Role.APPROVER, Role.AUDITOR)
APPLICANTS = (Role.LEAD, Role.MEMBER)
"""The roles for a firm that see its pilots and act in them."""
INSIDERS = (*APPLICANTS, Role.READER)
"""The roles for a firm that see all of its pilots."""


class Sight(StrEnum):
    """How much of a pilot somebody sees."""

    FULL = "full"
    MONEY = "money"
    """Plan, milestones and amounts; neither deliveries nor log, documents or key figures."""


def is_firm(actor: Actor, pilot: Pilot) -> bool:
    """True for whoever acts for the firm."""
    return pilot.firm_id in actor.objects("firm", *APPLICANTS)


def is_insider(actor: Actor, pilot: Pilot) -> bool:
    """True for whoever sees the pilot for the firm, and so never acts for the other side."""
    return pilot.firm_id in actor.objects("firm", *INSIDERS)


def is_partner(actor: Actor, pilot: Pilot) -> bool:
    """True for whoever is in a firm that applied together with the one that leads.

    Partners read the whole pilot, since they carry a part of it; whoever leads acts for all.
    """
    return not actor.objects("firm", *INSIDERS).isdisjoint(partners_of(pilot))


def partners_of(pilot: Pilot) -> frozenset[int]:
    """Return the firms that take part besides the one that leads, as ids."""
    return frozenset(pilot.application.partner_firms or ()) - {pilot.firm_id}


def works_for(actor: Actor, challenge: Challenge) -> bool:
    """True for staff of the authority and managers of the programme."""
    return actor.holds(Role.STAFF, "authority", challenge.authority_id) or actor.holds(
        Role.MANAGER, "programme", challenge.programme_id
    )


def is_mentor(actor: Actor, pilot: Pilot) -> bool:
    return actor.holds(Role.MENTOR, "pilot", pilot.id)


def sight(actor: Actor, pilot: Pilot, *, is_closed: bool) -> Sight | None:
    """Return how the actor sees it, None for not at all; the same as `queries.visible_to`.

    `is_closed` is true where the application is closed to this person for a conflict of interest,
    which wins over every role but that in one of the firms.
    """
    challenge = pilot.challenge
    if is_insider(actor, pilot) or is_partner(actor, pilot):
        return Sight.FULL
    if pilot.firm_id in actor.objects("firm", Role.FINANCE):
        return Sight.MONEY
    if is_closed:
        return None
    if (
        actor.holds(Role.AUDITOR, SITE)
        or challenge.authority_id in actor.objects("authority", *READERS_OF_AUTHORITY)
        or challenge.programme_id in actor.objects("programme", *READERS_OF_PROGRAMME)
        or is_mentor(actor, pilot)
    ):
        return Sight.FULL
    if challenge.authority_id in actor.objects("authority", Role.FINANCE):
        return Sight.MONEY
    return None


def side_of(actor: Actor, pilot: Pilot) -> Side | None:
    """Return for which side the actor acts; whoever is in the firm acts for the firm alone.

    Whoever is in a partner of it acts for neither side.
    """
    if is_insider(actor, pilot) or is_partner(actor, pilot):
        return Side.FIRM if is_firm(actor, pilot) else None
    return Side.AUTHORITY if works_for(actor, pilot.challenge) else None
