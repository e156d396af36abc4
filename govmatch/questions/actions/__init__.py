"""What can be done with questions: asked, taken back, answered, published, declined, corrected."""

from govmatch.questions.actions.answering import correct, decline, publish, save_draft
from govmatch.questions.actions.asking import ask, forget_asker, withdraw

__all__ = [
    "ask",
    "correct",
    "decline",
    "forget_asker",
    "publish",
    "save_draft",
    "withdraw",
]
