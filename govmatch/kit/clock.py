"""Two clocks: the site's `now`, which a demonstration may move on, and the machine's."""

from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    """Return the machine's time in UTC: for sessions, links, codes, limits, jobs and leases."""
    return datetime.now(UTC)


def site_now(offset_seconds: int) -> datetime:
    """Return the time of actions, rules, queries and journal; the offset is 0 in production."""
    return real_now() + timedelta(seconds=offset_seconds)
