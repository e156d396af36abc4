"""Tables for spreadsheets: CSV that opens as it is meant, and runs nothing."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from unicodedata import normalize

CSV = "text/csv; charset=utf-8"

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV (RFC 4180); None is an empty cell.

    Texts that a spreadsheet would calculate get an apostrophe before them; numbers do not.
    Instants stand in UTC (RFC 3339), days as YYYY-MM-DD.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_cell(one) for one in head])
    writer.writerows([_cell(one) for one in row] for row in rows)
    return (_MARK + out.getvalue()).encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    text = str(value)
    return f"'{text}" if _runs(text) else text


def _runs(text: str) -> bool:
    """True where a text would be calculated: some trim it, and some read wide letters as plain."""
    return text.startswith(_RUNS) or normalize("NFKC", text.lstrip()[:1]).startswith(_RUNS)
