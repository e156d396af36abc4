"""What reports count: only of challenges that were opened, and only what the reader may read."""

from govmatch.overview.queries.reports.moments import Decided, decided, median, with_titles
from govmatch.overview.queries.reports.scope import Choices, Scope, choices, with_opened
from govmatch.overview.queries.reports.stages import Stage, funnel
from govmatch.overview.queries.reports.waiting import (
    Kind,
    Load,
    Wait,
    Waiting,
    loads,
    oversees,
    waits,
    with_challenges,
)

__all__ = [
    "Choices",
    "Decided",
    "Kind",
    "Load",
    "Scope",
    "Stage",
    "Wait",
    "Waiting",
    "choices",
    "decided",
    "funnel",
    "loads",
    "median",
    "oversees",
    "waits",
    "with_challenges",
    "with_opened",
    "with_titles",
]
