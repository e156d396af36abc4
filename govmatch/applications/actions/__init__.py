"""The verbs of applications."""

from govmatch.applications.actions.checking import gates_of, says_the_same, wrong_with
from govmatch.applications.actions.confirming import confirm
from govmatch.applications.actions.drafting import (
    Saved,
    SectionConflict,
    Sent,
    save_section,
    start,
)
from govmatch.applications.actions.held_files import held_files
from govmatch.applications.actions.submitting import Outcome, apply, submit, withdraw
from govmatch.applications.actions.writing import note_writing, stop_writing

__all__ = [
    "Outcome",
    "Saved",
    "SectionConflict",
    "Sent",
    "apply",
    "confirm",
    "gates_of",
    "held_files",
    "note_writing",
    "save_section",
    "says_the_same",
    "start",
    "stop_writing",
    "submit",
    "withdraw",
    "wrong_with",
]
