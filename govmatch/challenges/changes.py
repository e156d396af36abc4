"""What differs between two statements, and how people read it."""

from collections.abc import Mapping
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from govmatch.challenges.labels import FIELDS
from govmatch.challenges.statement import Statement, Words
from govmatch.challenges.values import Naming, Values
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words

TEXTS = ("title", "summary", "body")


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, as plain data; `lang` is set for texts."""

    field: str
    lang: str | None
    before: Any
    after: Any

    @property
    def name(self) -> str:
        return f"{self.field}.{self.lang}" if self.lang else self.field

    def as_data(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "lang": self.lang,
            "before": self.before,
            "after": self.after,
        }


def changes(before: Statement, after: Statement) -> list[Change]:
    """Return what differs, in the order of a file: facts first, then texts by language."""
    old, new = facts_of(before), facts_of(after)
    found = [Change(key, None, old[key], new[key]) for key in new if old[key] != new[key]]
    for lang in sorted({*before.words, *after.words}):
        one, other = before.words.get(lang, Words()), after.words.get(lang, Words())
        found += [
            Change(key, lang, getattr(one, key), getattr(other, key))
            for key in TEXTS
            if getattr(one, key) != getattr(other, key)
        ]
    return found


def facts_of(statement: Statement) -> dict[str, Any]:
    """Return all but the texts as plain data, by the names of the fields."""
    return {
        "authority": statement.authority,
        "programme": statement.programme,
        "round": statement.round,
        "theme": list(statement.themes),
        "technology": list(statement.technologies),
        "cpv": list(statement.cpv),
        "zone": statement.zone,
        "opens": _instant(statement.opens),
        "questions_until": _instant(statement.questions_until),
        "closes": _instant(statement.closes),
        "budget": {
            "min": statement.budget_min,
            "max": statement.budget_max,
            "currency": statement.currency,
        },
        "pilots_max": statement.pilots_max,
        **statement.eligibility,
        "criteria": [one.as_data() for one in statement.criteria],
        "questions": list(statement.questions),
        "contact": dict(statement.contact),
        "attachments": list(statement.attachments),
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference: kept (" "), taken out ("-") or put in ("+")."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A change for a reader: what it is called, and its lines.

    `lang` is the language of a text, None for facts. Long stretches that stay are cut to the lines
    around a change.
    """

    name: str
    label: Message
    lang: str | None
    lines: list[Line]


def shown(change: Mapping[str, Any], *, lang: Lang, zone: str, naming: Naming) -> Shown:
    """Return a kept change as `lang` reads it; times stand in `zone`."""
    field = str(change["field"])
    show = Values(field, lang, zone, naming)
    lines = _difference(show.lines(change["before"]), show.lines(change["after"]))
    return Shown(field, label_of(field, change["lang"], lang), change["lang"], lines)


def label_of(field: str, of: str | None, lang: Lang) -> Message:
    """Return what a field is called, with the language of a text."""
    label = FIELDS.get(field, msg("Other"))
    if of is None:
        return label
    return msg("{field} in {language}", field=label, language=language_in_words(of, lang))


AROUND = 1
MOST_LINES = 2_000


def _difference(before: list[str], after: list[str]) -> list[Line]:
    """Return what is taken out and put in, with one unchanged line around each place."""
    before, after = before[:MOST_LINES], after[:MOST_LINES]
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        for kind, low, high, new_low, new_high in group:
            if kind == "equal":
                lines += [Line(" ", text) for text in before[low:high]]
            else:
                lines += [Line("-", text) for text in before[low:high]]
                lines += [Line("+", text) for text in after[new_low:new_high]]
    return lines
