"""What a jury has to talk about: where reviewers disagree, and what is near the border. Pure.

Disagreement is that of the page of the numbers (`reviews.numbers.disagreement`), so that both say
the same: the standard deviation between the reviews of an application, in points.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from govmatch.applications.models import Application
from govmatch.kit.records import dataclass

FAR = 1.0
"""Points of standard deviation from which on a criterion may be one to discuss: of two reviewers,
one and a half points between them, of whole points therefore two."""

NEAR = 2
"""Places before and behind the last one that is selected, within which each is discussed."""


class Ranked(Protocol):
    """What the reviews of one application come to."""

    @property
    def application(self) -> Application: ...
    @property
    def mean(self) -> float | None: ...


class Contested(Protocol):
    """How far the reviewers of one application lie apart, as a whole and by criterion."""

    @property
    def application(self) -> int: ...
    @property
    def deviation(self) -> float: ...
    @property
    def error(self) -> float: ...
    @property
    def criteria(self) -> Mapping[str, float]: ...


class Apart(Protocol):
    """How far reviewers of a challenge usually lie apart in a criterion."""

    @property
    def criterion(self) -> str: ...
    @property
    def deviation(self) -> float | None: ...


@dataclass(frozen=True)
class Suggested:
    """An application, how far its reviewers lie apart, and whether that is to be discussed.

    `disagreement` is None with a single review, `error` its standard error. `wide` are the criteria
    in which the reviewers lie at least `FAR` apart, and as far as is usual in the challenge.
    """

    application: Application
    disagreement: float | None
    error: float | None
    wide: tuple[str, ...]
    is_near: bool

    @property
    def is_suggested(self) -> bool:
        return bool(self.wide) or self.is_near


def suggested(
    ranked: Sequence[Ranked],
    contested: Iterable[Contested],
    apart: Iterable[Apart],
    *,
    places: int,
) -> list[Suggested]:
    """Return what was reviewed, widest disagreement first; `ranked` is best first.

    What has a single review comes last, in the order of the ranking.
    """
    known = {one.application: one for one in contested}
    usual = {one.criterion: max(FAR, one.deviation or 0.0) for one in apart}
    scored = [one for one in ranked if one.mean is not None]
    found = [
        _suggested(
            one.application,
            known.get(one.application.id),
            usual,
            is_near=len(scored) > places and places - NEAR <= place < places + NEAR,
        )
        for place, one in enumerate(scored)
    ]
    return sorted(found, key=_order)


def _order(one: Suggested) -> float:
    return 1.0 if one.disagreement is None else -one.disagreement


def _suggested(
    application: Application,
    contested: Contested | None,
    usual: Mapping[str, float],
    *,
    is_near: bool,
) -> Suggested:
    if contested is None:
        return Suggested(application, None, None, (), is_near)
    wide = tuple(
        criterion
        for criterion, deviation in contested.criteria.items()
        if deviation >= usual.get(criterion, FAR)
    )
    return Suggested(application, contested.deviation, contested.error, wide, is_near)
