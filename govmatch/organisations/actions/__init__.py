"""The verbs of authorities and firms."""

from govmatch.organisations.actions.closing import close_firm, reopen_firm
from govmatch.organisations.actions.evidence import (
    add_evidence,
    change_evidence,
    remove_evidence,
)
from govmatch.organisations.actions.joining import (
    accept_join,
    ask_to_join,
    decline_join,
    forget_joins,
    withdraw_join,
)
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.actions.making import add_firm, make_firm
from govmatch.organisations.actions.members import (
    change_role,
    end_membership,
    hand_over_lead,
    invite_member,
    revoke_invitation,
)
from govmatch.organisations.actions.profile import save_profile

__all__ = [
    "accept_join",
    "add_evidence",
    "add_firm",
    "ask_to_join",
    "change_evidence",
    "change_role",
    "close_firm",
    "decline_join",
    "end_membership",
    "forget_joins",
    "hand_over_lead",
    "invite_member",
    "load_firm",
    "make_firm",
    "remove_evidence",
    "reopen_firm",
    "revoke_invitation",
    "save_profile",
    "withdraw_join",
]
