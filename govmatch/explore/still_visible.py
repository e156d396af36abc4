"""A hit is shown only if its package says once more that this reader may see it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from govmatch.applications import queries as applications
from govmatch.challenges import queries as challenges
from govmatch.kit.errors import NotFound
from govmatch.organisations import queries as organisations
from govmatch.pilots import queries as pilots
from govmatch.web.visit import Visit


class Named(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def id(self) -> str: ...


Found = TypeVar("Found", bound=Named)
Asker = Callable[[Visit, Iterable[int]], set[int]]


def _challenges(visit: Visit, ids: Iterable[int]) -> set[int]:
    return challenges.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _firms(visit: Visit, ids: Iterable[int]) -> set[int]:
    return organisations.visible_firms_among(visit.db, ids, actor=visit.actor)


def _applications(visit: Visit, ids: Iterable[int]) -> set[int]:
    return applications.own_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _received(visit: Visit, ids: Iterable[int]) -> set[int]:
    return applications.named_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _assigned(visit: Visit, ids: Iterable[int]) -> set[int]:
    return applications.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _pilots(visit: Visit, ids: Iterable[int]) -> set[int]:
    return pilots.visible_among(visit.db, ids, actor=visit.actor)


def _pages(_visit: Visit, ids: Iterable[int]) -> set[int]:
    return set(ids)


ASKED: dict[str, Asker] = {
    "challenge": _challenges,
    "firm": _firms,
    "application": _applications,
    "pilot": _pilots,
    "received": _received,
    "assigned": _assigned,
    "page": _pages,
}


def still_visible(visit: Visit, found: Sequence[Found]) -> list[Found]:
    """Return those of the found things that the reader may see now; one statement per kind."""
    allowed: set[tuple[str, str]] = set()
    for kind in {one.kind for one in found}:
        asker = ASKED.get(kind)
        if asker is None:
            raise NotFound
        ids = asker(visit, [int(one.id) for one in found if one.kind == kind])
        allowed |= {(kind, str(number)) for number in ids}
    return [one for one in found if (one.kind, one.id) in allowed]
