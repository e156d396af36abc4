"""What reports count: only of challenges that were opened, and only what the reader may read."""

from govmatch.overview.queries.reports.moments import Decided, decided, median
from govmatch.overview.queries.reports.scope import Choices, Scope, choices
from govmatch.overview.queries.reports.stages import Stage, funnel
from govmatch.overview.queries.reports.waiting import Kind, Load, Wait, loads, oversees, waits

__all__ = [
    "Choices",
    "Decided",
    "Kind",
    "Load",
    "Scope",
    "Stage",
    "Wait",
    "choices",
    "decided",
    "funnel",
    "loads",
    "median",
    "oversees",
    "waits",
]
