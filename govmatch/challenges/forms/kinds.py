"""What only some kinds of questions have, as fields of the editor: bounds, options, columns.

A field that was not on the page changes nothing: the page shows those of the kind that a question
had when it was made, and files may say more of a question than any field does.
"""

from collections.abc import Collection, Mapping
from typing import Any

from govmatch.challenges.addresses import slug_for
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import PROFILE, Kind
from govmatch.questionnaires.limits import (
    MAX_ANSWER,
    MAX_COLUMNS,
    MAX_DECIMALS,
    MAX_FILE_MB,
    MAX_FILES,
    MAX_LABEL,
    MAX_OPTIONS,
    MAX_ROWS,
    MAX_WORDS,
)
from govmatch.questionnaires.numbers import kept_number
from govmatch.web.fields import Reader
from govmatch.web.visit import Values

OWN: Mapping[str, tuple[str, ...]] = {
    Kind.TEXT: ("max_words", "max_chars", "profile"),
    Kind.LONG_TEXT: ("max_words", "profile"),
    Kind.NUMBER: ("minimum", "maximum", "decimals", "unit"),
    Kind.MONEY: ("minimum", "maximum"),
    Kind.DATE: ("minimum", "maximum"),
    Kind.CHOICE: ("options",),
    Kind.SEVERAL: ("options", "minimum", "maximum"),
    Kind.FILE: ("accept", "max_mb", "maximum"),
    Kind.EMAIL: ("receipt_copy",),
    Kind.TABLE: ("minimum", "maximum", "columns"),
}
"""Which fields the editor shows for a kind, beside those of every question."""

COLUMNS = range(1, MAX_COLUMNS + 1)
COLUMN_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE)
"""What a column can be made to hold here; files can also make one of options."""
MOST_OPTIONS = 4_000
_COUNTS = {Kind.SEVERAL: MAX_OPTIONS, Kind.FILE: MAX_FILES, Kind.TABLE: MAX_ROWS}
_WHOLE = {
    "max_words": MAX_WORDS,
    "max_chars": MAX_ANSWER,
    "decimals": MAX_DECIMALS,
    "max_mb": MAX_FILE_MB,
}


@dataclass(frozen=True)
class One:
    """One question as it is read; `kept` is what it said before, where its kind stays."""

    reader: Reader
    values: Values
    name: str
    kind: str
    kept: Mapping[str, Any]

    def field(self, key: str) -> str:
        return f"{self.name}-{key}"

    def has(self, key: str) -> bool:
        field = self.field(key)
        return any(name == field or name.startswith(f"{field}-") for name in self.values.fields)


def read_own(one: One) -> dict[str, Any]:
    """Return what the fields of this kind say; None for what was left empty."""
    found: dict[str, Any] = {}
    for key in OWN.get(one.kind, ()):
        if key == "columns":
            columns = read_columns(one)
            found |= {"columns": columns} if columns or not one.kept.get("columns") else {}
        elif key == "receipt_copy":
            found[key] = bool(one.values.one(one.field(key))) or None
        elif one.has(key):
            found[key] = _value(one, key)
    return found


def _value(one: One, key: str) -> Any:
    if key == "options":
        return read_options(one)
    if key == "profile":
        return one.reader.choice(one.field(key), [*PROFILE], required=False) or None
    if key == "unit":
        return texts(one.reader, one.field(key), 40)
    if key == "accept":
        given = one.reader.text(one.field(key), limit=200, required=False)
        return [part.strip(". ").lower() for part in given.split(",") if part.strip(". ")]
    if key in _WHOLE:
        low = 0 if key == "decimals" else 1
        return one.reader.integer(one.field(key), low=low, high=_WHOLE[key], required=False)
    return _bound(one, key)


def _bound(one: One, key: str) -> Any:
    """Return a bound in the form that its kind has: a day, a count, or a figure as text."""
    if one.kind == Kind.DATE:
        day = one.reader.day(one.field(key), required=False)
        return day.isoformat() if day else None
    if one.kind in _COUNTS:
        high = _COUNTS[Kind(one.kind)]
        return one.reader.integer(one.field(key), low=1, high=high, required=False)
    text = one.reader.text(one.field(key), limit=30, required=False)
    figure = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if text and kept_number(figure) is None:
        one.reader.wrong(
            one.field(key),
            msg("Please write a number such as 1500 or 0.5, without thousands marks."),
        )
    return figure or None


def texts(reader: Reader, name: str, limit: int) -> dict[str, str]:
    given = {lang: reader.text(f"{name}-{lang}", limit=limit, required=False) for lang in LANGUAGES}
    return {lang: text for lang, text in given.items() if text}


