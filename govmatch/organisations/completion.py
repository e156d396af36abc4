"""What may follow in a search box: names of fields, and values that the reader may find."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.organisations.names import fold, spellings
from govmatch.search.fields import Field, Fields, Kind, languages_first, written

MOST = 6
_LEAST_LETTERS = 2

_VALUE = re.compile(r'(?:^|(?<=\s))(-?)([^\W\d]\w{0,39}):(?:"([^"]{0,80})|([^"\s:]{0,80}))$')
_NAME = re.compile(r"(?:^|(?<=\s))(-?)([^\W\d]\w{1,39})$")

Counts = Callable[[str], Mapping[str, int]]
"""Asks how many things that the reader may find have each value of a facet."""


@dataclass(frozen=True)
class Completion:
    """What the box holds when it is chosen, and what the list shows of it."""

    text: str
    shown: str


def completions(typed: str, fields: Fields, counts: Counts, *, lang: Lang) -> list[Completion]:
    """Return what the last piece of a query may become, at most six; nothing for finished ones."""
    if value := _VALUE.search(typed):
        of = fields.find(value[2])
        if of is None:
            return []
        found = _values(value[2], value[3] or value[4] or "", of, fields, counts=counts, lang=lang)
        start = typed[: value.start()] + value[1]
    elif name := _NAME.search(typed):
        found = _names(name[2], fields, lang)
        start = typed[: name.start()] + name[1]
    else:
        return []
    return [Completion(start + text, text) for text in islice(dict.fromkeys(found), MOST)]


def _names(typed: str, fields: Fields, lang: Lang) -> Iterator[str]:
    """Yield fields whose name begins so, those of the reader's language first."""
    wanted = typed.casefold()
    shown: set[str] = set()
    for language in languages_first(lang):
        for name, of in fields.names(language):
            if name.casefold().startswith(wanted) and of.name not in shown:
                shown.add(of.name)
                yield f"{name}:"


def _values(
    name: str, typed: str, of: Field, fields: Fields, *, counts: Counts, lang: Lang
) -> Iterator[str]:
    """Yield the field with each value called so, or with its examples where it has no values."""
    if of.kind is not Kind.VALUE:
        yield from (f"{name}:{text}" for text in of.examples if text.startswith(typed))
        return
    for value in of.moments or counts(of.looks_in):
        label = fields.label(of, value, lang)
        if begins(label, typed) or value.startswith(typed.casefold()):
            yield written(name, label)


def begins(label: str, typed: str) -> bool:
    """Return whether every word typed begins a word of the label, however it is spelled."""
    words = f" {spellings(label)}"
    return all(f" {word}" in words for word in fold(typed).split())
