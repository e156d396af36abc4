"""What the pages of reviews send: ties, points, assignments."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from govmatch.kit.records import dataclass
from govmatch.reviews import scoring
from govmatch.reviews.actions import LONGEST, Sheet
from govmatch.reviews.models import Confidence
from govmatch.web.fields import Form, Reader, filled

LONGEST_TIES = 3000
LONGEST_WHY = 1000
MOST_FIRMS = 100

_POINTS = [str(points) for points in scoring.POINTS]


@dataclass(frozen=True)
class Ties:
    """What a declaration says; `firms` are slugs of the directory."""

    firms: list[str]
    other_ties: str


def read_ties(reader: Reader, known: Sequence[str], *, is_first: bool) -> Ties:
    """Read a declaration; at the first one both statements have to be confirmed."""
    firms = reader.several("firms", known)
    words = reader.text("other_ties", limit=LONGEST_TIES, required=False, lines=True)
    if is_first:
        reader.yes("confidential", required=True)
        reader.yes("impartial", required=True)
    return Ties(firms, words)


def read_sheet(reader: Reader, criteria: Sequence[scoring.Weighed]) -> Sheet:
    """Read points and words; what is missing is not wrong, since a draft may be unfinished."""
    points: dict[str, int | None] = {}
    comments: dict[str, str] = {}
    left: dict[str, str] = {}
    for one in criteria:
        chosen = reader.choice(f"points-{one.id}", _POINTS, required=False)
        points[one.id] = int(chosen) if chosen else None
        text = reader.text(f"comment-{one.id}", limit=LONGEST, required=False, lines=True)
        if text:
            comments[one.id] = text
        if why := reader.text(f"left-{one.id}", limit=LONGEST_WHY, required=False, lines=True):
            left[one.id] = why
    return Sheet(
        points,
        comments,
        reader.text("comment", limit=LONGEST, required=False, lines=True),
        reader.text("private_note", limit=LONGEST, required=False, lines=True),
        left,
        reader.choice("confidence", list(Confidence), required=False),
    )


def sheet_form(sheet: Sheet) -> Form:
    """Return the form that shows what is kept of a review."""
    values: dict[str, str | list[str]] = {
        "comment": sheet.comment,
        "private_note": sheet.private_note,
        "confidence": sheet.confidence,
    }
    for criterion, points in sheet.points.items():
        values[f"points-{criterion}"] = "" if points is None else str(points)
    for criterion, text in sheet.comments.items():
        values[f"comment-{criterion}"] = text
    for criterion, why in sheet.left.items():
        values[f"left-{criterion}"] = why
    return filled(values)


def read_due(reader: Reader, zone: str) -> datetime | None:
    """Return the last minute of the chosen day in `zone`, in UTC."""
    day = reader.day("due")
    if day is None:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def due_day(at: datetime, zone: str) -> str:
    """Return an instant as a date field takes it."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
