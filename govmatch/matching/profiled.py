"""How a package offers its things to matching."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.matching.profile import Profile


@dataclass(frozen=True, slots=True)
class Offered:
    """A thing that gets matches; `is_proposed` where it may also be a match of others."""

    profile: Profile
    is_proposed: bool


@dataclass(frozen=True)
class Profiled:
    """`ids` names everything of a kind that may be offered; `offer` returns None for what is not.

    `against` is the kind that it is matched with. A kind changes with the journal rows whose
    subject kind it is named by; `after` holds events of other subjects that change it too: by the
    name of the event, what of this kind a subject of that event changes. `is_counted`: not only
    the best are kept of what fits, but all that is near (`KeptNear`).
    """

    against: str
    ids: Callable[[Background, ReadSession], Iterable[int]]
    offer: Callable[[Background, ReadSession, int], Offered | None]
    after: Mapping[str, Callable[[ReadSession, int], Iterable[int]]] = field(default_factory=dict)
    is_counted: bool = False
