"""What hosts and people who come do with gatherings."""

from govmatch.gatherings.actions.afterwards import (
    MAX_FILE_MB,
    MOST_PAPERS,
    MOST_RECORDINGS,
    Recording,
    add_paper,
    keep_notes,
    note_attendance,
    remove_paper,
)
from govmatch.gatherings.actions.erasing import erase_needs, erase_without_account, forget_person
from govmatch.gatherings.actions.planning import cancel, create, delete, publish, save
from govmatch.gatherings.actions.registering import (
    Wish,
    ask,
    change,
    choose_shown,
    confirm,
    give_up,
    register,
    remove,
)

__all__ = [
    "MAX_FILE_MB",
    "MOST_PAPERS",
    "MOST_RECORDINGS",
    "Recording",
    "Wish",
    "add_paper",
    "ask",
    "cancel",
    "change",
    "choose_shown",
    "confirm",
    "create",
    "delete",
    "erase_needs",
    "erase_without_account",
    "forget_person",
    "give_up",
    "keep_notes",
    "note_attendance",
    "publish",
    "register",
    "remove",
    "remove_paper",
    "save",
]
