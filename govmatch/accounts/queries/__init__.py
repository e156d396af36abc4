"""Who there is, what they hold, where they are signed in, what waits for them."""

from govmatch.accounts.queries.holding import (
    Holder,
    actor_of,
    has_other_holder,
    holders,
    people_with_roles,
    role_by_id,
    role_history,
    role_in_force,
    roles_in_force,
    roles_of,
)
from govmatch.accounts.queries.inviting import (
    invitation_by_public_id,
    open_invitation,
    open_invitations,
)
from govmatch.accounts.queries.people import about, by_email, by_id, by_public_id
from govmatch.accounts.queries.signing_in import (
    OpenLink,
    link_request_id,
    live_session,
    live_sessions,
    open_link,
    recovery_codes_left,
    session_by_id,
    uses_shared_device,
)

__all__ = [
    "Holder",
    "OpenLink",
    "about",
    "actor_of",
    "by_email",
    "by_id",
    "by_public_id",
    "has_other_holder",
    "holders",
    "invitation_by_public_id",
    "link_request_id",
    "live_session",
    "live_sessions",
    "open_invitation",
    "open_invitations",
    "open_link",
    "people_with_roles",
    "recovery_codes_left",
    "role_by_id",
    "role_history",
    "role_in_force",
    "roles_in_force",
    "roles_of",
    "session_by_id",
    "uses_shared_device",
]
