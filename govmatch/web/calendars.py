"""Calendar files (RFC 5545): instants in UTC, lines folded at 75 octets."""

from collections.abc import Iterable
from datetime import UTC, datetime

from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, text

_WRITTEN = dict.fromkeys((*range(32), 127), " ")
_WRITTEN |= {ord(mark): f"\\{mark}" for mark in "\\;,"} | {ord("\n"): "\\n"}
"""What stands for a character in a text."""


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One instant, or a span of time where `ends` is there.

    A changed one keeps its `uid` and raises its `sequence`. `organizer` is a name and an address of
    mail, which RFC 5546 asks for where a calendar has a method. `is_busy` says that it takes up the
    time of whoever keeps it, as a deadline does not.
    """

    uid: str
    sequence: int
    stamp: datetime
    at: datetime
    summary: str
    url: str
    ends: datetime | None = None
    location: str = ""
    description: str = ""
    status: str = ""
    """CONFIRMED or CANCELLED; empty where that does not apply."""
    organizer: tuple[str, str] = ("", "")
    is_busy: bool = False


def calendar(events: Iterable[CalendarEvent], *, name: str, method: str = "") -> Answer:
    """Return the events as one calendar file; `method` is PUBLISH or CANCEL (RFC 5546)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//govmatch//calendar//EN",
        "CALSCALE:GREGORIAN",
        *([f"METHOD:{method}"] if method else []),
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _lines(event)
    lines.append("END:VCALENDAR")
    return text("".join(_folded(line) for line in lines), "text/calendar")


def _lines(event: CalendarEvent) -> list[str]:
    """Return one entry; what it does not have is left out."""
    more = [
        (f"DTEND:{_instant(event.ends)}" if event.ends else ""),
        (f"LOCATION:{_escaped(event.location)}" if event.location else ""),
        (f"DESCRIPTION:{_escaped(event.description)}" if event.description else ""),
        (f"STATUS:{event.status}" if event.status else ""),
        _organizer(*event.organizer),
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_instant(event.stamp)}",
        f"LAST-MODIFIED:{_instant(event.stamp)}",
        f"DTSTART:{_instant(event.at)}",
        f"SUMMARY:{_escaped(event.summary)}",
        f"URL:{event.url}",
        *(line for line in more if line),
        "TRANSP:OPAQUE" if event.is_busy else "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _organizer(name: str, address: str) -> str:
    """Return the line of who holds it; in a quoted parameter a quotation mark cannot stand."""
    if not address:
        return ""
    said = "".join(c for c in name if c != '"' and c.isprintable())
    return f'ORGANIZER;CN="{said}":mailto:{address}' if said else f"ORGANIZER:mailto:{address}"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(value: str) -> str:
    """Return text as it stands in a value (RFC 5545, 3.3.11), without control characters."""
    return value.replace("\r\n", "\n").translate(_WRITTEN)


def _folded(line: str) -> str:
    """Return the line with CRLF, folded so that no part is longer than 75 octets."""
    octets = line.encode()
    if len(octets) <= 75:
        return line + "\r\n"
    parts, start, most = [], 0, 75
    while len(octets) - start > most:
        end = start + most
        while octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        parts.append(octets[start:end])
        start, most = end, 74
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode() + "\r\n"
