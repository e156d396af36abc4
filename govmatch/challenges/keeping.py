"""A statement as plain data that a version keeps, and back."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from govmatch.challenges.statement import Statement, Weight, Words

_INSTANTS = frozenset({"opens", "questions_until", "closes"})
_TUPLES = frozenset({
    "themes",
    "technologies",
    "cpv",
    "countries",
    "sizes",
    "languages",
    "requires",
    "questions",
    "attachments",
})  # fmt: skip


def as_data(statement: Statement) -> dict[str, Any]:
    """Return a statement as JSON values, of which `from_data` makes the same statement."""
    data = {
        field.name: getattr(statement, field.name)
        for field in fields(statement)
        if field.name not in {"words", "criteria"}
    }
    return {
        **data,
        **{name: moment and moment.isoformat() for name in _INSTANTS for moment in [data[name]]},
        **{name: list(data[name]) for name in _TUPLES},
        "contact": dict(statement.contact),
        "criteria": [one.as_data() for one in statement.criteria],
        "words": {lang: asdict(words) for lang, words in statement.words.items()},
    }


def from_data(data: dict[str, Any]) -> Statement:
    """Return the statement that was kept; what a later release has added is as in a new one."""
    known = {field.name for field in fields(Statement)}
    given = {name: value for name, value in data.items() if name in known}
    given |= {name: datetime.fromisoformat(given[name]) for name in _INSTANTS if given.get(name)}
    given |= {name: tuple(given[name]) for name in _TUPLES if name in given}
    given["criteria"] = tuple(Weight(**one) for one in given.get("criteria", ()))
    given["words"] = {lang: Words(**words) for lang, words in given.get("words", {}).items()}
    return Statement(**given)
