"""Pages of what somebody follows: with an account, and by the links of mails."""

from govmatch.following.views import confirming, ending, own

routes = [*own.routes, *confirming.routes, *ending.routes]
