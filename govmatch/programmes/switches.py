"""The rules and limits that a programme can set, by name: what they may be, and what is safe."""

from collections.abc import Mapping
from enum import StrEnum


class Rule(StrEnum):
    SEALED = "sealed"
    NAMES_HIDDEN = "names_hidden"
    ONE_APPLICATION_PER_FIRM = "one_application_per_firm"
    CONFLICT_FIRST = "conflict_first"
    LATE_CODES = "late_codes"
    FEEDBACK_REQUIRED = "feedback_required"
    RESULTS_PUBLIC = "results_public"
    STAFF_MAY_NOT_APPLY = "staff_may_not_apply"
    OPENING_PEOPLE = "opening_people"


COUNTED: Mapping[Rule, tuple[int, int]] = {Rule.OPENING_PEOPLE: (1, 2)}
"""Rules that are a number, with its bounds; all others are on or off."""

STRICTEST: Mapping[Rule, bool | int] = {
    **dict.fromkeys(Rule, True),
    Rule.LATE_CODES: False,
    Rule.OPENING_PEOPLE: 2,
}
"""What holds where a programme says nothing."""


class Limit(StrEnum):
    """For one application unless the name says otherwise; sizes in units of 1,000,000 bytes."""

    SUBMISSIONS_PER_HOUR = "submissions_per_hour"
    MAILS_PER_HOUR = "mails_per_hour"
    """Receipts to one address; beyond them the receipt stands on the site alone."""
    DRAFTS_PER_FIRM = "drafts_per_firm"
    ANSWER_CHARACTERS = "answer_characters"
    FILES = "files"
    FILE_MB = "file_mb"
    FILES_MB = "files_mb"
    CONSORTIUM_PARTNERS = "consortium_partners"


USUAL: Mapping[Limit, int] = {
    Limit.SUBMISSIONS_PER_HOUR: 10,
    Limit.MAILS_PER_HOUR: 5,
    Limit.DRAFTS_PER_FIRM: 20,
    Limit.ANSWER_CHARACTERS: 20_000,
    Limit.FILES: 5,
    Limit.FILE_MB: 10,
    Limit.FILES_MB: 30,
    Limit.CONSORTIUM_PARTNERS: 6,
}
"""What holds where a programme says nothing."""
