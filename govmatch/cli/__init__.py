"""The commands. Each reads the settings once and passes them down; nothing else reads them.

Loading every command loads the whole of govmatch; so only the module of the command that is asked
for is loaded, and all of them for help.
"""

from collections.abc import Sequence
from importlib import import_module

from govmatch.cli.base import app

MODULES = {
    "audit": "audit",
    "content": "content",
    "demo": "demo",
    "index": "index",
    "migrate": "serving",
    "receipt": "receipts",
    "search": "index",
    "serve": "serving",
    "settings": "tell",
    "user": "people",
    "worker": "serving",
}


def run(words: Sequence[str]) -> None:
    """Run the command that the words name."""
    named = MODULES.get(words[0]) if words else None
    for module in [named] if named else sorted(set(MODULES.values())):
        import_module(f"govmatch.cli.{module}")
    app(list(words))
