"""What a firm can show: adding, changing and removing it."""

from datetime import datetime

from sqlalchemy import func, select

from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.organisations import rules
from govmatch.organisations.actions.profile import lock, note_change
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.profile import EvidenceValues, fingerprint, values_of

MOST = 20
"""Pieces of evidence that one firm may list."""


def add_evidence(
    session: Session, firm: Firm, values: EvidenceValues, *, actor: Actor, now: datetime
) -> Evidence:
    """Add a piece of evidence to a firm's profile; lead and members, at most 20 pieces."""
    require(rules.may_edit(actor, firm))
    lock(session, firm)
    count = select(func.count()).select_from(Evidence).where(Evidence.firm_id == firm.id)
    if session.execute(count).scalar_one() >= MOST:
        raise Conflict(msg("A profile holds at most {n} pieces of evidence.", n=MOST))
    evidence = Evidence(public_id=public_id(), firm_id=firm.id, **vars(values))
    session.add(evidence)
    session.flush()
    _note(session, firm, actor=actor, now=now)
    return evidence


def change_evidence(
    session: Session,
    firm: Firm,
    evidence: Evidence,
    values: EvidenceValues,
    *,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> bool:
    """Make a piece of evidence read as given, and tell whether anything changed.

    Raises `Conflict` as `save_profile` does when a colleague saved it meanwhile.
    """
    require(rules.may_edit(actor, firm))
    lock(session, firm)
    session.refresh(evidence)
    kept = values_of(evidence)
    if kept == values:
        return False
    if seen is not None and seen != fingerprint(kept):
        raise Conflict(msg("Somebody else saved this part of the profile meanwhile."))
    evidence.kind, evidence.note = values.kind, values.note
    evidence.reference = values.reference
    if evidence.valid_until != values.valid_until:
        evidence.valid_until, evidence.told_days = values.valid_until, None
    _note(session, firm, actor=actor, now=now)
    return True


def remove_evidence(
    session: Session, firm: Firm, evidence: Evidence, *, actor: Actor, now: datetime
) -> None:
    """Take a piece of evidence out of a firm's profile; lead and members."""
    require(rules.may_edit(actor, firm))
    lock(session, firm)
    session.delete(evidence)
    _note(session, firm, actor=actor, now=now)


def _note(session: Session, firm: Firm, *, actor: Actor, now: datetime) -> None:
    listed = rules.is_listed(firm)
    note_change(session, firm, "evidence", was_listed=listed, actor=actor, now=now)
