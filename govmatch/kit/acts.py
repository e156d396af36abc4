"""What somebody did, found by the columns that keep who and when; for copies of personal data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from govmatch.kit.db import ReadSession

Who = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
When = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


def acts_of(
    session: ReadSession, person_id: int, columns: Mapping[str, tuple[Who, When]]
) -> dict[str, list[str | None]]:
    """Return by what it was the instants at which a person did it, without what it was about.

    For acts of staff in cases of others: that they did it is theirs, what it says is not.
    """
    found: dict[str, list[str | None]] = {}
    for name, (who, when) in columns.items():
        rows: Any = session.scalars(select(when).where(who == person_id).order_by(when))
        instants = [one.isoformat() if one is not None else None for one in rows]
        if instants:
            found[name] = instants
    return found
