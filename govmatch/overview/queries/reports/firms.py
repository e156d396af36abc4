"""Where firms come from and how large they are: who applied, was shortlisted, was selected."""

from collections.abc import Iterable, Sequence

from sqlalchemy import case, func, or_, select

from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm, Size
from govmatch.organisations.regions import REGIONS, region_key
from govmatch.overview.queries.reports.keeping import kept
from govmatch.overview.queries.reports.scope import Scope, with_opened
from govmatch.overview.queries.reports.stages import came_to, selected_ids

FEWEST = 5
"""Firms of a group that is shown with its number."""
OTHERS = "*"
"""Stands for the regions that only a few firms named, in words of their own."""

Key = tuple[str, ...]
"""(size,) or (country, region as its country spells it); empty parts were not said."""
Numbers = tuple[int, int, int]
"""Firms that applied, that were shortlisted, that were selected."""


@dataclass(frozen=True)
class Kind:
    """Firms of one place and size; a firm counts once however often it applied."""

    country: str
    region: str
    size: str
    numbers: Numbers


@dataclass(frozen=True)
class Shown:
    """A number of firms as it may be shown: `n` is None where it is kept back.

    `is_small` says that it is one to four; where it is false too, the number is kept back because
    with it a smaller one beside it could be computed.
    """

    n: int | None
    is_small: bool = False


@dataclass(frozen=True)
class Group:
    key: Key
    applied: Shown
    shortlisted: Shown
    selected: Shown

    @property
    def numbers(self) -> tuple[Shown, Shown, Shown]:
        return self.applied, self.shortlisted, self.selected


def kinds(session: ReadSession, scope: Scope) -> list[Kind]:
    """Return the firms with opened applications by place and size."""
    return kept(session, ("kinds", scope), lambda: _kinds(session, with_opened(session, scope)))


def _kinds(session: ReadSession, scope: Scope) -> list[Kind]:
    is_selected = Application.id.in_(selected_ids)
    is_shortlisted = or_(came_to == Applied.SHORTLISTED, is_selected)
    firms = (
        select(
            Application.firm_id,
            func.max(case((is_shortlisted, 1), else_=0)).label("shortlisted"),
            func.max(case((is_selected, 1), else_=0)).label("selected"),
        )
        .where(scope.applications)
        .group_by(Application.firm_id)
        .subquery()
    )
    found = (
        select(
            Firm.country,
            Firm.region,
            func.coalesce(Firm.size, "").label("class"),
            func.count(),
            func.sum(firms.c.shortlisted),
            func.sum(firms.c.selected),
        )
        .join(Firm, Firm.id == firms.c.firm_id)
        # By its name: PostgreSQL takes the same words with other parameters for another expression.
        .group_by(Firm.country, Firm.region, "class")
    )
    return [
        Kind(country, region, size, (applied, int(shortlisted), int(selected)))
        for country, region, size, applied, shortlisted, selected in session.execute(found)
    ]


def by_size(found: Iterable[Kind]) -> list[Group]:
    """Return one group for each size class, the smallest first, and one of those who say none."""
    groups = _summed(((one.size,), one.numbers) for one in found)
    order = [(size.value,) for size in Size] + [("",)]
    return _shown([(key, groups[key]) for key in order if key in groups])


def by_region(found: Iterable[Kind]) -> list[Group]:
    """Return one group for each region of a country, that with most firms first.

    A country without any region named stands as one; those too few to be shown stand last, in the
    order of their names, since their order would tell of their numbers. What too few firms wrote in
    words of their own is one group of its country: the words could be those of one firm.
    """
    regions = _summed(
        ((one.country, _spelled(one.country, one.region)), one.numbers) for one in found
    )
    groups = _summed((_named(key, numbers), numbers) for key, numbers in regions.items())
    is_small = {key: n[0] < FEWEST for key, n in groups.items()}
    order = sorted(
        groups, key=lambda key: (is_small[key], 0 if is_small[key] else -groups[key][0], key)
    )
    return _shown([(key, groups[key]) for key in order])


def _summed(each: Iterable[tuple[Key, Numbers]]) -> dict[Key, Numbers]:
    groups: dict[Key, Numbers] = {}
    for key, numbers in each:
        before = groups.get(key, (0, 0, 0))
        groups[key] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])
    return groups


def _spelled(country: str, region: str) -> str:
    """Return a region as its country calls it first, however a firm wrote it."""
    key = region_key(country, region)
    for names in REGIONS.get(country, ()):
        if region_key(country, names[0]) == key:
            return names[0]
    return region.strip()


def _named(key: Key, numbers: Numbers) -> Key:
    """Return the group of a region: its own, or that of words that too few firms used."""
    country, region = key
    is_listed = not region or any(region == names[0] for names in REGIONS.get(country, ()))
    return key if is_listed or numbers[0] >= FEWEST else (country, OTHERS)


def _shown(groups: Sequence[tuple[Key, Numbers]]) -> list[Group]:
    columns = [_column([numbers[place] for _, numbers in groups]) for place in range(3)]
    return [Group(key, *(column[row] for column in columns)) for row, (key, _) in enumerate(groups)]


def _column(numbers: Sequence[int]) -> list[Shown]:
    """Keep back what is too small, and where that is one number alone, the next larger one too.

    From the sum of all, which another page tells, the one that is missing could be computed.
    """
    small = [place for place, n in enumerate(numbers) if 0 < n < FEWEST]
    beside = [place for place, n in enumerate(numbers) if n >= FEWEST]
    next_larger = (
        min(beside, key=lambda place: numbers[place]) if len(small) == 1 and beside else None
    )
    shown = [Shown(None, is_small=True) if 0 < n < FEWEST else Shown(n) for n in numbers]
    if next_larger is not None:
        shown[next_larger] = Shown(None)
    return shown
