"""The moment at which a test begins: for each the same, that at which all were collected.

Worlds and modules of tests keep `NOW = real_now()` from when they were imported, and the site asks
for the time anew. A whole run takes an hour, and may pass midnight: without this, the last tests
would have an old `NOW` beside a new day, and a deadline of half an hour would be over.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from govmatch.kit import clock


class Clock:
    """What `kit.clock` reads in place of the machine's time; it ticks as that does."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)
        self._start = self.now(UTC)

    def now(self, zone: tzinfo | None) -> datetime:
        return datetime.now(zone) + self._ahead

    def keep(self) -> None:
        """Make now the moment at which tests begin."""
        self._start = self.now(UTC)

    def begin(self) -> None:
        """Let it be that moment again."""
        self._ahead = self._start - datetime.now(UTC)

    def follow(self) -> None:
        """Let it be what the machine's clock says, as other processes read it."""
        self._ahead = timedelta(0)


def install() -> Clock:
    """Return the clock that `real_now` goes by from now on."""
    made = Clock()
    clock.datetime = made  # type: ignore[assignment, attr-defined]
    return made
