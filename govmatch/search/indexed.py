"""How a package offers its things to the index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.search.entry import Entry


@dataclass(frozen=True)
class Indexed:
    """`ids` names everything of a kind; `entries` makes the entries of one (none: not found).

    A kind changes with the journal rows whose subject kind it is named by, or `about` where another
    name is given. `from_files` marks a kind that changes without a journal row, so that it is
    looked at when a worker starts.
    """

    ids: Callable[[Background, ReadSession], Iterable[int]]
    entries: Callable[[Background, ReadSession, int], list[Entry]]
    from_files: bool = False
    about: str = ""
