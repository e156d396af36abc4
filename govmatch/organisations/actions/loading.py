"""Bringing a firm that a file describes into the database."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session
from govmatch.organisations.actions.evidence import add_evidence
from govmatch.organisations.actions.making import add_firm
from govmatch.organisations.actions.profile import give_address, save_profile
from govmatch.organisations.firm_files import FirmData
from govmatch.organisations.models import Firm


def load_firm(session: Session, data: FirmData, *, actor: Actor, now: datetime) -> Firm:
    """Make a firm with its whole profile, or return the one of that slug as it is.

    For the demonstration and tests; nobody belongs to it yet. The profile is saved by the very
    actions of the site, on behalf of a lead that it does not have.
    """
    there = session.scalars(select(Firm).where(Firm.slug == data.slug)).first()
    if there is not None:
        return there
    firm = add_firm(session, data.new, actor=actor, now=now)
    give_address(session, firm, data.slug)
    acting = replace(actor, roles=actor.roles | {Held(Role.LEAD, "firm", firm.id)})
    for section in data.sections:
        save_profile(session, firm, section, actor=acting, now=now)
    for values in data.evidence:
        add_evidence(session, firm, values, actor=acting, now=now)
    return firm
