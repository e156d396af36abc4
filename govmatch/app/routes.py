"""Every route of the site, from every package's views, in the order in which they are tried."""

from importlib import import_module

from govmatch import printing
from govmatch.settings import Settings
from govmatch.web.routes import Route

PACKAGES = (
    "explore",
    "opendata",
    "challenges",
    "questions",
    "needs",
    "applications",
    "triage",
    "reviews",
    "interviews",
    "panels",
    "decisions",
    "pilots",
    "gatherings",
    "organisations",
    "programmes",
    "glossary",
    "following",
    "notifications",
    "accounts",
    "overview",
    "privacy",
    "dossiers",
)


def all_routes(settings: Settings) -> list[Route]:
    """Return the routes; those of the demonstration and of prints only where they may exist."""
    packages = (*PACKAGES, "demonstration") if settings.is_demo else PACKAGES
    found: list[Route] = []
    for name in packages:
        found += import_module(f"govmatch.{name}.views").routes
    # First, since a word of theirs stands where other addresses have a name.
    return [*_prints(found), *found] if printing.is_there() else found


def _prints(found: list[Route]) -> list[Route]:
    """Return what makes PDF files of the pages that are made for paper."""
    views = import_module("govmatch.printing.views")
    made: list[Route] = [*views.companions(found), *views.routes]
    return made
