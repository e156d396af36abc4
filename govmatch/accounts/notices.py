"""Who is told what about sign-in, accounts and roles, by mail.

This runs in the background, and it is the one place that looks whether an address has an account.
Mails go to the address that is kept, never to what somebody typed.
"""

from collections.abc import Iterable, Mapping

from govmatch.accounts import links
from govmatch.accounts.lifetimes import LINK, LINK_WAITS
from govmatch.accounts.models import Invitation, LinkRequest, Person, Purpose, RoleRow
from govmatch.accounts.names import ROLE_NAMES, object_name
from govmatch.accounts.queries import by_email, by_id
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice


def link_requested(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Send the link that was asked for, unless nobody should have one."""
    request = session.get(LinkRequest, row.subject_id)
    if request is None or request.used_at or request.at + LINK_WAITS < background.real_now:
        return []
    owner = by_email(session, request.address)
    if owner is not None and owner.disabled_at is not None:
        return []
    match request.purpose:
        case Purpose.SIGN_IN | Purpose.REGISTER if owner is not None:
            return [_link_notice(background, row, request, owner, mail="sign_in")]
        case Purpose.REGISTER:
            return [_link_notice(background, row, request, None, mail="register")]
        case Purpose.CHANGE_ADDRESS if owner is None and request.person_id is not None:
            person = by_id(session, request.person_id)
            return [_link_notice(background, row, request, person, mail="address_change")]
    return []


def _link_notice(
    background: Background,
    row: JournalRow,
    request: LinkRequest,
    person: Person | None,
    *,
    mail: str,
) -> Notice:
    owner_id = person.public_id if person else ""
    link = links.Link(request.public_id, owner_id, background.real_now + LINK)
    start = "/account/address" if mail == "address_change" else "/login"
    return Notice(
        key=_key(row),
        mail=f"accounts/{mail}",
        address=request.address,
        lang=as_lang(request.lang),
        person_id=person.id if person else None,
        links={"link": f"{start}/{links.sign(background.signer, link)}"},
        secret=True,
    )


def address_changed(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the address that the account had before."""
    person = by_id(session, row.subject_id)
    request = session.get(LinkRequest, int(str(row.data["request_id"])))
    if request is None or not request.old_address:
        return []
    return [
        Notice(
            key=_key(row),
            mail="accounts/address_changed",
            address=request.old_address,
            lang=_lang(background, person),
            person_id=person.id,
        )
    ]


def second_factor_set(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    return _to_person(background, session, row, "second_factor_set")


def second_factor_reset(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    return _to_person(background, session, row, "second_factor_reset")


def second_factor_removed(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    return _to_person(background, session, row, "second_factor_removed")


def recovery_code_used(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    return _to_person(
        background, session, row, "recovery_code_used", values={"left": row.data["left"]}
    )


def role_given(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who got a role from somebody else."""
    return _about_role(background, session, row, "role_given")


def role_ended(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who lost a role by somebody else."""
    return _about_role(background, session, row, "role_ended")


def invitation_sent(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Send the invitation as long as it is open."""
    invitation = session.get(Invitation, row.subject_id)
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        return []
    if invitation.expires_at <= background.real_now:
        return []
    lang = as_lang(invitation.lang)
    token = links.sign_invitation(background.signer, invitation.public_id)
    return [
        Notice(
            key=_key(row),
            mail="accounts/invitation",
            address=invitation.address,
            lang=lang,
            values={
                "inviter": by_id(session, invitation.invited_by).name,
                "role": ROLE_NAMES[invitation.role],
                "object": object_name(invitation.object_kind, invitation.object_label),
                "until": date_text(invitation.expires_at, lang, background.settings.zone),
            },
            links={"link": f"/invitations/{token}"},
            secret=True,
        )
    ]


def _about_role(
    background: Background, session: ReadSession, row: JournalRow, mail: str
) -> Iterable[Notice]:
    role = session.get(RoleRow, int(str(row.data["role_id"])))
    if role is None or row.actor_id == row.subject_id:
        return []
    values = {
        "role": ROLE_NAMES[role.role],
        "object": object_name(role.object_kind, role.object_label),
    }
    return _to_person(background, session, row, mail, values=values)


def _to_person(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    mail: str,
    *,
    values: Mapping[str, object] | None = None,
) -> list[Notice]:
    """Return a mail to the person whom the event is about, while the account is open."""
    person = by_id(session, row.subject_id)
    if person.disabled_at is not None:
        return []
    return [
        Notice(
            key=_key(row),
            mail=f"accounts/{mail}",
            address=person.email,
            lang=_lang(background, person),
            person_id=person.id,
            values=values or {},
            links={"account": "/account"},
        )
    ]


def _lang(background: Background, person: Person) -> Lang:
    return as_lang(person.lang or background.settings.default_lang)


def _key(row: JournalRow) -> str:
    return f"accounts:{row.id}"


NOTICES = {
    "LinkRequested": link_requested,
    "AddressChanged": address_changed,
    "SecondFactorSet": second_factor_set,
    "SecondFactorReset": second_factor_reset,
    "SecondFactorRemoved": second_factor_removed,
    "RecoveryCodeUsed": recovery_code_used,
    "RoleGiven": role_given,
    "RoleEnded": role_ended,
    "InvitationSent": invitation_sent,
}
