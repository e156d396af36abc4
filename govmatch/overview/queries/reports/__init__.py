"""What reports count: only of challenges that were opened, and only what the reader may read."""

from govmatch.overview.queries.reports.choosing import Choices, choices
from govmatch.overview.queries.reports.conflicts import Conflicts, conflicts
from govmatch.overview.queries.reports.firms import (
    OTHERS,
    Group,
    Shown,
    by_region,
    by_size,
    kinds,
)
from govmatch.overview.queries.reports.moments import Decided, Pace, decided, pace, with_titles
from govmatch.overview.queries.reports.scope import Scope
from govmatch.overview.queries.reports.scores import (
    MOST_CHALLENGES,
    Judged,
    Spread,
    judged,
    spreads,
    with_challenge,
)
from govmatch.overview.queries.reports.stages import Stage, funnel
from govmatch.overview.queries.reports.titles import challenges_by_id
from govmatch.overview.queries.reports.trace import Step, Trace, Traced, steps, trace
from govmatch.overview.queries.reports.trends import Quarterly, trends
from govmatch.overview.queries.reports.waiting import Kind, Wait, Waiting, waits, with_challenges
from govmatch.overview.queries.reports.workload import (
    Approved,
    Load,
    approved,
    handled,
    loads,
    oversees,
    to_confirm,
)

__all__ = [
    "MOST_CHALLENGES",
    "OTHERS",
    "Approved",
    "Choices",
    "Conflicts",
    "Decided",
    "Group",
    "Judged",
    "Kind",
    "Load",
    "Pace",
    "Quarterly",
    "Scope",
    "Shown",
    "Spread",
    "Stage",
    "Step",
    "Trace",
    "Traced",
    "Wait",
    "Waiting",
    "approved",
    "by_region",
    "by_size",
    "challenges_by_id",
    "choices",
    "conflicts",
    "decided",
    "funnel",
    "handled",
    "judged",
    "kinds",
    "loads",
    "oversees",
    "pace",
    "spreads",
    "steps",
    "to_confirm",
    "trace",
    "trends",
    "waits",
    "with_challenge",
    "with_challenges",
    "with_titles",
]
