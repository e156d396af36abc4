"""Having a page made a PDF, beside the page itself, and taking it."""

from govmatch.printing.views import taking
from govmatch.printing.views.ordering import companions

__all__ = ["companions", "routes"]

routes = taking.routes
