"""Who may do what with a pilot: by role, state and time, with the reason for a no.

The authority writes the plan, the firm agrees or returns it; the firm delivers, the authority
accepts or returns. Firms that applied together with it read everything, and so do auditors and
approvers; finance contacts read plan and amounts, mentors read and write in the log. Nobody else
learns that there is a pilot until it is agreed, and then only what the results page shows.
"""

from govmatch.pilots.rules.changing import (
    may_answer_change,
    may_propose_change,
    may_withdraw_change,
)
from govmatch.pilots.rules.days import (
    DECISION_DAYS,
    days_left,
    decide_by,
    is_overdue,
    today,
)
from govmatch.pilots.rules.delivering import (
    MOST_FILES,
    may_decide,
    may_deliver,
    may_measure,
)
from govmatch.pilots.rules.ending import (
    may_complete,
    may_note_presentation,
    may_plan_presentation,
    may_state_outcome,
    may_stop,
)
from govmatch.pilots.rules.planning import (
    MOST_KPIS,
    MOST_MILESTONES,
    may_agree,
    may_make,
    may_return_plan,
    may_write_plan,
)
from govmatch.pilots.rules.sharing import (
    MOST_DOCUMENTS,
    may_add_document,
    may_choose_mentors,
    may_end_mentor,
    may_note,
    may_remove_document,
    may_write,
)
from govmatch.pilots.rules.sides import (
    APPLICANTS,
    INSIDERS,
    READERS_OF_AUTHORITY,
    READERS_OF_PROGRAMME,
    Sight,
    is_firm,
    is_insider,
    is_mentor,
    is_partner,
    partners_of,
    side_of,
    sight,
    works_for,
)

__all__ = [
    "APPLICANTS",
    "DECISION_DAYS",
    "INSIDERS",
    "MOST_DOCUMENTS",
    "MOST_FILES",
    "MOST_KPIS",
    "MOST_MILESTONES",
    "READERS_OF_AUTHORITY",
    "READERS_OF_PROGRAMME",
    "Sight",
    "days_left",
    "decide_by",
    "is_firm",
    "is_insider",
    "is_mentor",
    "is_overdue",
    "is_partner",
    "may_add_document",
    "may_agree",
    "may_answer_change",
    "may_choose_mentors",
    "may_complete",
    "may_decide",
    "may_deliver",
    "may_end_mentor",
    "may_make",
    "may_measure",
    "may_note",
    "may_note_presentation",
    "may_plan_presentation",
    "may_propose_change",
    "may_remove_document",
    "may_return_plan",
    "may_state_outcome",
    "may_stop",
    "may_withdraw_change",
    "may_write",
    "may_write_plan",
    "partners_of",
    "side_of",
    "sight",
    "today",
    "works_for",
]
