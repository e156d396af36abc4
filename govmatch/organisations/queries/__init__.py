"""What there is of authorities and firms."""

from govmatch.organisations.queries.firms import (
    evidence_in_date,
    evidence_of,
    firms_by_ids,
    firms_visible_to,
    get_evidence,
    get_own_firm,
    get_visible_firm,
    listed_like,
    own_firms,
    profile_of,
    slug_is_taken,
    topics_of,
    visible_firms_among,
)
from govmatch.organisations.queries.members import (
    Member,
    get_invitation,
    get_member,
    invitations_of,
    members_of,
)

__all__ = [
    "Member",
    "evidence_in_date",
    "evidence_of",
    "firms_by_ids",
    "firms_visible_to",
    "get_evidence",
    "get_invitation",
    "get_member",
    "get_own_firm",
    "get_visible_firm",
    "invitations_of",
    "listed_like",
    "members_of",
    "own_firms",
    "profile_of",
    "slug_is_taken",
    "topics_of",
    "visible_firms_among",
]
