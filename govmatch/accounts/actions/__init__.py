"""The verbs of people, sign-in, second factor, roles and invitations."""

from govmatch.accounts.actions.account import change_address, change_details
from govmatch.accounts.actions.factor import (
    give_code,
    give_recovery_code,
    make_recovery_codes,
    remove_second_factor,
    reset_second_factor,
    set_second_factor,
)
from govmatch.accounts.actions.invitations import (
    accept_invitation,
    invite,
    revoke_invitation,
)
from govmatch.accounts.actions.links import ask_for_link, count_refused_link, make_link
from govmatch.accounts.actions.people import create_person, disable_person, enable_person
from govmatch.accounts.actions.roles import end_all_for_object, end_role, give_role, grant
from govmatch.accounts.actions.sessions import (
    SignedInNow,
    end_other_sessions,
    end_session,
    end_sessions,
    open_session,
    sign_out,
    use_link,
)

__all__ = [
    "SignedInNow",
    "accept_invitation",
    "ask_for_link",
    "change_address",
    "change_details",
    "count_refused_link",
    "create_person",
    "disable_person",
    "enable_person",
    "end_all_for_object",
    "end_other_sessions",
    "end_role",
    "end_session",
    "end_sessions",
    "give_code",
    "give_recovery_code",
    "give_role",
    "grant",
    "invite",
    "make_link",
    "make_recovery_codes",
    "open_session",
    "remove_second_factor",
    "reset_second_factor",
    "revoke_invitation",
    "set_second_factor",
    "sign_out",
    "use_link",
]
