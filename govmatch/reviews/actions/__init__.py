"""The verbs of reviews."""

from govmatch.reviews.actions.assigning import assign, is_blind, move_due, set_aside, unassign
from govmatch.reviews.actions.clearing import clear_conflict
from govmatch.reviews.actions.conflicts import declare_conflict, find_conflict, settle
from govmatch.reviews.actions.declaring import declare
from govmatch.reviews.actions.freezing import freeze, thaw
from govmatch.reviews.actions.reminding import end_left_behind, remind
from govmatch.reviews.actions.scoring import (
    LONGEST,
    Sheet,
    abstain,
    content_hash,
    faults,
    save,
    sheet_of,
    submit,
    take_up,
)

__all__ = [
    "LONGEST",
    "Sheet",
    "abstain",
    "assign",
    "clear_conflict",
    "content_hash",
    "declare",
    "declare_conflict",
    "end_left_behind",
    "faults",
    "find_conflict",
    "freeze",
    "is_blind",
    "move_due",
    "remind",
    "save",
    "set_aside",
    "settle",
    "sheet_of",
    "submit",
    "take_up",
    "thaw",
    "unassign",
]
