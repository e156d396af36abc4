"""The page of a file of a case: everything that is in the data, to be read and printed anywhere.

It needs nothing but itself: no style, script or picture from elsewhere, and no site.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from govmatch.dossiers.labels import LEFT_TO_THE_DATA, label_of
from govmatch.dossiers.values import Known, part_of
from govmatch.dossiers.values import said as said_of
from govmatch.dossiers.words import LEFT_TO_THE_DATA as LEFT_OUT_TABLES
from govmatch.dossiers.words import title_of
from govmatch.kit.formats import date_text, datetime_text, number_text
from govmatch.kit.i18n import Lang, msg, say

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h2 { border-top: 2px solid #667; margin-top: 3rem; padding-top: 1rem }
h3 { margin-top: 2rem } h4 { margin-bottom: .3rem }
dl { border-left: 3px solid #9aa; margin: 0 0 1rem; padding-left: 1rem }
dt { font-weight: 600 } dd { margin: 0 0 .4rem; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } caption { font-weight: 600; text-align: left }
th, td { border-bottom: 1px solid #9aa; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
pre, .text { white-space: pre-wrap; font: inherit; overflow-wrap: anywhere }
code { font-size: .85em; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
"""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?\+00:00$")
_DECIMAL = re.compile(r"-?\d+\.\d{4}$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_YES, _NO, _SITE = msg("yes"), msg("no"), msg("the site itself")
_SUMMARY, _ELSEWHERE = msg("Summary"), msg("outside this case")
_PARTS = frozenset({"changed", "field"})
_BY_CRITERION = frozenset({"criterion_means", "reasons"})
"""What is told for each criterion, by its id."""


class Words:
    """How values are written on one page: its language, the zone of its case, who is who."""

    def __init__(
        self,
        lang: Lang,
        zone: str,
        people: Mapping[int, str],
        firms: Mapping[int, str],
        known: Known | None = None,
    ) -> None:
        self.lang, self.zone, self._people, self._firms = lang, zone, people, firms
        self._known = known or Known()

    def say(self, message: Any) -> str:
        return escape(say(message, self.lang))

    def at(self, instant: datetime | None) -> str:
        return escape(datetime_text(instant, self.lang, self.zone)) if instant else "–"

    def who(self, number: int | None) -> str:
        """Return a person's name; who was erased keeps a number alone."""
        if number is None:
            return self.say(_SITE)
        return escape(self._people.get(number) or f"#{number}")

    def value(
        self, name: str, value: Any, target: str | None = None, *, table: str = "", within: str = ""
    ) -> str:
        """Return a value of a column; `target` is the table that a number leads to."""
        if target is not None and isinstance(value, int):
            return self._thing(target, value)
        if isinstance(value, Mapping):
            return _list(
                f"<dt>{self.label(str(key), within=name)}</dt>"
                f"<dd>{self.value(str(key), one, within=name)}</dd>"
                for key, one in value.items()
                if not _is_empty(one)
            )
        if name == "editors" and isinstance(value, Sequence):
            return ", ".join(self.who(one) for one in value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            parts = [self.value(name, one, table=table, within=within) for one in value]
            return "".join(parts) if any("<dl>" in one for one in parts) else ", ".join(parts)
        return self._plain(name, value, table, within)

    def _thing(self, table: str, number: int) -> str:
        if table == "people":
            return self.who(number)
        if table == "firms":
            return escape(self._firms.get(number) or f"#{number}")
        found = self._known.things.get((table, number))
        return self.say(_ELSEWHERE) if found is None else escape(found)

    def _plain(self, name: str, value: Any, table: str, within: str) -> str:
        if isinstance(value, bool):
            return self.say(_YES if value else _NO)
        if isinstance(value, float):
            return escape(number_text(round(value, 2), self.lang))
        text = str(value)
        if name in _PARTS:
            return self.say(part_of(text) or text)
        return self._dated(text) or self.say(
            said_of(text, name, table=table, within=within, known=self._known, lang=self.lang)
        )

    def _dated(self, text: str) -> str:
        """Return an instant, a day or an amount as people write it; nothing for other texts."""
        if _INSTANT.match(text):
            return self.at(datetime.fromisoformat(text))
        if _DAY.match(text):
            return escape(date_text(date.fromisoformat(text), self.lang, self.zone))
        return escape(number_text(Decimal(text), self.lang)) if _DECIMAL.match(text) else ""

    def label(self, name: str, *, within: str = "") -> str:
        """Return what a key is called; one that has no name yet is shown as it stands."""
        if within in _BY_CRITERION and name in self._known.criteria:
            return escape(self._known.criteria[name])
        return self.say(label_of(name) if name else _SUMMARY)


def _list(rows: Iterable[str]) -> str:
    inside = "".join(rows)
    return f"<dl>{inside}</dl>" if inside else ""


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | Sequence | Mapping) and not value)


def group(
    words: Words,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    targets: Mapping[str, str],
    level: int,
) -> str:
    """Return the rows of one table under its name; `targets` says where numbers lead to."""
    if not rows or table in LEFT_OUT_TABLES:
        return ""
    title = escape(title_of(table, words.lang))
    return f"<h{level}>{title}</h{level}>{told_rows(words, table, rows, targets=targets)}"


def told_rows(
    words: Words, table: str, rows: Iterable[Mapping[str, Any]], *, targets: Mapping[str, str]
) -> str:
    """Return rows without a heading, each as a list of what it says."""
    return "".join(
        _list(
            f"<dt>{words.label(name, within=table)}</dt>"
            f"<dd>{words.value(name, value, targets.get(name), table=table)}</dd>"
            for name, value in row.items()
            if name not in LEFT_TO_THE_DATA and not _is_empty(value)
        )
        for row in rows
    )


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose rows are named by their first cell; everything is HTML already."""
    columns = "".join(f'<th scope="col">{one}</th>' for one in head)
    inside = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{one}</td>" for one in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{inside}</tbody></table>"
    )


def document(title: str, lead: Iterable[str], body: Iterable[str], lang: Lang) -> str:
    """Return a whole page; the title is plain text, the rest is HTML already."""
    said = "".join(f"<p>{one}</p>" for one in lead)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{said}{''.join(body)}</main></body></html>\n"
    )
