"""The pages of decisions: for those who decide, and for the firms that are told."""

from govmatch.decisions.views import (
    answering,
    asking_back,
    bundle,
    cases,
    deciding,
    ending,
    firm_letters,
    outbox,
    proposal,
    reasons,
    successor,
)

routes = [
    *cases.routes,
    *proposal.routes,
    *reasons.routes,
    *successor.routes,
    *ending.routes,
    *bundle.routes,
    *outbox.routes,
    *deciding.routes,
    *firm_letters.routes,
    *asking_back.routes,
    *answering.routes,
]
