"""The verbs of reviews."""

from govmatch.reviews.actions.assigning import assign, move_due, set_aside, unassign
from govmatch.reviews.actions.clearing import clear_conflict
from govmatch.reviews.actions.conflicts import declare_conflict, find_conflict, settle
from govmatch.reviews.actions.declaring import declare
from govmatch.reviews.actions.dropping_out import drop_out
from govmatch.reviews.actions.freezing import freeze, thaw
from govmatch.reviews.actions.hiding import has_declared_since, is_blind
from govmatch.reviews.actions.naming import Known, name_expertise
from govmatch.reviews.actions.proposing import (
    Wish,
    drop,
    fail_proposal,
    keep_proposal,
    leave_out,
    propose,
    put_in,
    take_over,
)
from govmatch.reviews.actions.reminding import PAUSE, end_left_behind, remind, remind_now
from govmatch.reviews.actions.revealing import read_names, reveal
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
from govmatch.reviews.actions.suspecting import (
    clear_suspicion,
    confirm_suspicion,
    suspect,
    suspect_changed,
)

__all__ = [
    "LONGEST",
    "PAUSE",
    "Known",
    "Sheet",
    "Wish",
    "abstain",
    "assign",
    "clear_conflict",
    "clear_suspicion",
    "confirm_suspicion",
    "content_hash",
    "declare",
    "declare_conflict",
    "drop",
    "drop_out",
    "end_left_behind",
    "fail_proposal",
    "faults",
    "find_conflict",
    "freeze",
    "has_declared_since",
    "is_blind",
    "keep_proposal",
    "leave_out",
    "move_due",
    "name_expertise",
    "propose",
    "put_in",
    "read_names",
    "remind",
    "remind_now",
    "reveal",
    "save",
    "set_aside",
    "settle",
    "sheet_of",
    "submit",
    "suspect",
    "suspect_changed",
    "take_over",
    "take_up",
    "thaw",
    "unassign",
]
