"""Mentors: invited for one pilot by its authority's side, until their role is ended."""

from datetime import datetime

from govmatch.accounts import actions as accounts
from govmatch.accounts.models import Invitation, Role, RoleRow
from govmatch.accounts.queries import by_email, roles_of
from govmatch.accounts.rules import canonical_email
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, msg
from govmatch.pilots import rules
from govmatch.pilots.models import Pilot

PILOT = "pilot"


def invite_mentor(
    session: Session,
    pilot: Pilot,
    address: str,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Invitation:
    """Offer the mentor's role for this pilot by mail.

    Refused for people of the firm and its partners (`Invalid`): whoever advises is not advised. The
    rest as `accounts.actions.invite`.
    """
    require(rules.may_choose_mentors(actor, pilot))
    email = canonical_email(address)
    person = by_email(session, email) if email else None
    if person is not None and any(
        held.object_kind == "firm" and held.object_id in {pilot.firm_id, *rules.partners_of(pilot)}
        for held in roles_of(session, person, now=real_now)
    ):
        raise Invalid({"email": msg("People of the firm cannot be its mentors.")})
    return accounts.invite(
        session,
        address,
        Role.MENTOR,
        PILOT,
        pilot.id,
        object_label=pilot.title,
        lang=lang,
        actor=actor,
        now=now,
        real_now=real_now,
    )


def end_mentor(
    session: Session, pilot: Pilot, row: RoleRow, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """End a mentor's role at once; by the authority's side, or by mentors themselves."""
    require(rules.may_end_mentor(actor, pilot, row.person_id))
    accounts.end_role(session, row, actor=actor, now=now, real_now=real_now)


def revoke_mentor(
    session: Session,
    pilot: Pilot,
    invitation: Invitation,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Take back an invitation to be a mentor of this pilot."""
    require(rules.may_choose_mentors(actor, pilot))
    accounts.revoke_invitation(session, invitation, actor=actor, now=now, real_now=real_now)
