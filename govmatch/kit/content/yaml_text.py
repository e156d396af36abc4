"""YAML as plain values, with the line of every key.

Read as YAML 1.2 means it, and a little stricter: true and false alone are booleans; dates, times
and numbers with leading zeros stay text. Anchors, aliases and tags are refused (an alias can make
gigabytes of a few lines), and so are keys given twice, more than one document, and great depth.
"""

import re
from collections.abc import Mapping
from typing import Any, cast

import yaml

from govmatch.kit.content.folder import UNSEEN, Source
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass

Path = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_VALUES = 20_000

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,6}")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

# The one in C is ten times faster; both give the same events.
_LOADER = cast(Any, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of one file and the line of each; `lines[()]` is where the whole begins."""

    name: str
    data: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of the value at a path, or of the nearest value around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(source: Source, *, first_line: int = 1, loader: Any = None) -> Tree:
    """Return the values of a YAML text whose first line is line `first_line` of its file.

    The top must be keys with values. Raises `Wrong` with the line and the remedy.
    """
    if (tab := source.text.find("\t")) >= 0:
        line = first_line + source.text.count("\n", 0, tab)
        raise source.wrong(line, msg("A tab stands here."), msg("Use spaces instead of tabs."))
    building = _Building(source, first_line)
    try:
        for event in yaml.parse(source.text, Loader=loader or _LOADER):
            building.take(event)
    except yaml.MarkedYAMLError as error:
        raise building.unreadable(error) from error
    except yaml.YAMLError as error:
        raise source.wrong(first_line, *_OTHERWISE) from error
    return building.finish()


class _Building:
    """Puts values together from events, without recursion, so that depth costs nothing."""

    def __init__(self, source: Source, first_line: int) -> None:
        self._source = source
        self._first_line = first_line
        self._open: list[_Open] = []
        self._lines: dict[Path, int] = {(): first_line}
        self._top: Any = None
        self._documents = 0
        self._values = 0

    def take(self, event: Any) -> None:
        line = self._first_line + event.start_mark.line
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._source.wrong(line, *_SECOND_DOCUMENT)
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._source.wrong(line, *_ANCHOR)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], event, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._open.pop()
            self._put(done.value, done.line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)

    def _begin(self, value: Any, event: Any, line: int) -> None:
        if event.tag not in (None, "!"):
            raise self._source.wrong(line, *_TAG)
        if self._open and self._open[-1].wants_key:
            raise self._source.wrong(line, *_KEY)
        if len(self._open) >= MAX_DEPTH:
            raise self._source.wrong(line, *_DEEP)
        self._open.append(_Open(value, line))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag not in (None, "!"):
            raise self._source.wrong(line, *_TAG)
        text: str = event.value
        if UNSEEN.search(text):
            raise self._source.wrong(line, *_UNSEEN_ESCAPE)
        is_plain = event.implicit[0]
        if self._open and self._open[-1].wants_key:
            self._key(text, line)
        else:
            self._put(_resolved(text) if is_plain else text, line)

    def _key(self, key: str, line: int) -> None:
        holder = self._open[-1]
        if key in holder.value:
            raise self._source.wrong(
                line,
                msg("The key {key} stands here a second time.", key=key[:60]),
                msg("Keep one of the two."),
                written((*self._path()[:-1], key)),
            )
        holder.key, holder.key_line = key, line

    def _put(self, value: Any, line: int) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._source.wrong(line, *_MANY)
        if not self._open:
            self._top = value
            return
        holder = self._open[-1]
        if isinstance(holder.value, dict):
            self._lines[self._path()] = holder.key_line
            holder.value[holder.key] = value
            holder.key = None
        else:
            self._lines[self._path()] = line
            holder.value.append(value)

    def _path(self) -> Path:
        return tuple(holder.at for holder in self._open)

    def finish(self) -> Tree:
        if not isinstance(self._top, dict):
            raise self._source.wrong(self._first_line, *_NO_KEYS)
        return Tree(self._source.name, self._top, self._lines)

    def unreadable(self, error: yaml.MarkedYAMLError) -> Exception:
        problem, context = str(error.problem), str(error.context)
        mark = error.problem_mark or error.context_mark
        message, remedy = _OTHERWISE
        if "quoted scalar" in context and "end of" in problem:
            mark, (message, remedy) = error.context_mark or mark, _OPEN_QUOTE
        elif "flow" in context:
            mark, (message, remedy) = error.context_mark or mark, _OPEN_BRACKET
        elif "mapping values are not allowed" in problem:
            message, remedy = _COLON
        elif "cannot start any token" in problem:
            message, remedy = _FIRST_CHARACTER
        line = self._first_line + (mark.line if mark else 0)
        last = self._first_line + self._source.text.count("\n")
        return self._source.wrong(min(line, last), message, remedy)


class _Open:
    """A mapping or a list whose end has not come yet."""

    __slots__ = ("key", "key_line", "line", "value")

    def __init__(self, value: dict[str, Any] | list[Any], line: int) -> None:
        self.value: Any = value
        self.line = line
        self.key: str | None = None
        self.key_line = line

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None

    @property
    def at(self) -> str | int:
        """The key that waits for its value, or the place of the next item."""
        return len(self.value) if isinstance(self.value, list) else self.key or ""


def written(path: Path) -> str:
    """Return a path as people say it, counting from 1: `questions.2.label`."""
    return ".".join(str(part + 1 if isinstance(part, int) else part)[:60] for part in path)


def _resolved(text: str) -> Any:
    """Return what an unquoted word means."""
    if text in _NOTHING:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


_Saying = tuple[Message, Message]

_OTHERWISE: _Saying = (
    msg("This cannot be read as YAML."),
    msg("Look at indentation, colons and quotation marks in this line and the one before."),
)
_OPEN_QUOTE: _Saying = (
    msg("A quotation mark is opened here and not closed."),
    msg('Close it, or write \\" for a quotation mark inside the text.'),
)
_OPEN_BRACKET: _Saying = (
    msg("A bracket is opened here and not closed, or a comma is missing."),
    msg("Close it with the bracket of its kind, and part the values by commas."),
)
_COLON: _Saying = (
    msg("A colon stands where no key can be."),
    msg("Put the whole text in quotation marks, or mend the indentation."),
)
_FIRST_CHARACTER: _Saying = (
    msg("A value cannot begin with this character."),
    msg("Put the value in quotation marks."),
)
_SECOND_DOCUMENT: _Saying = (
    msg("A second YAML document begins here."),
    msg("Keep one document in each file."),
)
_ANCHOR: _Saying = (
    msg("Anchors and aliases (& and *) are not read here."),
    msg("Write the value out, or put a text that begins so in quotation marks."),
)
_TAG: _Saying = (
    msg("Tags (!) are not read here."),
    msg("Leave the tag out, or put a text that begins so in quotation marks."),
)
_KEY: _Saying = (msg("A key must be a plain word."), msg("Write it as in `title: …`."))
_DEEP: _Saying = (msg("The values are nested too deeply."), msg("Write them flatter."))
_MANY: _Saying = (msg("There are too many values in this file."), msg("Shorten it."))
_UNSEEN_ESCAPE: _Saying = (
    msg("The text holds a character that cannot be seen."),
    msg("Delete this character."),
)
_NO_KEYS: _Saying = (
    msg("Keys with their values are expected here."),
    msg("Write them as in `title: …`, one in each line."),
)
