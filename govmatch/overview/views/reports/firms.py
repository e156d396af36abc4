"""Where firms come from and how large they are, as parts of reports; small groups unnumbered."""

from collections.abc import Sequence

from govmatch.kit.i18n import Message, msg
from govmatch.organisations.places import country_name
from govmatch.organisations.showing import SIZE_NAMES
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Group, Shown
from govmatch.overview.views.reports.cells import Asked, Cell, Part, Table, number
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.visit import Visit

SIZES = msg("Sizes of firms")
REGIONS = msg("Regions of firms")
FEW = msg("fewer than five")
KEPT_BACK = msg("kept back")
LEAD = msg(
    "Each firm counts once, however often it applied. Groups below five are not numbered; a number "
    "is kept back where one that is too small could be computed from it."
)
EMPTY = msg("Figures stand here once applications have been opened.")


def sizes(visit: Visit, asked: Asked) -> Part:
    """Return who applied, was shortlisted and was selected, by size class of the EU."""
    found = reports.by_size(reports.kinds(visit.db, asked.counts))
    named = [([SIZE_NAMES.get(group.key[0], msg("Not said"))], group) for group in found]
    return _part(visit, "sizes", SIZES, [msg("Size")], named[: asked.most], total=len(found))


def regions(visit: Visit, asked: Asked) -> Part:
    """Return the same by region, that with most firms first."""
    found = reports.by_region(reports.kinds(visit.db, asked.counts))
    named = [
        ([_region(group.key[1]), country_name(group.key[0], visit.lang)], group) for group in found
    ]
    heads = [msg("Region"), msg("Country")]
    return _part(visit, "regions", REGIONS, heads, named[: asked.most], total=len(found))


def _region(name: str) -> Message | str:
    return msg("Other regions") if name == reports.OTHERS else name or msg("Not said")


def _part(
    visit: Visit,
    key: str,
    title: Message,
    heads: Sequence[Message],
    named: Sequence[tuple[Sequence[Message | str], Group]],
    *,
    total: int,
) -> Part:
    rows, records = [], []
    for names, group in named:
        said = [visit.say(one) for one in names]
        numbers = [(one.n, _text(visit, one)) for one in group.numbers]
        rows.append([*(Cell(one) for one in said), *(Cell(text) for _, text in numbers)])
        records.append([*said, *(text if n is None else n for n, text in numbers)])
    head = [
        *((one, None) for one in heads),
        (msg("Applied"), "numeric"),
        (msg("Shortlisted"), "numeric"),
        (msg("Selected"), "numeric"),
    ]
    labels = [(visit.say(names[0]), group) for names, group in named]
    return Part(
        name=key,
        title=title,
        lead=LEAD,
        bars=_chart(visit, title, labels),
        table=Table(head, rows, records),
        total=total,
        empty=EMPTY,
    )


def _text(visit: Visit, shown: Shown) -> str:
    if shown.n is not None:
        return number(visit, shown.n)
    return visit.say(FEW if shown.is_small else KEPT_BACK)


def _chart(visit: Visit, title: Message, groups: Sequence[tuple[str, Group]]) -> BarChart | None:
    """Draw who applied; a number that is not shown has no length that would tell it."""
    if not any(one.applied.n for _, one in groups):
        return None
    said = msg("Firms that applied. What has no number has no bar either.")
    return bar_chart(
        [Amount(label, one.applied.n or 0, _text(visit, one.applied)) for label, one in groups],
        title=visit.say(title),
        description=visit.say(said),
    )
