"""Membership of a firm: roles in accounts, under the rules of firms."""

from datetime import datetime

from govmatch.accounts import actions as accounts
from govmatch.accounts.models import Invitation, Role, RoleRow
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.kit.i18n import Lang, msg
from govmatch.organisations import rules
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import Member, members_of

ROLES = (Role.LEAD, Role.MEMBER, Role.READER, Role.FINANCE)
"""What somebody can be in a firm: one of these."""


def invite_member(
    session: Session,
    firm: Firm,
    address: str,
    role: Role,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Invitation:
    """Offer an address to join the firm, by mail; whoever leads the firm.

    Raises `Invalid`, `Conflict` and `TooMany` as `accounts.actions.invite` does.
    """
    require(rules.may_manage(actor, firm))
    return accounts.invite(
        session,
        address,
        role,
        "firm",
        firm.id,
        object_label=firm.name,
        lang=lang,
        actor=actor,
        now=now,
        real_now=real_now,
    )


def revoke_invitation(
    session: Session,
    firm: Firm,
    invitation: Invitation,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Take an invitation back; whoever leads the firm."""
    require(rules.may_manage(actor, firm))
    accounts.revoke_invitation(session, invitation, actor=actor, now=now, real_now=real_now)


def end_membership(
    session: Session,
    firm: Firm,
    member: Member,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """End every role of one person for a firm at once.

    Whoever leads the firm may end anybody's, and everybody their own. Refused for the last lead,
    since nobody could invite or end anything any more.
    """
    own = member.person.id == actor.person_id
    if not own:
        require(rules.may_manage(actor, firm))
    _keep_a_lead(session, firm, member, real_now=real_now)
    # The lead goes last: until then the actor may still end the others.
    for row in sorted(member.rows, key=lambda row: row.role == Role.LEAD):
        accounts.end_role(session, row, actor=actor, now=now, real_now=real_now)


def _keep_a_lead(session: Session, firm: Firm, member: Member, *, real_now: datetime) -> None:
    """Refuse to go on where nobody else leads the firm; holds it against others meanwhile."""
    session.refresh(firm, with_for_update=True)
    others = (
        other
        for other in members_of(session, firm, real_now=real_now)
        if other.leads and other.person.id != member.person.id and not other.person.disabled_at
    )
    if member.leads and next(others, None) is None:
        raise NotAllowed(
            msg("Nobody else leads the firm. Hand it over to a colleague first, or close it.")
        )


def change_role(
    session: Session,
    firm: Firm,
    member: Member,
    role: Role,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Give a member another role in the firm, in place of all they have; whoever leads it.

    Refused where nobody would lead the firm any more. Raises `Conflict` for an account that is
    closed: it could not use the role.
    """
    require(rules.may_manage(actor, firm))
    if role is not Role.LEAD:
        _keep_a_lead(session, firm, member, real_now=real_now)
    if member.person.disabled_at is not None:
        raise Conflict(msg("This account is closed. Choose somebody else."))
    accounts.give_role(
        session, member.person, role, "firm", firm.id,
        actor=actor, now=now, real_now=real_now, object_label=firm.name,
    )  # fmt: skip
    # As in ending: an own lead goes last.
    for row in sorted(member.rows, key=lambda row: row.role == Role.LEAD):
        if row.role != role:
            accounts.end_role(session, row, actor=actor, now=now, real_now=real_now)


def hand_over_lead(
    session: Session,
    firm: Firm,
    member: Member,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Make another member lead of the firm, and the one who hands over a member.

    Raises `Conflict` when the other leads it already or cannot sign in.
    """
    require(rules.may_manage(actor, firm))
    session.refresh(firm, with_for_update=True)
    if member.leads:
        raise Conflict(msg("This person leads the firm already."))
    if member.person.disabled_at is not None:
        raise Conflict(msg("This account is closed. Choose somebody else."))
    own = next(
        one
        for one in members_of(session, firm, real_now=real_now)
        if one.person.id == actor.person_id
    )
    _exchange(
        session, firm, member, Role.LEAD, Role.MEMBER, actor=actor, now=now, real_now=real_now
    )
    _exchange(session, firm, own, Role.MEMBER, Role.LEAD, actor=actor, now=now, real_now=real_now)


def _exchange(
    session: Session,
    firm: Firm,
    member: Member,
    gives: Role,
    ends: Role,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    accounts.give_role(
        session,
        member.person,
        gives,
        "firm",
        firm.id,
        actor=actor,
        now=now,
        real_now=real_now,
        object_label=firm.name,
    )
    for row in _rows(member, ends):
        accounts.end_role(session, row, actor=actor, now=now, real_now=real_now)


def _rows(member: Member, role: Role) -> list[RoleRow]:
    return [row for row in member.rows if row.role == role]
