"""The folder of content, and a file in it as text."""

import re
from pathlib import Path

from govmatch.kit.content.problems import Problem, Wrong
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass

MAX_BYTES = 1_000_000

# Whatever cannot be seen and has no place in a text; among them the marks that turn the direction
# of writing, by which a line can be made to read otherwise than it is.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def without_unseen(text: str) -> str:
    """Return a text without the characters that no file may hold; tabs and line ends stay."""
    return UNSEEN.sub("", text)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text; `name` is its path below the content folder, lines end with a line feed."""

    name: str
    text: str

    def wrong(self, line: int, message: Message, remedy: Message, field: str = "") -> Wrong:
        return Wrong(Problem(self.name, line, field, message, remedy))


@dataclass(frozen=True, slots=True)
class Folder:
    """The content folder; nothing outside it is ever read."""

    root: Path

    def names(self, below: str, suffix: str) -> list[str]:
        """Return the names of the files directly in a folder, sorted; hidden ones are left out."""
        folder = self.root / below
        if not folder.is_dir() or not self._is_inside(folder):
            return []
        return sorted(
            f"{below}/{path.name}"
            for path in folder.iterdir()
            if path.name.endswith(suffix) and not path.name.startswith(".")
        )

    def stems(self, below: str, suffix: str) -> frozenset[str]:
        """Return the names of the files in a folder without folder and ending: their slugs."""
        return frozenset(name[len(below) + 1 : -len(suffix)] for name in self.names(below, suffix))

    def read(self, name: str) -> Source:
        """Return a file as text.

        Raises `Wrong` for what lies outside the folder (by a link or by `..`), is no plain file,
        is larger than 1 MB, is not UTF-8 or holds control characters.
        """
        raw = self.read_bytes(name, most=MAX_BYTES)
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise _wrong(
                name,
                line,
                msg("This line is not UTF-8."),
                msg("Save the file again with the encoding UTF-8."),
            ) from error
        text = text.replace("\r\n", "\n")
        if found := UNSEEN.search(text):
            raise _unseen(name, text, found.start())
        return Source(name, text)

    def read_bytes(self, name: str, *, most: int) -> bytes:
        """Return a file of at most `most` bytes; raises `Wrong` as `read` does."""
        path = self.root / name
        if "\x00" in name or not self._is_inside(path):
            raise _wrong(
                name,
                1,
                msg("The file lies outside the content folder."),
                msg("Put the file itself there instead of a link."),
            )
        if not path.is_file():
            raise _wrong(
                name, 1, msg("There is no such file."), msg("Add the file, or do not name it.")
            )
        try:
            with path.open("rb") as file:
                raw = file.read(most + 1)
        except OSError as error:
            raise _wrong(
                name,
                1,
                msg("The file cannot be opened."),
                msg("Make it readable for the user that runs govmatch."),
            ) from error
        if len(raw) > most:
            raise _wrong(
                name,
                1,
                msg("The file is larger than {size} MB.", size=most / 1_000_000),
                msg("Shorten it."),
            )
        return raw

    def _is_inside(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # a link that leads to itself
            return False


def _unseen(name: str, text: str, at: int) -> Wrong:
    line = text.count("\n", 0, at) + 1
    code = f"U+{ord(text[at]):04X}"
    return _wrong(
        name,
        line,
        msg("A character that cannot be seen stands here: {code}.", code=code),
        msg("Delete this character."),
    )


def _wrong(name: str, line: int, message: Message, remedy: Message) -> Wrong:
    return Wrong(Problem(name, line, "", message, remedy))
