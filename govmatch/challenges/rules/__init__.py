"""Yes or no with a reason; phases; what is missing."""

from govmatch.challenges.rules.amending import (
    FIXED,
    FROZEN_AT_DEADLINE,
    LAST_DAYS,
    amendment_faults,
    moved_deadline,
    timing_faults,
)
from govmatch.challenges.rules.fault import Fault
from govmatch.challenges.rules.faults import errors_of, faults
from govmatch.challenges.rules.may import (
    may_amend,
    may_approve,
    may_cancel,
    may_create,
    may_delete,
    may_edit,
    may_publish,
    may_return,
    may_see,
    may_submit_for_approval,
    may_take_from_file,
    wrote,
)
from govmatch.challenges.rules.phases import (
    Phase,
    is_open,
    is_past_deadline,
    is_public,
    phase,
    takes_questions,
)

__all__ = [
    "FIXED",
    "FROZEN_AT_DEADLINE",
    "LAST_DAYS",
    "Fault",
    "Phase",
    "amendment_faults",
    "errors_of",
    "faults",
    "is_open",
    "is_past_deadline",
    "is_public",
    "may_amend",
    "may_approve",
    "may_cancel",
    "may_create",
    "may_delete",
    "may_edit",
    "may_publish",
    "may_return",
    "may_see",
    "may_submit_for_approval",
    "may_take_from_file",
    "moved_deadline",
    "phase",
    "takes_questions",
    "timing_faults",
    "wrote",
]
