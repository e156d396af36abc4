"""What is typed at the desk: clean values, or a message for each field that is not right."""

from govmatch.challenges.forms.drafting import NewDraft, key_of, read_draft
from govmatch.challenges.forms.editor import Choices, read_statement, shown
from govmatch.challenges.forms.questions import KINDS, SLOTS

__all__ = [
    "KINDS",
    "SLOTS",
    "Choices",
    "NewDraft",
    "key_of",
    "read_draft",
    "read_statement",
    "shown",
]
