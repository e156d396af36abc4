"""The rules and limits that a programme can set, by name: what they may be, and what is safe."""

from collections.abc import Mapping
from enum import StrEnum


class Rule(StrEnum):
    SEALED = "sealed"
    NAMES_HIDDEN = "names_hidden"
    REDACTION_CHECKED = "redaction_checked"
    """Reviewers wait until somebody has found that the copy without names names nobody."""
    ONE_APPLICATION_PER_FIRM = "one_application_per_firm"
    CONFLICT_FIRST = "conflict_first"
    LATE_CODES = "late_codes"
    FEEDBACK_REQUIRED = "feedback_required"
    RESULTS_PUBLIC = "results_public"
    STAFF_MAY_NOT_APPLY = "staff_may_not_apply"
    OPENING_PEOPLE = "opening_people"
    JURY_ROUNDS = "jury_rounds"
    """On the juries of how many rounds one person sits, unless somebody says why."""
    PANEL_QUORUM = "panel_quorum"
    """How many members of the jury have to be there for what its meeting agrees on."""
    USERS_AND_DATA = "users_and_data"
    """A challenge says who would use a solution, and which data there are, before its approval."""
    ROUTE_FIRST = "route_first"
    """A challenge has a procurement route before its approval, where it cannot just be ordered."""
    INTERVIEWS = "interviews"
    """Firms on the shortlist are talked to; names stay hidden until somebody reveals them."""


PHASED = frozenset({Rule.NAMES_HIDDEN})
"""Rules that hold in some phases of the programme; the file may say in which."""

ADDED = frozenset(
    {
        Rule.REDACTION_CHECKED,
        Rule.JURY_ROUNDS,
        Rule.PANEL_QUORUM,
        Rule.USERS_AND_DATA,
        Rule.ROUTE_FIRST,
        Rule.INTERVIEWS,
    }
)
"""Rules that came later: files from before say nothing of them."""

COUNTED: Mapping[Rule, tuple[int, int]] = {
    Rule.OPENING_PEOPLE: (1, 2),
    Rule.JURY_ROUNDS: (1, 9),
    Rule.PANEL_QUORUM: (2, 9),
}
"""Rules that are a number, with its bounds; all others are on or off."""

STRICTEST: Mapping[Rule, bool | int] = {
    **dict.fromkeys(Rule, True),
    Rule.LATE_CODES: False,
    # Programmes from before copies were checked never said so: their reviews must not stand still.
    Rule.REDACTION_CHECKED: False,
    # Drafts of programmes from before were never asked for either.
    Rule.USERS_AND_DATA: False,
    Rule.ROUTE_FIRST: False,
    # Nor did they say anything of interviews: names are shown there when the shortlist is made.
    Rule.INTERVIEWS: False,
    Rule.OPENING_PEOPLE: 2,
    Rule.JURY_ROUNDS: 3,
    Rule.PANEL_QUORUM: 3,
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
