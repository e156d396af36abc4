"""What a challenge still lacks, and what in it does not fit together.

The same list stops a file, a submission for approval and an amendment. The paths are those of the
facts in a file, so that a file can name the line and a form the field.
"""

from collections.abc import Iterable

from govmatch.challenges.known import Known
from govmatch.challenges.rules.fault import Fault
from govmatch.challenges.rules.fault_of_criteria import criteria_faults
from govmatch.challenges.rules.fault_of_facts import (
    contact_faults,
    date_faults,
    eligibility_faults,
    money_faults,
)
from govmatch.challenges.rules.fault_of_questions import question_faults
from govmatch.challenges.rules.fault_of_references import reference_faults
from govmatch.challenges.rules.fault_of_words import word_faults
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import Message


def faults(statement: Statement, known: Known) -> list[Fault]:
    """Return everything that keeps a challenge from being submitted, in the order of a file."""
    programme = known.programmes.get(statement.programme)
    return [
        *word_faults(statement),
        *reference_faults(statement, known),
        *date_faults(statement),
        *money_faults(statement, programme),
        *eligibility_faults(statement),
        *criteria_faults(statement, programme),
        *question_faults(statement, programme),
        *contact_faults(statement),
    ]


def errors_of(found: Iterable[Fault]) -> dict[str, Message]:
    """Return the first fault of each field, by the name of the field: `title.de`, `criteria`."""
    errors: dict[str, Message] = {}
    for fault in found:
        errors.setdefault(fault.field, fault.message)
    return errors
