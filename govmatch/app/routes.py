"""Every route of the site, from every package's views, in the order in which they are tried."""

from importlib import import_module

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
    """Return the routes; those of the demonstration only where it may exist."""
    packages = (*PACKAGES, "demonstration") if settings.is_demo else PACKAGES
    found: list[Route] = []
    for name in packages:
        found += import_module(f"govmatch.{name}.views").routes
    return found
