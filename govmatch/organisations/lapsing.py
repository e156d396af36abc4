"""When a firm is reminded that a piece of evidence lapses: two months before, two weeks, after.

Two months, since a certificate or an auditor's report takes about as long to renew; two weeks, for
what is written within days; the day after the last one, when it counts as missing.
"""

from datetime import date

FIRST, SECOND, AFTER = 60, 14, -1
MARKS = (FIRST, SECOND, AFTER)
"""Days before the last day, the earliest reminder first."""
FORGOTTEN = 30
"""Days after the last day; what lapsed longer ago than that nobody is told of any more."""


def mark_of(valid_until: date, *, today: date) -> int | None:
    """Return the latest mark that a last day has passed on this day, None before the first."""
    left = (valid_until - today).days
    return min((mark for mark in MARKS if left <= mark), default=None)


def is_due(valid_until: date, told_days: int | None, *, today: date) -> bool:
    """True where a reminder is due that was not sent yet; what is skipped is not made up for."""
    mark = mark_of(valid_until, today=today)
    return mark is not None and (told_days is None or mark < told_days)
