"""Calendar files (RFC 5545): instants in UTC, lines folded at 75 octets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from govmatch.web.answers import Answer, text


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One instant; a changed one keeps its `uid` and raises its `sequence`."""

    uid: str
    sequence: int
    stamp: datetime
    at: datetime
    summary: str
    url: str


def calendar(events: Iterable[CalendarEvent], *, name: str) -> Answer:
    """Return the events as one calendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//govmatch//calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"SEQUENCE:{event.sequence}",
            f"DTSTAMP:{_instant(event.stamp)}",
            f"DTSTART:{_instant(event.at)}",
            f"SUMMARY:{_escaped(event.summary)}",
            f"URL:{event.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return text("".join(_folded(line) for line in lines), "text/calendar")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(value: str) -> str:
    for mark, stands in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        value = value.replace(mark, stands)
    return value


def _folded(line: str) -> str:
    """Return the line with CRLF, folded so that no part is longer than 75 octets."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > (75 if not parts else 74):
            parts.append(part)
            part = b""
        part += octets
    parts.append(part)
    return b"\r\n ".join(parts).decode() + "\r\n"
