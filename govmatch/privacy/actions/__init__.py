"""The verbs of copies, erasures, and of deleting what was kept for its time."""

from govmatch.privacy.actions.emptying import empty_application, empty_case
from govmatch.privacy.actions.erasing import (
    ask_erasure,
    finish_erasure,
    order_erasure,
    take_back,
    warn_idle,
)
from govmatch.privacy.actions.exporting import ask_export, let_go, note_made, note_taken
from govmatch.privacy.actions.retaining import run
from govmatch.privacy.actions.sharing import end_sharing

__all__ = [
    "ask_erasure",
    "ask_export",
    "empty_application",
    "empty_case",
    "end_sharing",
    "finish_erasure",
    "let_go",
    "note_made",
    "note_taken",
    "order_erasure",
    "run",
    "take_back",
    "warn_idle",
]