def read_options(one: One) -> list[dict[str, Any]]:
    """Return one option a line; the same line in each language is the same option.

    An option keeps its value as long as one of its labels stays.
    """
    name, reader = one.field("options"), one.reader
    lines = {
        lang: [line.strip() for line in text.split("\n") if line.strip()]
        for lang in LANGUAGES
        if (text := reader.text(f"{name}-{lang}", limit=MOST_OPTIONS, required=False, lines=True))
    }
    most = max((len(found) for found in lines.values()), default=0)
    for lang, found in lines.items():
        if len(found) != most:
            reader.wrong(
                f"{name}-{lang}", msg("Write as many options here as in the other languages.")
            )
    old = {
        (lang, label): option["value"]
        for option in one.kept.get("options", ())
        for lang, label in option["label"].items()
    }
    options: list[dict[str, Any]] = []
    for place in range(most):
        label = {lang: found[place] for lang, found in lines.items() if place < len(found)}
        used = {option["value"] for option in options}
        value = next((old[pair] for pair in label.items() if pair in old), None)
        if value is None or value in used:
            value = free("option", {*used, *old.values()})
        options.append({"value": value, "label": label})
    return options


def column_places(values: Values, name: str) -> list[int]:
    """Return the numbers of the columns in which something was typed or chosen."""
    return [
        n
        for n in COLUMNS
        if values.one(f"{name}-c{n}-type")
        or any(values.one(f"{name}-c{n}-label-{lang}") for lang in LANGUAGES)
    ]


def read_columns(one: One) -> list[dict[str, Any]]:
    """Return the columns of a table; one that stays keeps its id, and so what was answered."""
    old = {str(column["id"]): column for column in one.kept.get("columns", ())}
    found: list[dict[str, Any]] = []
    for n in column_places(one.values, one.name):
        name = one.field(f"c{n}")
        label = texts(one.reader, f"{name}-label", MAX_LABEL)
        before = old.get(one.values.one(f"{name}-id"), {})
        kind = one.reader.choice(f"{name}-type", [*COLUMN_KINDS, before.get("type", "")])
        kept = before if before.get("type") == kind else {}
        made = {
            **{key: value for key, value in kept.items() if key not in {"total", "required"}},
            "id": before.get("id") or _column_id(label, {*old, *(str(c["id"]) for c in found)}),
            "type": kind or Kind.TEXT.value,
            "label": label,
            "required": bool(one.values.one(f"{name}-required")),
            "total": bool(one.values.one(f"{name}-total")) and kind in {Kind.NUMBER, Kind.MONEY},
        }
        found.append({key: value for key, value in made.items() if value not in (False, None, {})})
    return found


def _column_id(label: Mapping[str, str], taken: Collection[str]) -> str:
    stem = slug_for(next(iter(label.values()), "")).replace("-", "_")[:16].strip("_")
    if not stem[:1].isalpha():
        stem = "column"
    return stem if stem not in taken else free(stem, taken, "_")


def free(stem: str, taken: Collection[str], mark: str = "-") -> str:
    """Return the first name made of the stem and a number that is not taken."""
    return next(name for n in range(1, 1_000) if (name := f"{stem}{mark}{n}") not in taken)


def shown_own(one: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return what the fields of a question show that only some kinds have."""
    values = {
        f"{name}-{key}": str(one.get(key, ""))
        for key in (
            "max_words", "max_chars", "minimum", "maximum", "decimals", "max_mb", "profile",
        )
    }  # fmt: skip
    values[f"{name}-accept"] = ", ".join(one.get("accept", ()))
    values[f"{name}-receipt_copy"] = "yes" if one.get("receipt_copy") else ""
    for lang in LANGUAGES:
        values[f"{name}-unit-{lang}"] = one.get("unit", {}).get(lang, "")
        values[f"{name}-options-{lang}"] = "\n".join(
            option["label"].get(lang, "") for option in one.get("options", ())
        )
    for n, column in zip(COLUMNS, one.get("columns", ()), strict=False):
        values |= _shown_column(column, f"{name}-c{n}")
    return values


def _shown_column(column: Mapping[str, Any], name: str) -> dict[str, str]:
    return {
        f"{name}-id": str(column["id"]),
        f"{name}-type": str(column["type"]),
        f"{name}-required": "yes" if column.get("required") else "",
        f"{name}-total": "yes" if column.get("total") else "",
        **{f"{name}-label-{lang}": column["label"].get(lang, "") for lang in LANGUAGES},
    }
