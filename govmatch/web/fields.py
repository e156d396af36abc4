"""Reading a form field by field: clean values, and a message for each field that is not right."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from govmatch.kit.i18n import Message, msg
from govmatch.kit.mail import is_address
from govmatch.kit.records import dataclass
from govmatch.web.visit import Values

_WHOLE = re.compile(r"-?[0-9]{1,15}")

_FORMATS = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M"}
_WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9.:-]+(?:[/?#][!-;=?-Z_a-z~]*)?")


@dataclass
class Form:
    """What a form shows: the values as typed, and what is wrong with them."""

    values: dict[str, str | list[str]] = field(default_factory=dict)
    errors: dict[str, Message] = field(default_factory=dict)

    def value(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else (value[-1] if value else "")

    def chosen(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        return [value] if isinstance(value, str) else value


def type_showing(value: str, kind: str) -> str:
    """Return the type of a field that shows this value.

    A browser shows nothing in a field for dates when its value is none: then it is one for text.
    """
    return kind if not value or _suits(value, kind) else "text"


def _suits(value: str, kind: str) -> bool:
    """True for a value that HTML allows in a field of this type."""
    if kind == "url":
        return _WEB_ADDRESS.fullmatch(value) is not None
    pattern = _FORMATS.get(kind)
    try:
        return pattern is None or datetime.fromisoformat(value).strftime(pattern) == value
    except ValueError:
        return False


def filled(values: Mapping[str, str | list[str]]) -> Form:
    """Return a form that shows these values and has no errors."""
    return Form(dict(values))


def typed(values: Values, errors: Mapping[str, Message] | None = None) -> Form:
    """Return a form that shows again what was typed."""
    shown: dict[str, str | list[str]] = {
        name: got[0] if len(got) == 1 else list(got) for name, got in values.fields.items()
    }
    return Form(shown, dict(errors or {}))


def local_text(instant: datetime | None, zone: str) -> str:
    """Return an instant as a field for date and time wants it: local, to the minute."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if instant else ""


class Reader:
    """Reads typed values; after reading, `form` holds them together with the errors found."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.errors: dict[str, Message] = {}

    @property
    def form(self) -> Form:
        return typed(self._values, self.errors)

    @property
    def ok(self) -> bool:
        return not self.errors

    def wrong(self, name: str, message: Message) -> None:
        """Note what is wrong with a field; the first message stays."""
        self.errors.setdefault(name, message)

    def text(
        self, name: str, *, limit: int = 200, required: bool = True, lines: bool = False
    ) -> str:
        """Return at most `limit` characters (NFC), on one line unless `lines`."""
        value = clean_text(self._values.one(name), lines=lines)
        if required and not value:
            self.wrong(name, msg("Please fill in this field."))
        if len(value) > limit:
            self.wrong(name, msg("Please use at most {limit} characters.", limit=limit))
        return value

    def email(self, name: str, *, required: bool = True) -> str:
        value = self.text(name, limit=254, required=required)
        if value and not is_address(value):
            self.wrong(name, msg("Please enter an e-mail address such as name@example.org."))
        return value

    def choice(self, name: str, allowed: Collection[str], *, required: bool = True) -> str:
        """Return one of `allowed`, or an empty text where nothing right was chosen."""
        value = self._values.one(name)
        if value in allowed:
            return value
        if value or required:
            self.wrong(name, msg("Please choose one of the options."))
        return ""

    def several(self, name: str, allowed: Collection[str], *, required: bool = False) -> list[str]:
        """Return those of `allowed` that were chosen, each once."""
        given = [value for value in self._values.all(name) if value]
        if any(value not in allowed for value in given):
            self.wrong(name, msg("Please choose from the options."))
        chosen = list(dict.fromkeys(value for value in given if value in allowed))
        if required and not chosen:
            self.wrong(name, msg("Please choose at least one option."))
        return chosen

    def yes(self, name: str, *, required: bool = False) -> bool:
        """Return whether a checkbox was ticked."""
        ticked = bool(self._values.one(name))
        if required and not ticked:
            self.wrong(name, msg("Please confirm this."))
        return ticked

    def integer(
        self, name: str, *, low: int = 0, high: int = 10**9, required: bool = True
    ) -> int | None:
        """Return a whole number from `low` to `high`; spaces and thousands marks are read over."""
        raw = self._values.one(name)
        digits = raw.replace(" ", "").replace("\u00a0", "").replace(".", "").replace(",", "")
        if not raw:
            if required:
                self.wrong(name, msg("Please fill in this field."))
            return None
        if not _WHOLE.fullmatch(digits):
            self.wrong(name, msg("Please enter a whole number."))
            return None
        number = int(digits)
        if not low <= number <= high:
            self.wrong(name, msg("Please enter a number from {low} to {high}.", low=low, high=high))
        return number

    def day(self, name: str, *, required: bool = True) -> date | None:
        raw = self.text(name, limit=10, required=required)
        try:
            return date.fromisoformat(raw) if raw else None
        except ValueError:
            self.wrong(name, msg("Please enter a date."))
            return None

    def local_time(self, name: str, zone: str, *, required: bool = True) -> datetime | None:
        """Return the instant of a local date and time in `zone`, in UTC.

        Refused are times that the clocks of the zone leave out in spring or say twice in autumn.
        """
        raw = self.text(name, limit=25, required=required)
        try:
            local = datetime.fromisoformat(raw) if raw else None
        except ValueError:
            local = None
        if local is None or local.tzinfo is not None or not 1900 < local.year < 2200:
            if raw:
                self.wrong(name, msg("Please enter a date and a time."))
            return None
        first, second = (
            local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)
        )
        if first > second:
            self.wrong(name, msg("There is no such time on this day: the clocks go forward."))
        elif first < second:
            self.wrong(name, msg("This time comes twice on this day: the clocks go back."))
        return first if first == second else None


def clean_text(value: str, *, lines: bool) -> str:
    """Return text in NFC without control characters; line ends become newlines, or spaces."""
    value = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        return " ".join(_printable(value, keep="").split())
    return _printable(value, keep="\n\t").strip()


def _printable(value: str, *, keep: str) -> str:
    return "".join(c if c in keep or unicodedata.category(c)[0] != "C" else " " for c in value)
