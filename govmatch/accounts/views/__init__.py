"""Pages of sign-in, account and invitations."""

from govmatch.accounts.views import (
    account,
    address,
    factor,
    fresh,
    invitations,
    login,
    register,
    sessions,
)

routes = [
    *login.routes,
    *register.routes,
    *factor.routes,
    *account.routes,
    *address.routes,
    *fresh.routes,
    *sessions.routes,
    *invitations.routes,
]
