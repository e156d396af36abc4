"""This package's share of one person's data: the firms they belong to. A firm is nobody's data, but
one that nobody belongs to any more must not stay in the directory.
"""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Role, RoleRow
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.acts import acts_of
from govmatch.kit.db import ReadSession, Session
from govmatch.organisations import rules
from govmatch.organisations.events import FirmClosed, ListedFirmClosed
from govmatch.organisations.models import Firm, JoinRequest
from govmatch.organisations.profile import SECTIONS
from govmatch.organisations.queries import Member, members_of, profile_of


def export(session: ReadSession, person_id: int) -> dict[str, object]:
    """Return the profiles of the firms a person belongs to, and which they asked to join."""
    found = select(RoleRow.object_id).where(
        RoleRow.person_id == person_id, RoleRow.object_kind == "firm", RoleRow.until.is_(None)
    )
    firms = session.scalars(select(Firm).where(Firm.id.in_(found)).order_by(Firm.id))
    asked = select(JoinRequest).where(JoinRequest.person_id == person_id).order_by(JoinRequest.id)
    return {
        "firms": [_profile(session, firm) for firm in firms],
        "join_requests": [_request(one) for one in session.scalars(asked)],
        "answered_requests": acts_of(
            session, person_id, {"answered": (JoinRequest.answered_by, JoinRequest.answered_at)}
        ),
    }


def _request(one: JoinRequest) -> dict[str, object]:
    """Return what they asked; a firm that is not listed is named by its public id alone."""
    return {
        "firm": one.firm.name if rules.is_listed(one.firm) else one.firm.public_id,
        "note": one.note,
        "state": one.state,
        "asked_at": one.asked_at.isoformat(),
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
    }


def _profile(session: ReadSession, firm: Firm) -> dict[str, object]:
    profile = profile_of(session, firm)
    said: dict[str, object] = {name: asdict(profile.section(name)) for name in SECTIONS}
    said["evidence"] = [
        {
            "kind": one.kind,
            "note": one.note,
            "reference": one.reference,
            "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        }
        for one in profile.evidence
    ]
    return said


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Leave no firm of this person without somebody who answers for it; `now` is the machine's.

    What they asked firms is deleted, and that they answered for one is forgotten.

    Where nobody leads it any more, who has belonged to it longest does; where nobody belongs to it,
    it is closed. Harmless before and after accounts has ended the roles.
    """
    session.execute(delete(JoinRequest).where(JoinRequest.person_id == person_id))
    session.execute(
        update(JoinRequest).where(JoinRequest.answered_by == person_id).values(answered_by=None)
    )
    held = select(RoleRow.object_id).where(
        RoleRow.person_id == person_id,
        RoleRow.object_kind == "firm",
        RoleRow.until.is_(None) | (RoleRow.until >= now),
    )
    for firm in session.scalars(select(Firm).where(Firm.id.in_(held)).order_by(Firm.id)):
        others = [
            member
            for member in members_of(session, firm, real_now=now)
            if member.person.id != person_id and member.person.disabled_at is None
        ]
        if not others:
            _close(session, firm, now=now)
        elif not any(member.leads for member in others):
            _promote(session, firm, min(others, key=lambda one: one.since), now=now)


def _close(session: Session, firm: Firm, *, now: datetime) -> None:
    if firm.closed_at is not None:
        return
    kind = ListedFirmClosed if rules.is_listed(firm) else FirmClosed
    firm.closed_at = firm.updated_at = now
    firm.revision += 1
    journal.record(session, kind(subject_id=firm.id), actor=VISITOR, now=now)


def _promote(session: Session, firm: Firm, member: Member, *, now: datetime) -> None:
    give_role(
        session,
        member.person,
        Role.LEAD,
        "firm",
        firm.id,
        actor=VISITOR,
        now=now,
        real_now=now,
        object_label=firm.name,
    )
