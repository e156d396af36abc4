"""Tables as workbooks (Office Open XML, ECMA-376): one sheet whose texts are never calculated.

A text stands in its cell as a string of its own (`t="inlineStr"`), which no spreadsheet takes for a
formula, whatever it begins with. Numbers and instants stay what they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from io import BytesIO
from itertools import product
from string import ascii_uppercase
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_767
"""Of one cell; a longer text is cut, as a spreadsheet would refuse the file."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet reads _x0041_ as the letter A; so that this text stays itself, its line is written.
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_MADE_AT = (2000, 1, 1, 0, 0, 0)
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>",
}
_BOLD, _INSTANT, _DATE = 1, 2, 3


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as a workbook with one sheet; None is an empty cell, instants are UTC.

    The first row stays in view while the others are scrolled. The same table gives the same bytes.
    """
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as folder:
        for path, text in _PARTS.items():
            folder.writestr(_file(path), _HEAD + text)
        folder.writestr(_file("xl/workbook.xml"), _HEAD + _workbook(name))
        with folder.open(_file("xl/worksheets/sheet1.xml"), "w") as sheet:
            for part in _sheet(head, rows):
                sheet.write(part.encode())
    return out.getvalue()


def _file(path: str) -> ZipInfo:
    made = ZipInfo(path, _MADE_AT)
    made.compress_type = ZIP_DEFLATED
    return made


def _workbook(name: str) -> str:
    called = re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{_text(called)}" sheetId="1" r:id="r1"/></sheets></workbook>'
    )


def _sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    letters = _letters(len(head))
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews><sheetData>"
    )
    named = zip(letters, head, strict=True)
    yield _row(1, "".join(_string(f"{letter}1", one, _BOLD) for letter, one in named))
    for number, row in enumerate(rows, start=2):
        cells = zip(letters, row, strict=True)
        yield _row(number, "".join(_cell(f"{letter}{number}", one) for letter, one in cells))
    yield "</sheetData></worksheet>"


def _letters(number: int) -> list[str]:
    """Return the names of the first columns: A to Z, AA to ZZ."""
    two = ["".join(pair) for pair in product(ascii_uppercase, repeat=2)]
    return [*ascii_uppercase, *two][:number]


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, datetime):
        return _number_of_day(place, value.astimezone(UTC), _INSTANT)
    if isinstance(value, date):
        midnight = datetime(value.year, value.month, value.day, tzinfo=UTC)
        return _number_of_day(place, midnight, _DATE)
    return _string(place, str(value), 0)


def _number_of_day(place: str, at: datetime, style: int) -> str:
    days = (at - _DAY_ZERO).total_seconds() / 86_400
    return f'<c r="{place}" s="{style}"><v>{days:.6f}</v></c>'


def _string(place: str, text: str, style: int) -> str:
    styled = f' s="{style}"' if style else ""
    inner = f'<is><t xml:space="preserve">{_text(text)}</t></is>'
    return f'<c r="{place}"{styled} t="inlineStr">{inner}</c>'


def _text(text: str) -> str:
    """Return a text as XML holds it, without what XML cannot hold."""
    kept = _CODE.sub("_x005F_", _UNPRINTABLE.sub(" ", text))[:MOST_CHARACTERS]
    return escape(kept).replace("\r", "&#13;")
