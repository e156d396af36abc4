"""What is typed at the desk: clean values, or a message for each field that is not right."""

from govmatch.challenges.forms.drafting import NewDraft, key_of, read_draft
from govmatch.challenges.forms.editor import Choices, read_statement, shown
from govmatch.challenges.forms.papers import Place, held_ids, places, read_papers
from govmatch.challenges.forms.questions import KINDS, SLOTS
from govmatch.challenges.forms.sections import (
    field_of_piece,
    read_section,
    read_translation,
    shown_section,
)

__all__ = [
    "KINDS",
    "SLOTS",
    "Choices",
    "NewDraft",
    "Place",
    "field_of_piece",
    "held_ids",
    "key_of",
    "places",
    "read_draft",
    "read_papers",
    "read_section",
    "read_statement",
    "read_translation",
    "shown",
    "shown_section",
]
