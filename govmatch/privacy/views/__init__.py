"""The pages about one's own data, about periods of keeping, and who is responsible."""

from govmatch.privacy.views import erasure, export, ledger, responsible, retention

routes = [
    *ledger.routes,
    *export.routes,
    *erasure.routes,
    *retention.routes,
    *responsible.routes,
]
