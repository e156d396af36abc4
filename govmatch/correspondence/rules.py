"""What a message may be. Who may write in a thread, the package of its subject says."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.kit.i18n import Message, msg

MOST_CHARACTERS = 5_000
MOST_AN_HOUR = 30
"""By one person; enough for a conversation, too little for flooding somebody's inbox."""


class Side(StrEnum):
    FIRM = "firm"
    AUTHORITY = "authority"


def wrong_with(text: str) -> Mapping[str, Message]:
    """Return by field what keeps a text from being sent."""
    if not text.strip():
        return {"text": msg("Please write a message.")}
    if len(text) > MOST_CHARACTERS:
        return {"text": msg("Please use at most {limit} characters.", limit=MOST_CHARACTERS)}
    return {}
