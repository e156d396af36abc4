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
from govmatch.organisations.queries.joining import (
    firms_of_colleagues,
    get_join_request,
    get_joinable_firm,
    join_requests_of,
    last_request,
    own_join_requests,
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
    "firms_of_colleagues",
    "firms_visible_to",
    "get_evidence",
    "get_invitation",
    "get_join_request",
    "get_joinable_firm",
    "get_member",
    "get_own_firm",
    "get_visible_firm",
    "invitations_of",
    "join_requests_of",
    "last_request",
    "listed_like",
    "members_of",
    "own_firms",
    "own_join_requests",
    "profile_of",
    "slug_is_taken",
    "topics_of",
    "visible_firms_among",
]
