"""The dates of a challenge's files: as they stand there, or shifted for a demonstration."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from govmatch.challenges.content.whole import FromFiles
from govmatch.challenges.statement import Statement
from govmatch.kit.records import dataclass

DATES = ("opens", "questions_until", "closes")


@dataclass(frozen=True, slots=True)
class Shifted:
    """A statement with the dates of a demonstration, and when it is published there."""

    statement: Statement
    publish: datetime


def shifted(found: FromFiles, demo: Mapping[str, int], now: datetime) -> Shifted:
    """Return the statement with its dates so many days from today, at the file's local times."""
    statement = found.statement
    zone = ZoneInfo(statement.zone)
    moved = with_dates(
        statement,
        {key: _on_day(_date(statement, key), demo[key], zone, now) for key in DATES},
    )
    return Shifted(moved, _on_day(_date(statement, "opens"), demo["publish"], zone, now))


def with_dates(statement: Statement, dates: Mapping[str, datetime | None]) -> Statement:
    """Return the statement with these of its three dates."""
    return replace(
        statement,
        opens=dates.get("opens", statement.opens),
        questions_until=dates.get("questions_until", statement.questions_until),
        closes=dates.get("closes", statement.closes),
    )


def _date(statement: Statement, key: str) -> datetime:
    found = getattr(statement, key)
    assert isinstance(found, datetime)  # what has faults is not loaded
    return found


def _on_day(instant: datetime, days: int, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date() + timedelta(days=days)
    wall = instant.astimezone(zone).time()
    return datetime.combine(day, wall, zone).astimezone(UTC)


def source_facts(found: FromFiles, *, is_shifted: bool) -> dict[str, Any]:
    """Return what a challenge keeps of its files beyond its columns.

    `shifted` is true while its dates are those of a demonstration instead of the files'.
    """
    approval = found.approval
    return {
        **{key: _date(found.statement, key).isoformat() for key in DATES},
        "demo": dict(found.demo) if found.demo else None,
        "shifted": is_shifted,
        "approved": {"by": approval.by, "on": approval.on.isoformat()} if approval else None,
        "amendment": dict(found.amendment) or None,
    }


def with_kept_dates(found: FromFiles, facts: Mapping[str, Any], present: Statement) -> Statement:
    """Return what the files say, with the present dates wherever the files did not change theirs.

    So neither a demonstration's dates nor a deadline that an amendment moved are taken back.
    """
    kept = {
        key: getattr(present, key)
        for key in DATES
        if facts.get(key) == _date(found.statement, key).isoformat()
    }
    return with_dates(found.statement, kept)
