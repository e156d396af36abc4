"""The commands. Each reads the settings once and passes them down; nothing else reads them.

Loading every command loads the whole of govmatch; so only the module of the command that is asked
for is loaded, and all of them for help.
"""

import gc
from collections.abc import Sequence
from importlib import import_module

MODULES = {
    "audit": "audit",
    "content": "content",
    "demo": "demo",
    "dossier": "dossiers",
    "index": "index",
    "match": "match",
    "migrate": "background",
    "personal": "privacy",
    "receipt": "receipts",
    "retention": "privacy",
    "search": "index",
    "serve": "site",
    "settings": "tell",
    "user": "people",
    "worker": "background",
}


def run(words: Sequence[str]) -> None:
    """Run the command that the words name."""
    # What is loaded stays; looking for garbage in it would take a fifth of the start.
    gc.disable()
    from govmatch.cli.base import app  # noqa: PLC0415

    named = MODULES.get(words[0]) if words else None
    for module in [named] if named else sorted(set(MODULES.values())):
        import_module(f"govmatch.cli.{module}")
    gc.enable()
    app(list(words))
