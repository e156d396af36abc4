"""How a package offers its things to the index."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.search.entry import Entry


@dataclass(frozen=True)
class Indexed:
    """`ids` names everything of a kind; `entries` makes the entries of one (none: not found).

    A kind changes with the journal rows whose subject kind it is named by, or `about` where another
    name is given. `after` holds events of other subjects that change it too: by the name of the
    event, what of this kind a subject of that event changes. `from_files` marks a kind that changes
    without a journal row, so that it is looked at when a worker starts.
    """

    ids: Callable[[Background, ReadSession], Iterable[int]]
    entries: Callable[[Background, ReadSession, int], list[Entry]]
    from_files: bool = False
    about: str = ""
    after: Mapping[str, Callable[[ReadSession, int], Iterable[int]]] = field(default_factory=dict)
