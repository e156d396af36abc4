"""When the phases of a programme fall, counted from the first day of a round.

A plan, never a rule: what holds for a challenge are its own dates. Days are days of the calendar;
weekends and holidays are not looked at.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from govmatch.kit.records import dataclass

CALL = "call"
"""The phase in which a challenge is open."""
SIFT = "sift"
"""The phase of the formal check and the reviews."""
INTERVIEW = "interview"
"""The phase of interviews and of the panel's joint decision."""
OPENS_AT = "09:00"
CLOSES_AT = "12:00"
"""Local times where a programme says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The instants of the open call, in UTC."""

    opens: datetime
    questions_until: datetime
    answers_by: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One phase: it ends on the day on which the next one begins."""

    id: str
    number: int
    names: Mapping[str, str]
    starts: date
    ends: date
    call: Call | None
    """Only for the phase `call`."""


def schedule(
    phases: Sequence[Mapping[str, Any]],
    *,
    starts: date,
    zone: str,
    fixed: Mapping[str, str] | None = None,
) -> list[Planned]:
    """Return every phase with its days, the first beginning on `starts`.

    `zone` is the one in which deadlines are told; `fixed` gives phases a first day of their own
    (ISO 8601), and what follows is counted from there.
    """
    found: list[Planned] = []
    day = starts
    for phase in phases:
        day = date.fromisoformat((fixed or {}).get(phase["id"], day.isoformat()))
        ends = day + timedelta(days=int(phase["days"]))
        found.append(
            Planned(
                id=phase["id"],
                number=int(phase.get("number", len(found))),
                names=phase.get("name", {}),
                starts=day,
                ends=ends,
                call=_call(phase, day, ZoneInfo(zone)) if phase["id"] == CALL else None,
            )
        )
        day = ends
    return found


def call_of(
    phases: Sequence[Mapping[str, Any]],
    *,
    starts: date,
    zone: str,
    fixed: Mapping[str, str] | None = None,
) -> Call | None:
    """Return when a challenge of a round would open and close; None without an open call."""
    planned = schedule(phases, starts=starts, zone=zone, fixed=fixed)
    return next((one.call for one in planned if one.call is not None), None)


def _call(phase: Mapping[str, Any], day: date, zone: ZoneInfo) -> Call:
    """Return the instants of a call that begins on a day; questions end with it where unsaid."""
    days = int(phase["days"])
    closes_at = phase.get("closes_at") or CLOSES_AT
    until = int(phase.get("questions_until_day") or days)
    answered = int(phase.get("answers_by_day") or days)
    return Call(
        opens=_instant(day, 0, phase.get("opens_at") or OPENS_AT, zone),
        questions_until=_instant(day, until, closes_at, zone),
        answers_by=_instant(day, answered, closes_at, zone),
        closes=_instant(day, days, closes_at, zone),
    )


def _instant(day: date, days: int, clock: str, zone: ZoneInfo) -> datetime:
    """Return the instant at which a clock on the wall shows a time so many days later.

    A time that clocks show twice is the later one, one that they skip the same time after it: no
    deadline comes earlier than it reads.
    """
    wall = datetime.combine(day + timedelta(days=days), time.fromisoformat(clock))
    later = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    earlier = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return max(earlier, later)
