"""What a programme promises a firm that is not content: when its question about a letter is
answered, and what it can do after that.
"""

from collections.abc import Mapping
from typing import Any

DAYS_KEY, TEXT_KEY = "question_days", "remedies"
"""Their names among the programme's facts, and in its file."""
MOST_DAYS, USUAL_DAYS = 60, 14
LONGEST = 3_000


def days_to_answer(facts: Mapping[str, Any]) -> int:
    """Return in how many days of the calendar one question about a letter is answered."""
    found = facts.get(DAYS_KEY)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return found if is_number and isinstance(found, int) else USUAL_DAYS


def remedies(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return by language what a firm can do against a decision; empty where nothing is said."""
    found = facts.get(TEXT_KEY)
    if not isinstance(found, Mapping):
        return {}
    return {str(lang): str(text) for lang, text in found.items() if text}
