"""The opening of applications, and the page on which a firm answers a formal request."""

from govmatch.triage.views import messages, opening, requests

routes = [*opening.routes, *requests.routes, *messages.routes]
