"""What differs between two statements, and how people read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from govmatch.challenges.labels import FIELDS
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.formats import datetime_text, money_text
from govmatch.kit.i18n import Lang, Message, msg, msgn, pick, say
from govmatch.organisations.places import language_in_words

TEXTS = ("title", "summary", "body")
INSTANTS = frozenset({"opens", "questions_until", "closes"})
Naming = Callable[[str, str, Lang], str]
"""What a slug or code is called: (field, slug, language) to words."""


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
    show = _Showing(field, lang, zone, naming)
    lines = _difference(show.lines(change["before"]), show.lines(change["after"]))
    return Shown(field, _label(field, change["lang"], lang), change["lang"], lines)


def _label(field: str, of: str | None, lang: Lang) -> Message:
    label = FIELDS.get(field, msg("Other"))
    if of is None:
        return label
    return msg("{field} in {language}", field=label, language=language_in_words(of, lang))


@dataclass(frozen=True, slots=True)
class _Showing:
    field: str
    lang: Lang
    zone: str
    naming: Naming

    def lines(self, value: Any) -> list[str]:
        """Return a value of this field as lines of text; nothing for what is not there."""
        if value in (None, "", [], {}):
            return []
        makers: dict[str, Callable[[Any], list[str]]] = {
            **dict.fromkeys(INSTANTS, self._moment),
            **dict.fromkeys(("authority", "programme", "round"), self._slug),
            "budget": self._budget,
            "criteria": lambda criteria: [self._criterion(one) for one in criteria],
            "questions": lambda asked: [line for one in asked for line in self._question(one)],
            "contact": lambda contact: [", ".join(contact[key] for key in sorted(contact))],
            "attachments": lambda files: [self._attachment(one) for one in files],
        }
        return makers.get(self.field, self._plain)(value)

    def _plain(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return [self.naming(self.field, str(one), self.lang) for one in value]
        return str(value).split("\n")

    def _slug(self, value: str) -> list[str]:
        return [self.naming(self.field, value, self.lang)]

    def _moment(self, value: str) -> list[str]:
        return [datetime_text(datetime.fromisoformat(value), self.lang, self.zone)]

    def _attachment(self, one: Mapping[str, Any]) -> str:
        return f"{pick(one['title'], self.lang)[0]} ({one['name']})"

    def _budget(self, value: Mapping[str, Any]) -> list[str]:
        amounts = [value[key] for key in ("min", "max") if value[key] is not None]
        texts = [money_text(one, value["currency"], self.lang) for one in amounts]
        return [" – ".join(texts)] if texts else []

    def _criterion(self, one: Mapping[str, Any]) -> str:
        label = self.naming("criteria", str(one["id"]), self.lang)
        if one.get("minimum") is None:
            return f"{label}: {one['weight']}"
        least = say(msg("at least {n} of 5", n=one["minimum"]), self.lang)
        return f"{label}: {one['weight']} ({least})"

    def _question(self, one: Mapping[str, Any]) -> list[str]:
        """Return what is asked, its help, its limits and what can be chosen."""
        options = [f"– {pick(option['label'], self.lang)[0]}" for option in one.get("options", ())]
        head = f"{pick(one['label'], self.lang)[0]} [{one['type']}]"
        limits = " · ".join(say(message, self.lang) for message in self._limits(one))
        return [head, *filter(None, [pick(one.get("help", {}), self.lang)[0], limits]), *options]

    def _limits(self, one: Mapping[str, Any]) -> list[Message]:
        found = [msg("Must be answered.") if one.get("required") else msg("May be left out.")]
        if words := one.get("max_words"):
            found.append(msgn("At most one word.", "At most {limit} words.", n=words, limit=words))
        if signs := one.get("max_chars"):
            plural = msgn(
                "At most one character.", "At most {limit} characters.", n=signs, limit=signs
            )
            found.append(plural)
        if one.get("minimum") is not None or one.get("maximum") is not None:
            low, high = one.get("minimum", "–"), one.get("maximum", "–")
            found.append(msg("From {low} to {high}.", low=low, high=high))
        if criterion := one.get("criterion"):
            label = self.naming("criteria", str(criterion), self.lang)
            found.append(msg("Counts for: {criterion}.", criterion=label))
        return found


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
