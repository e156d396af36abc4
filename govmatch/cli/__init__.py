"""The commands. Each reads the settings once and passes them down; nothing else reads them."""

from govmatch.cli import audit, content, demo, index, people, serving, tell
from govmatch.cli.base import app

__all__ = ["app", "audit", "content", "demo", "index", "people", "serving", "tell"]
