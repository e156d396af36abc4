"""One place in a form definition as it was read from a file: its value, and what is wrong there."""

import re
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires.dates import kept_date
from govmatch.questionnaires.numbers import kept_number
from govmatch.questionnaires.texts import clean

Path = tuple[str | int, ...]
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class Problem(NamedTuple):
    """What is wrong at which place: `("sections", 0, "questions", 2, "label", "de")`."""

    path: Path
    message: Message


def _unknown(key: str, keys: Collection[str], elsewhere: Collection[str], kind: str) -> Message:
    if key in elsewhere:
        return msg("{key} does not go with the kind {kind}.", key=key, kind=kind)
    near = get_close_matches(key, keys, n=1)
    if near:
        return msg("Unknown key {key}. Is {near} meant?", key=key, near=near[0])
    return msg("Unknown key {key}. Possible are: {keys}.", key=key, keys=", ".join(sorted(keys)))


@dataclass(frozen=True)
class Node:
    """A value, its place, and the list of problems that all nodes of one reading share.

    Each method returns the value where it is right, and otherwise notes a problem and returns
    something empty, so that one reading finds everything that is wrong. `lang`, `criteria` and
    `currency` are what the owner of the form knows: the language of plain texts, the criteria that
    questions may feed (None: any), and the currency of amounts that name none.
    """

    value: Any
    path: Path = ()
    problems: list[Problem] = field(default_factory=list)
    lang: str = "en"
    criteria: Collection[str] | None = None
    currency: str | None = None

    def wrong(self, message: Message) -> None:
        self.problems.append(Problem(self.path, message))

    @property
    def absent(self) -> bool:
        return self.value is None

    def child(self, key: str) -> "Node":
        value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return replace(self, value=value, path=(*self.path, key))

    def needed(self, key: str) -> "Node":
        """Return the child of that name, which must not be missing."""
        child = self.child(key)
        if isinstance(self.value, Mapping) and child.absent:
            self.wrong(msg("The key {key} is missing here.", key=key))
        return child

    def is_mapping(self) -> bool:
        if not isinstance(self.value, Mapping):
            self.wrong(msg("Keys with their values are expected here."))
        return isinstance(self.value, Mapping)

    def only(
        self, keys: Collection[str], *, elsewhere: Collection[str] = (), kind: str = ""
    ) -> None:
        """Note each key that is not known, or that goes with another kind only."""
        for key in map(str, self.value):
            if key not in keys:
                place = replace(self, path=(*self.path, key))
                place.wrong(_unknown(key, keys, elsewhere, kind))

    def items(self, *, low: int, high: int) -> list["Node"]:
        """Return the parts of a list that has from `low` to `high` of them."""
        if self.absent and low == 0:
            return []
        if not isinstance(self.value, list):
            self.wrong(msg("A list is expected here."))
            return []
        if not low <= len(self.value) <= high:
            self.wrong(msg("From {low} to {high} entries are expected here.", low=low, high=high))
        return [
            replace(self, value=value, path=(*self.path, place))
            for place, value in enumerate(self.value[:high])
        ]

    def text(self, *, limit: int) -> str:
        if self.absent:
            return ""
        if not isinstance(self.value, str):
            self.wrong(msg("A text is expected here; put it in quotation marks."))
            return ""
        found = clean(self.value).strip()
        if len(found) > limit:
            self.wrong(msg("At most {limit} characters fit here.", limit=limit))
        return found

    def texts(self, *, limit: int) -> dict[str, str]:
        """Return texts by language, sorted; a plain text is in the language of the reading."""
        if self.absent or not isinstance(self.value, Mapping):
            found = self.text(limit=limit)
            return {self.lang: found} if found else {}
        for key in self.value:
            if not _LANG.fullmatch(str(key)):
                self.wrong(msg("Unknown language {lang}. Use codes such as de, da, en.", lang=key))
        langs = sorted(str(key) for key in self.value if _LANG.fullmatch(str(key)))
        found_by_lang = {lang: self.child(lang).text(limit=limit) for lang in langs}
        return {lang: text for lang, text in found_by_lang.items() if text}

    def id(self) -> str:
        found = self.text(limit=10_000)
        if isinstance(self.value, str) and not _ID.fullmatch(found):
            self.wrong(
                msg(
                    "{id} is not an id: small letters, digits and hyphens, a letter first,"
                    " at most {limit} characters.",
                    id=found[:80], limit=40,
                )
            )  # fmt: skip
        return found

    def yes(self, *, otherwise: bool) -> bool:
        if self.absent:
            return otherwise
        if not isinstance(self.value, bool):
            self.wrong(msg("true or false is expected here."))
        return self.value is True

    def whole(self, *, low: int, high: int) -> int | None:
        if self.absent:
            return None
        is_whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        if not is_whole or not low <= self.value <= high:
            self.wrong(
                msg("A whole number from {low} to {high} is expected here.", low=low, high=high)
            )
            return None
        return int(self.value)

    def figure(self) -> Decimal | None:
        """Return a number; a text of the plain form `0.5` is one too, as JSON has no decimals."""
        if self.absent:
            return None
        is_number = isinstance(self.value, (int, float, str)) and not isinstance(self.value, bool)
        found = kept_number(str(self.value)) if is_number else None
        if found is None:
            self.wrong(msg("A number such as 12 or 0.5 is expected here."))
        return found

    def day(self) -> date | None:
        if self.absent:
            return None
        found = self.value
        if isinstance(found, str):
            found = kept_date(found)
        if not isinstance(found, date) or isinstance(found, datetime):
            self.wrong(msg("A day such as 2027-12-31 is expected here."))
            return None
        return found
