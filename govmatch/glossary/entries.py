"""An entry of the glossary as everybody sees it: what ships, together with what the site says."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import cast

from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.kit.records import dataclass
from govmatch.search.analysis import groups, split, words
from govmatch.search.bridge.rows import Row
from govmatch.search.expansion import Group, Spelling


class WordKind(StrEnum):
    """A word is found in all its forms, an abbreviation only as it is written."""

    WORD = "word"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of one language."""

    lang: Lang
    kind: WordKind
    text: str

    @property
    def key(self) -> tuple[Lang, str]:
        """What makes it the same word: language and folded spelling."""
        return self.lang, folded(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Words that mean the same. `key` stands in addresses.

    `shipped` are those of the file at `path`, which only the file changes; `own` those of this
    site. `version` is 0 where the site says nothing.
    """

    key: str
    own: tuple[Word, ...] = ()
    shipped: tuple[Word, ...] = ()
    path: str = ""
    line: int = 0
    note: str = ""
    is_on: bool = True
    version: int = 0

    @property
    def words(self) -> tuple[Word, ...]:
        """Return the words of the file, then those that the site has beside them."""
        there = {word.key for word in self.shipped}
        return (*self.shipped, *(word for word in self.own if word.key not in there))

    def of(self, lang: Lang) -> list[str]:
        """Return the words of one language, those that ship first."""
        return [word.text for word in self.words if word.lang == lang]

    @property
    def is_touched(self) -> bool:
        """True where the site says something about it."""
        return self.version > 0


def folded(text: str) -> str:
    """Return a word or phrase as it is compared: e-Rechnung and E-RECHNUNG are the same."""
    parts = ("".join(split(group)) for group in groups(text))
    return " ".join(words(part)[0] for part in parts if words(part))


def kind_of(text: str) -> WordKind:
    """Return what a word of a file is, which does not say so: capitals alone abbreviate."""
    is_short = text.isupper() and len(text) <= 8 and " " not in text
    return WordKind.ABBREVIATION if is_short else WordKind.WORD


def read_words(kept: Iterable[Mapping[str, str]]) -> tuple[Word, ...]:
    """Return words as a version keeps them."""
    return tuple(Word(cast(Lang, one["lang"]), WordKind(one["kind"]), one["text"]) for one in kept)


def kept_words(found: Iterable[Word]) -> list[dict[str, str]]:
    return [{"lang": word.lang, "kind": word.kind.value, "text": word.text} for word in found]


def spellings(entries: Iterable[Entry]) -> list[Group]:
    """Return what searches put beside each other: entries that this site has touched and uses."""
    return [
        [Spelling(w.text, w.lang, w.kind is WordKind.ABBREVIATION) for w in entry.words]
        for entry in entries
        if entry.is_touched and entry.is_on and len(entry.words) > 1
    ]


def rows(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """Return what the bridge between the languages is made of; a row may lack a language."""
    return tuple(
        Row(tuple(tuple(entry.of(lang)) for lang in LANGUAGES)) for entry in entries if entry.is_on
    )


def as_lines(entries: Sequence[Entry]) -> str:
    """Return the site's entries as a file of content/glossary; notes say where a line belongs.

    A line without a word for some language would not be read there, so it stands as a note.
    """
    lines = [
        "# Entries of this site, to be taken over into content/glossary.",
        "\t".join(LANGUAGES),
    ]
    for entry in entries:
        if entry.path and not entry.is_on:
            lines.append(f"# {entry.path}, line {entry.line}: switched off on this site")
        elif entry.path:
            lines.append(f"# {entry.path}, line {entry.line}: with the words of this site")
        cells = [", ".join(entry.of(lang)) for lang in LANGUAGES]
        is_note = not all(cells) or not entry.is_on
        lines.append(("# " if is_note else "") + "\t".join(cells))
    return "\n".join(lines) + "\n"
