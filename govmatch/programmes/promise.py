"""What a programme promises firms: in how many days from the deadline they have the decision."""

from collections.abc import Mapping
from typing import Any

KEY = "decision_days"
"""Its name among the programme's facts, and in its file."""
MOST = 730


def days_promised(facts: Mapping[str, Any]) -> int | None:
    """Return the days of the calendar from the deadline to the decision; None without a promise."""
    found = facts.get(KEY)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
