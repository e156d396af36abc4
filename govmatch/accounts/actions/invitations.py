"""Offering a role by mail, taking it, and taking the offer back."""

from datetime import datetime

from sqlalchemy import update

from govmatch.accounts.actions.people import new_person
from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.events import (
    InvitationAccepted,
    InvitationRevoked,
    InvitationSent,
    PersonRegistered,
)
from govmatch.accounts.lifetimes import INVITATION, INVITATIONS_BY_PERSON, MAILS_TO_ADDRESS
from govmatch.accounts.models import Invitation, Person, Role
from govmatch.accounts.queries import by_email, open_invitation, role_in_force
from govmatch.accounts.queries.inviting import is_open
from govmatch.accounts.rules import canonical_email, may_grant
from govmatch.kit import journal
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Gone, Invalid, NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import spend

OVER = msg("This invitation has been accepted, has expired, or was taken back.")


def invite(
    session: Session,
    address: str,
    role: Role,
    object_kind: str,
    object_id: int,
    *,
    object_label: str,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Invitation:
    """Offer a role to an address for 14 days; one that is open already is sent again.

    Whoever may give the role may offer it. Raises `Invalid` for what is no address, `Conflict` when
    its person holds the role, `TooMany` after 5 mails to the address or 100 invitations an hour.
    """
    ruling = may_grant(actor, role, object_kind, object_id)
    if not ruling:
        raise NotAllowed(ruling.reason)
    email = canonical_email(address)
    if email is None:
        raise Invalid({"email": msg("Please enter an e-mail address such as name@example.org.")})
    held = Held(role, object_kind, object_id)
    person = by_email(session, email)
    if person is not None and role_in_force(session, person, held, now=real_now) is not None:
        raise Conflict(msg("This person holds the role already."))
    assert actor.person_id is not None
    spend(session, INVITATIONS_BY_PERSON, str(actor.person_id), now=real_now)
    spend(session, MAILS_TO_ADDRESS, email, now=real_now)
    invitation = open_invitation(session, email, held, now=real_now) or Invitation(
        public_id=public_id(),
        address=email,
        role=role,
        object_kind=object_kind,
        object_id=object_id,
    )
    invitation.object_label, invitation.lang = object_label, lang
    invitation.invited_by, invitation.created_at = actor.person_id, real_now
    invitation.expires_at = real_now + INVITATION
    session.add(invitation)
    session.flush()
    event = InvitationSent(
        subject_id=invitation.id, role=role, object_kind=object_kind, object_id=object_id
    )
    journal.record(session, event, actor=actor, now=now)
    return invitation


def accept_invitation(
    session: Session,
    invitation: Invitation,
    *,
    name: str,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Person:
    """Give the offered role to the person of the address, who is made when there is none.

    Somebody with an account has to act in it: an invitation is open for 14 days, and must not be a
    way to sign in that long. Raises `Gone` when it is over, of several at once for all but one.
    """
    person = by_email(session, invitation.address)
    if person is not None and person.id != actor.person_id:
        raise NotAllowed(msg("Please sign in with the address that the invitation was sent to."))
    _take(session, invitation, now=real_now)
    if person is None:
        person = new_person(
            session,
            email=invitation.address,
            name=name,
            lang=lang,
            real_now=real_now,
            terms_at=real_now,
        )
        if person is None:  # the address came to an account at this very moment
            raise Conflict(msg("Please open the invitation again."))
        journal.record(session, PersonRegistered(subject_id=person.id), actor=actor, now=now)
    invitation.accepted_by = person.id
    acting = Actor(person_id=person.id)
    event = InvitationAccepted(
        subject_id=invitation.id,
        role=invitation.role,
        object_kind=invitation.object_kind,
        object_id=invitation.object_id,
        person_id=person.id,
    )
    journal.record(session, event, actor=acting, now=now)
    give_role(
        session,
        person,
        Role(invitation.role),
        invitation.object_kind,
        invitation.object_id,
        actor=acting,
        now=now,
        real_now=real_now,
        object_label=invitation.object_label,
        granted_by=invitation.invited_by,
    )
    return person


def _take(session: Session, invitation: Invitation, *, now: datetime) -> None:
    taken = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, is_open(now))
        .values(accepted_at=now)
        .returning(Invitation.id)
    )
    if taken.first() is None:
        raise Gone(OVER)


def revoke_invitation(
    session: Session, invitation: Invitation, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Take an offer back; its link opens nothing any more. For whoever may give the role.

    Raises `Conflict` when it is over already.
    """
    role = Role(invitation.role)
    ruling = may_grant(actor, role, invitation.object_kind, invitation.object_id)
    if not ruling:
        raise NotAllowed(ruling.reason)
    revoked = session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, is_open(real_now))
        .values(revoked_at=real_now)
        .returning(Invitation.id)
    )
    if revoked.first() is None:
        raise Conflict(OVER)
    event = InvitationRevoked(
        subject_id=invitation.id,
        role=invitation.role,
        object_kind=invitation.object_kind,
        object_id=invitation.object_id,
    )
    journal.record(session, event, actor=actor, now=now)
