"""The verbs of authorities and firms."""

from govmatch.organisations.actions.closing import close_firm, reopen_firm
from govmatch.organisations.actions.evidence import (
    add_evidence,
    change_evidence,
    remove_evidence,
)
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.actions.making import add_firm, make_firm
from govmatch.organisations.actions.members import (
    end_membership,
    hand_over_lead,
    invite_member,
    revoke_invitation,
)
from govmatch.organisations.actions.profile import save_profile

__all__ = [
    "add_evidence",
    "add_firm",
    "change_evidence",
    "close_firm",
    "end_membership",
    "hand_over_lead",
    "invite_member",
    "load_firm",
    "make_firm",
    "remove_evidence",
    "reopen_firm",
    "revoke_invitation",
    "save_profile",
]
