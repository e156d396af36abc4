"""The names that may stand before a colon: one table for grammar, completion and help.

Each page that searches registers its own table. What is not in it is no field there, and is neither
offered nor explained.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum
from functools import cached_property

from govmatch.kit.i18n import LANGUAGES, Lang, Message
from govmatch.kit.records import dataclass

TITLE = "title"
"""What a field looks in that searches words in titles."""

Names = Mapping[Lang, str]


class Kind(StrEnum):
    """What stands after the colon."""

    WORDS = "words"
    VALUE = "value"
    DATE = "date"
    AGE = "age"
    MONEY = "money"


class Moment(StrEnum):
    """How a stretch of time that a thing has lies to now: for values that follow from dates."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field; `names` are what it is called in each language, and all of them are understood.

    `looks_in` names the facet, date or number. `up_to` names a second one for what goes from one
    number (or instant) to another. `moments` are values that are not stored but follow from the
    dates and now. `units` says how many of a unit are one of what is kept: {"kr": 7.46}.
    `examples` are what may stand after the colon, and work.
    """

    names: Names
    kind: Kind
    looks_in: str
    label: Message
    help: Message | None = None
    up_to: str = ""
    moments: Mapping[str, Moment] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    is_closed: bool = False
    """There are no values but those that `Fields.values` knows; another is no value at all."""

    @property
    def name(self) -> str:
        """Return the name by which programs know it."""
        return self.names["en"]


@dataclass(frozen=True)
class Fields:
    """The fields of one page, with the values that are known of them by what they are called.

    `values` holds for a field's name each value with its labels; a label is as good as the value
    in a query, whatever its language.
    """

    table: tuple[Field, ...] = ()
    values: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, plain: Mapping[str, str]) -> "Fields":
        """Return fields that need no words: a name and the facet that it means, or `TITLE`."""
        return cls(tuple(_plain(name, looks_in) for name, looks_in in plain.items()))

    def with_values(self, values: Mapping[str, Mapping[str, Mapping[str, str]]]) -> "Fields":
        """Return the same fields with these values known."""
        return replace(self, values={**self.values, **values})

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {name.casefold(): one for one in self.table for name in one.names.values()}

    @cached_property
    def _spellings(self) -> Mapping[tuple[str, str], str]:
        """The value for each field and spelling; a value itself wins over labels like it."""
        found: dict[tuple[str, str], str] = {}
        for name, values in self.values.items():
            for value, labels in values.items():
                for label in labels.values():
                    found.setdefault((name, same(label)), value)
            found |= {(name, same(value)): value for value in values}
        return found

    def find(self, name: str) -> Field | None:
        """Return the field that is called so in some language."""
        return self._by_name.get(name.casefold())

    def value(self, of: Field, written: str) -> str:
        """Return the value that is meant, or what was written where no value is called so."""
        return self._spellings.get((of.name, same(written)), written)

    def has(self, of: Field, value: str, *, prefix: bool = False) -> bool:
        """Return whether a value is known, or with `prefix` one that begins so."""
        known = self.values.get(of.name, {})
        if not prefix:
            return value in known
        return any(one.casefold().startswith(value.casefold()) for one in known)

    def label(self, of: Field, value: str, lang: Lang) -> str:
        """Return what a value is called, itself where it has no label."""
        labels = self.values.get(of.name, {}).get(value, {})
        return labels.get(lang) or next(iter(labels.values()), value)

    def names(self, lang: Lang) -> Iterator[tuple[str, Field]]:
        """Yield each field with its name in this language."""
        for one in self.table:
            yield one.names.get(lang, one.name), one


def same(text: str) -> str:
    """Return what spellings of one value have in common: no case, no blanks or hyphens."""
    return "".join(char for char in text.casefold() if char.isalnum())


def written(name: str, value: str) -> str:
    """Return field and value as they stand in a query."""
    quoted = any(char.isspace() or char in '"*()[]{}~^' for char in value)
    cleaned = value.replace('"', " ").strip()
    return f'{name}:"{cleaned}"' if quoted else f"{name}:{cleaned}"


def _plain(name: str, looks_in: str) -> Field:
    kind = Kind.WORDS if looks_in == TITLE else Kind.VALUE
    return Field(names={"en": name}, kind=kind, looks_in=looks_in, label=Message(name))


def languages_first(lang: Lang) -> Sequence[Lang]:
    """Return the languages, the reader's first."""
    return (lang, *(other for other in LANGUAGES if other != lang))
