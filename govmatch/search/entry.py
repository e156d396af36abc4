"""What other packages hand to the index: entries, and changes that replace them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta

from govmatch.kit.records import dataclass

PUBLIC = "public"
"""The one audience token that counts only from `visible_from` on."""

PERSON = "person:"
"""How the token of one person begins."""

MAX_TEXT = 200_000
"""Characters of a text that are searched and shown; a longer one is cut here."""
MAX_TITLE = 500
MAX_NUMBER = 10**15

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RESERVED = frozenset({"kind", "lang"})
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# What no page can show: control characters but tab and line ends, and halves of a pair.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Return the exact microseconds since 1970 in UTC; a naive time is a `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone cannot be compared")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def printable(text: str) -> str:
    """Return the text with a space for each character that neither pages nor UTF-8 can carry."""
    return _UNPRINTABLE.sub(" ", text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing in one language as search knows it; (kind, id, lang) names it.

    `audience` holds the tokens of those who may find it; "public" counts only from
    `visible_from` on, every other token always. `closed` holds the tokens of persons ("person:7")
    who never find it, whatever else they hold. `facets`, `dates` and `numbers` describe the thing,
    not the translation: entries of one thing carry the same. `dates` are instants; a state that
    follows from them ("open") is never stored. `numbers` are whole, and ranges are asked of them.
    `labels` are further words that find it and are not shown.

    A kind or facet that is not a plain name, an empty id and a time without zone are refused,
    since they could not be found or compared again.
    """

    kind: str
    id: str
    lang: str
    title: str
    text: str
    url: str
    audience: frozenset[str] = frozenset({PUBLIC})
    closed: frozenset[str] = frozenset()
    visible_from: datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[str, datetime] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    labels: str = ""

    def __post_init__(self) -> None:
        """Refuse what the index could not keep apart."""
        for name in (self.kind, *self.facets, *self.dates, *self.numbers):
            if not _NAME.fullmatch(name):
                raise ValueError(f"not a name for a kind, facet, date or number: {name!r}")
        if self.dates.keys() & self.numbers.keys():
            raise ValueError("a date and a number of one name could not be told apart")
        if any(abs(number) > MAX_NUMBER for number in self.numbers.values()):
            raise ValueError("a number that large is no amount of anything")
        if _RESERVED & self.facets.keys():
            raise ValueError("kind and lang are facets of every entry already")
        if not _LANGUAGE.fullmatch(self.lang):
            raise ValueError(f"not a language: {self.lang!r}")
        if not all(token.startswith(PERSON) for token in self.closed):
            raise ValueError("an entry is closed to persons alone")
        if not self.id or len(self.id) > 200 or _UNPRINTABLE.search(self.id):
            raise ValueError(f"not an id: {self.id[:250]!r}")
        for moment in (*self.dates.values(), *filter(None, [self.visible_from])):
            microseconds(moment)

    @property
    def key(self) -> str:
        """Return the name of this entry in the index."""
        return f"{self.kind}:{self.id}:{self.lang}"

    def digest(self) -> str:
        """Return a short hash of everything the entry says, the same in every process."""
        content = {
            "text": [self.title, self.text, self.url, self.labels],
            "audience": sorted(self.audience),
            "from": microseconds(self.visible_from) if self.visible_from else None,
            "facets": {name: sorted(values) for name, values in self.facets.items()},
            "dates": {name: microseconds(moment) for name, moment in self.dates.items()},
        }
        if self.closed:
            content["closed"] = sorted(self.closed)
        if self.numbers:
            content["numbers"] = dict(self.numbers)
        packed = json.dumps(content, sort_keys=True).encode()
        return hashlib.blake2b(packed, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """All entries that (kind, id) has from now on; none when it is to be found no more."""

    kind: str
    id: str
    entries: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse entries of another thing and two of one language."""
        if any((entry.kind, entry.id) != (self.kind, self.id) for entry in self.entries):
            raise ValueError(f"entries of another thing than {self.kind}:{self.id}")
        if len({entry.lang for entry in self.entries}) != len(self.entries):
            raise ValueError(f"two entries of one language for {self.kind}:{self.id}")
