"""The bridge's two kinds of file: the glossary that people write, and the lexicon that is learned.

Both are tables with a tab between the cells, lines of notes that begin with `#` and a head line. A
wrong line stops nothing: it is named, and the others are taken.
"""

from collections.abc import Iterator
from pathlib import Path

from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES

GLOSSARY = Path("glossary")
LEXICON = Path("reference") / "lexicon.tsv"

_MOST_CHARACTERS = 1_000
"""Of one line; a longer one is not a line of words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing and its words in each of the `LANGUAGES`, the most usual one first."""

    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """Stems that mean the same, one or none for each of the `LANGUAGES`, and how sure that is."""

    weight: float
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that could not be taken: the file, the number of the line from 1, and why."""

    path: Path
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All rows of a folder, in the order of file names and lines, and the lines left out."""

    rows: tuple[Row, ...]
    wrong: tuple[Wrong, ...] = ()
    places: tuple[tuple[Path, int], ...] = ()
    """Where each row stands: the file, and the number of the line from 1."""


def read_glossary(folder: Path) -> Glossary:
    """Return what the tables of a folder say; nothing when there is no such folder."""
    rows: list[Row] = []
    wrong: list[Wrong] = []
    places: list[tuple[Path, int]] = []
    for path in sorted(folder.glob("*.tsv")):
        for number, cells in _lines(path):
            reason = _why_wrong(cells)
            if reason:
                wrong.append(Wrong(path, number, reason))
            else:
                rows.append(Row(tuple(_words(cell) for cell in cells)))
                places.append((path, number))
    return Glossary(tuple(rows), tuple(wrong), tuple(places))


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is no note, with its number; the head line is left out."""
    is_head = True
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            if not is_head:
                yield number, line.split("\t")
            is_head = False


def _why_wrong(cells: list[str]) -> str:
    if len(cells) != len(LANGUAGES):
        return f"{len(cells)} cells instead of {len(LANGUAGES)}, separated by a tab"
    if sum(map(len, cells)) > _MOST_CHARACTERS:
        return f"longer than {_MOST_CHARACTERS} characters"
    empty = [name for name, cell in zip(LANGUAGES, cells, strict=True) if not _words(cell)]
    return f"no word for {', '.join(empty)}" if empty else ""


def _words(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in cell.split(",")))))


def read_lexicon(path: Path) -> tuple[Learned, ...]:
    """Return the learned rows of a file; none when it is not there."""
    if not path.exists():
        return ()
    rows = (cells for _, cells in _lines(path) if len(cells) == 1 + len(LANGUAGES))
    return tuple(Learned(float(weight), tuple(stems)) for weight, *stems in rows)
