"""A hit is shown only if its package says once more that this reader may see it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from govmatch.applications import queries as applications
from govmatch.challenges import queries as challenges
from govmatch.gatherings import queries as gatherings
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.needs import queries as needs
from govmatch.organisations import queries as organisations
from govmatch.pilots import queries as pilots
from govmatch.questions import queries as questions


class Named(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def id(self) -> str: ...


class Looking(Protocol):
    """Who looks, and when: a visit, or whoever is to be told by mail."""

    @property
    def db(self) -> ReadSession: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime: ...


Found = TypeVar("Found", bound=Named)
Asker = Callable[[Looking, Iterable[int]], set[int]]


def _challenges(visit: Looking, ids: Iterable[int]) -> set[int]:
    return challenges.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _questions(visit: Looking, ids: Iterable[int]) -> set[int]:
    return questions.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _needs(visit: Looking, ids: Iterable[int]) -> set[int]:
    return needs.visible_among(visit.db, ids, actor=visit.actor)


def _firms(visit: Looking, ids: Iterable[int]) -> set[int]:
    return organisations.visible_firms_among(visit.db, ids, actor=visit.actor)


def _applications(visit: Looking, ids: Iterable[int]) -> set[int]:
    return applications.own_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _received(visit: Looking, ids: Iterable[int]) -> set[int]:
    return applications.named_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _assigned(visit: Looking, ids: Iterable[int]) -> set[int]:
    return applications.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _pilots(visit: Looking, ids: Iterable[int]) -> set[int]:
    return pilots.visible_among(visit.db, ids, actor=visit.actor)


def _events(visit: Looking, ids: Iterable[int]) -> set[int]:
    return gatherings.visible_among(visit.db, ids, actor=visit.actor, now=visit.now)


def _pages(_visit: Looking, ids: Iterable[int]) -> set[int]:
    return set(ids)


ASKED: dict[str, Asker] = {
    "challenge": _challenges,
    "question": _questions,
    "need": _needs,
    "firm": _firms,
    "application": _applications,
    "pilot": _pilots,
    "event": _events,
    "received": _received,
    "assigned": _assigned,
    "page": _pages,
}


def still_visible(visit: Looking, found: Sequence[Found]) -> list[Found]:
    """Return those of the found things that the reader may see now; one statement per kind."""
    allowed: set[tuple[str, str]] = set()
    for kind in {one.kind for one in found}:
        asker = ASKED.get(kind)
        if asker is None:
            raise NotFound
        ids = asker(visit, [int(one.id) for one in found if one.kind == kind])
        allowed |= {(kind, str(number)) for number in ids}
    return [one for one in found if (one.kind, one.id) in allowed]
