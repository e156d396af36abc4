"""One place in a file: its value, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from govmatch.kit.content.problems import Problem
from govmatch.kit.content.yaml_text import Path, Tree, written
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.kit.mail import is_address
from govmatch.kit.records import dataclass

MAX_SLUG = 60
FIRST_YEAR = 2000
LAST_YEAR = 2199
MOST_NAMED = 12
"""Up to so many possible words are all named in a remedy; of more only the nearest."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?([+-][0-9]{2}:[0-9]{2})?"
)


def is_slug(text: str) -> bool:
    """True for small letters a to z, digits and single hyphens between them, at most 60."""
    return len(text) <= MAX_SLUG and _SLUG.fullmatch(text) is not None


@dataclass(frozen=True)
class Place:
    """A value, where it stands, and the list of problems that all places of a reading share.

    Each method returns the value where it is right; otherwise it notes a problem and returns
    something empty, so that one reading finds everything that is wrong.
    """

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    path: Path = ()
    value: Any = None

    @classmethod
    def top(cls, tree: Tree, problems: list[Problem]) -> "Place":
        return cls(tree, problems, (), tree.data)

    def wrong(self, message: Message, remedy: Message) -> None:
        line, name = self.tree.line(self.path), self.tree.name
        self.problems.append(Problem(name, line, written(self.path), message, remedy))

    @property
    def absent(self) -> bool:
        return self.value is None

    def child(self, key: str) -> "Place":
        value = self.value.get(key) if isinstance(self.value, Mapping) else None
        return replace(self, value=value, path=(*self.path, key))

    def needed(self, key: str) -> "Place":
        """Return the child of that name, which must not be missing or empty."""
        child = self.child(key)
        if isinstance(self.value, Mapping) and child.value in (None, ""):
            child.wrong(
                msg("{key} is missing.", key=key),
                msg("Add a line such as `{key}: …`.", key=key),
            )
            return replace(child, value=None)
        return child

    def is_mapping(self) -> bool:
        if not isinstance(self.value, Mapping):
            self.wrong(
                msg("Keys with their values are expected here."),
                msg("Write them as in `title: …`, one in each line."),
            )
        return isinstance(self.value, Mapping)

    def only(self, keys: Collection[str]) -> None:
        """Note each key that is not known."""
        for key in map(str, self.value):
            if key in keys:
                continue
            near = get_close_matches(key, keys, n=1)
            known = ", ".join(keys)
            replace(self, path=(*self.path, key)).wrong(
                msg("There is no key {key} here.", key=key[:60]),
                msg("Is {key} meant?", key=near[0])
                if near
                else msg("Leave it out; the keys are: {keys}.", keys=known),
            )

    def items(self, *, low: int, high: int) -> list["Place"]:
        """Return the parts of a list of `low` to `high` values; an absent one counts as empty."""
        if self.absent and low == 0:
            return []
        if not isinstance(self.value, list):
            if not self.absent:
                self.wrong(
                    msg("A list is expected here."), msg("Write it in brackets, as in [a, b].")
                )
            return []
        if not low <= len(self.value) <= high:
            self.wrong(
                msg("The list has {n} entries.", n=len(self.value)),
                msg("Give from {low} to {high} entries.", low=low, high=high),
            )
        return [
            replace(self, value=value, path=(*self.path, place))
            for place, value in enumerate(self.value[:high])
        ]

    def text(self, *, limit: int) -> str:
        """Return a text in normal form C without blanks around it, at most `limit` characters."""
        if self.absent:
            return ""
        if not isinstance(self.value, str):
            self.wrong(msg("A text is expected here."), msg("Put it in quotation marks."))
            return ""
        found = unicodedata.normalize("NFC", self.value[: limit * 4]).strip()
        if len(found) > limit:
            self.wrong(
                msg("The text has {n} characters.", n=len(self.value)),
                msg("Shorten it to at most {limit} characters.", limit=limit),
            )
        return found[:limit]

    def line(self, *, limit: int) -> str:
        """Return a text of one line; line breaks become spaces."""
        return " ".join(self.text(limit=limit).split())

    def texts(self, *, limit: int) -> dict[str, str]:
        """Return a text in each of our three languages."""
        if self.absent or not self.is_mapping():
            return {}
        self.only(LANGUAGES)
        found = {lang: self.needed(lang).line(limit=limit) for lang in LANGUAGES}
        return {lang: text for lang, text in found.items() if text}

    def slug(self) -> str:
        found = self.text(limit=MAX_SLUG)
        if isinstance(self.value, str) and not is_slug(self.value.strip()):
            self.wrong(
                msg("{value} cannot stand in an address.", value=found[:MAX_SLUG]),
                msg("Use small letters a to z, digits and hyphens, at most {n}.", n=MAX_SLUG),
            )
            return ""
        return found

    def choice(self, options: Collection[str]) -> str:
        """Return one of a few words."""
        if self.absent:
            return ""
        if not isinstance(self.value, str) or self.value not in options:
            near = get_close_matches(str(self.value), options, n=1)
            self.wrong(
                msg("{value} is not possible here.", value=str(self.value)[:60]),
                _one_of(near, options),
            )
            return ""
        return self.value

    def whole(self, *, low: int, high: int) -> int | None:
        if self.absent:
            return None
        is_whole = isinstance(self.value, int) and not isinstance(self.value, bool)
        if not is_whole or not low <= self.value <= high:
            self.wrong(
                msg("{value} is not possible here.", value=str(self.value)[:60]),
                msg("Give a whole number from {low} to {high}.", low=low, high=high),
            )
            return None
        return int(self.value)

    def yes(self, *, otherwise: bool) -> bool:
        if self.absent:
            return otherwise
        if not isinstance(self.value, bool):
            self.wrong(
                msg("{value} is not possible here.", value=str(self.value)[:60]),
                msg("Write true or false."),
            )
        return self.value is True

    def day(self) -> date | None:
        if self.absent:
            return None
        found = _read_day(self.value) if _is_like(_DAY, self.value) else None
        if found is None:
            self.wrong(
                msg("{value} is no day.", value=str(self.value)[:60]),
                msg("Write a day of the calendar as in 2027-12-31."),
            )
        return found

    def local_time(self, zone: str) -> datetime | None:
        """Return the instant in UTC of a local time such as 2027-02-22T12:00 in `zone`.

        Refused is a time that clocks skip when summer time begins, and one that they show twice
        when it ends, unless its offset says which is meant: 2026-10-25T02:30+01:00.
        """
        if self.absent:
            return None
        wall = _read_wall(self.value) if _is_like(_LOCAL, self.value) else None
        if wall is None:
            self.wrong(
                msg("{value} is no time.", value=str(self.value)[:60]),
                msg("Write day and local time as in 2027-02-22T12:00."),
            )
            return None
        instants = instants_of(wall.replace(tzinfo=None), zone)
        if wall.tzinfo is not None:
            instants = [one for one in instants if one == wall.astimezone(UTC)]
        if len(instants) == 1:
            return instants[0]
        self.wrong(*(_no_such_time(self.value) if not instants else _twice(self.value)))
        return None

    def zone(self) -> str:
        if self.absent:
            return ""
        if not isinstance(self.value, str) or self.value not in zones():
            self.wrong(
                msg("{value} is no time zone.", value=str(self.value)[:60]),
                msg("Write a name such as Europe/Copenhagen."),
            )
            return ""
        return self.value

    def email(self) -> str:
        found = self.text(limit=254)
        if found and not is_address(found):
            self.wrong(
                msg("{value} is no e-mail address.", value=found[:60]),
                msg("Write an address such as name@example.org."),
            )
            return ""
        return found

    def web_address(self) -> str:
        found = self.text(limit=300)
        if found and not _is_web_address(found):
            self.wrong(
                msg("{value} is no web address.", value=found[:60]),
                msg("Write an address that begins with https://."),
            )
            return ""
        return found


