"""The thresholds of a content folder, read again when one of its files has changed."""

from functools import lru_cache
from pathlib import Path

from govmatch.kit.content import Folder, Problem
from govmatch.kit.records import dataclass
from govmatch.procurement.content import FOLDER, read_thresholds
from govmatch.procurement.table import Table


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables that are right; `unread` are the paths of the files that are not."""

    every: tuple[Table, ...]
    unread: tuple[str, ...]


def tables(content_dir: Path) -> Tables:
    """Return what the files say now; a wrong one is left out and named."""
    return _read(content_dir, _state(content_dir))


def _state(content_dir: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes with every change of a file: names, times and sizes."""
    folder = Folder(content_dir)
    stats = [(name, (content_dir / name).stat()) for name in folder.names(FOLDER, ".yaml")]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=2)
def _read(content_dir: Path, _state: tuple[tuple[str, int, int], ...]) -> Tables:
    problems: list[Problem] = []
    found = read_thresholds(Folder(content_dir), problems)
    unread = dict.fromkeys(one.path for one in problems)
    return Tables(tuple(found.values()), tuple(unread))
