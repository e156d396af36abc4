"""Closing a firm, and opening it again."""

from datetime import datetime

from govmatch.accounts import actions as accounts
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.organisations import rules
from govmatch.organisations.actions.profile import lock
from govmatch.organisations.events import (
    FirmClosed,
    FirmReopened,
    ListedFirmClosed,
    ListedFirmReopened,
)
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import invitations_of


def close_firm(
    session: Session, firm: Firm, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Take a firm out of directory and search, and its open invitations back.

    Whoever leads it may do this and undo it. Its members keep their roles, so that they still see
    what they submitted; what lies with an authority stays there.
    """
    require(rules.may_close(actor, firm))
    lock(session, firm)
    require(rules.may_close(actor, firm))
    for invitation in invitations_of(session, firm, real_now=real_now):
        accounts.revoke_invitation(session, invitation, actor=actor, now=now, real_now=real_now)
    kind = ListedFirmClosed if rules.is_listed(firm) else FirmClosed
    firm.closed_at = firm.updated_at = now
    firm.revision += 1
    journal.record(session, kind(subject_id=firm.id), actor=actor, now=now)


def reopen_firm(session: Session, firm: Firm, *, actor: Actor, now: datetime) -> None:
    """Open a closed firm again; it comes back into the directory if it was there."""
    require(rules.may_reopen(actor, firm))
    lock(session, firm)
    require(rules.may_reopen(actor, firm))
    firm.closed_at, firm.updated_at = None, now
    firm.revision += 1
    kind = ListedFirmReopened if rules.is_listed(firm) else FirmReopened
    journal.record(session, kind(subject_id=firm.id), actor=actor, now=now)
