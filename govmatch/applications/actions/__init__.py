"""The verbs of applications."""

from govmatch.applications.actions.drafting import (
    Saved,
    SectionConflict,
    Sent,
    save_section,
    start,
)
from govmatch.applications.actions.submitting import (
    Outcome,
    apply,
    gates_of,
    submit,
    withdraw,
    wrong_with,
)

__all__ = [
    "Outcome",
    "Saved",
    "SectionConflict",
    "Sent",
    "apply",
    "gates_of",
    "save_section",
    "start",
    "submit",
    "withdraw",
    "wrong_with",
]