def _one_of(near: list[str], options: Collection[str]) -> Message:
    if len(options) <= MOST_NAMED:
        return msg("Write one of: {options}.", options=", ".join(options))
    if near:
        return msg("Is {key} meant?", key=near[0])
    return msg("Write one of the {n} words that are known here.", n=len(options))


def instants_of(wall: datetime, zone: str) -> list[datetime]:
    """Return when the clocks of a zone show a time: never, once or twice; in UTC."""
    local = ZoneInfo(zone)
    found = {wall.replace(tzinfo=local, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(one for one in found if one.astimezone(local).replace(tzinfo=None) == wall)


def _no_such_time(value: str) -> tuple[Message, Message]:
    return (
        msg("{value} does not exist: clocks skip it.", value=value),
        msg("Choose a time an hour later."),
    )


def _twice(value: str) -> tuple[Message, Message]:
    return (
        msg("{value} comes twice on this day: the clocks go back.", value=value),
        msg("Choose another time, or add which is meant, as in 2026-10-25T02:30+01:00."),
    )


def _is_like(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _read_day(text: str) -> date | None:
    wall = _read_wall(f"{text}T00:00")
    return None if wall is None else wall.date()


def _read_wall(text: str) -> datetime | None:
    """Return the time that a clock on the wall shows, of the years 2000 to 2199."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in text


@cache
def zones() -> frozenset[str]:
    """Return the names of all time zones with a place, such as Europe/Berlin."""
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}
