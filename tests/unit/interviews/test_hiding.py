"""From when on a reviewer reads names."""

from datetime import UTC, datetime, timedelta

import pytest

from govmatch.reviews.actions import has_declared_since

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = AT + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("declared", "shown", "reads"),
    [
        (None, None, False),
        (AT, None, False),
        (None, AT, False),
        (AT, LATER, False),
        (AT, AT, False),
        (LATER, AT, True),
    ],
)
def test_names_are_read_by_whoever_declared_after_they_were_revealed(
    declared: datetime | None, shown: datetime | None, reads: bool
) -> None:
    assert has_declared_since(declared, shown) is reads
