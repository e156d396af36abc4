"""How reports are put into words: stages, what waits, for whom. Texts, no HTML."""

from collections.abc import Callable, Mapping

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.overview.queries.reports import Kind, Stage, Wait

STAGES: Mapping[Stage, tuple[Message, Message]] = {
    Stage.SUBMITTED: (msg("Submitted"), msg("What the opening found")),
    Stage.ELIGIBLE: (msg("Eligible"), msg("Passed the formal check")),
    Stage.IN_REVIEW: (msg("Being reviewed"), msg("Given to at least one reviewer")),
    Stage.SHORTLISTED: (msg("Shortlisted"), msg("On the shortlist, or selected without one")),
    Stage.SELECTED: (msg("Selected"), msg("By a released decision")),
    Stage.CONFIRMED: (msg("Confirmed by the firm"), msg("The firm took its place")),
    Stage.PILOT: (msg("Pilot"), msg("Agreed by both sides")),
    Stage.OUTCOME: (msg("Outcome"), msg("The pilot has a published outcome")),
}
"""Each stage of the funnel: what it is called, and what counts for it."""

FOR_WHOM: Mapping[Kind, Message] = {
    Kind.OPENING: msg("Programme manager"),
    Kind.HANDLER: msg("Programme manager"),
    Kind.CONFIRMATION: msg("Approver"),
    Kind.RELEASE: msg("Programme manager"),
    Kind.ANSWER: msg("The selected firms"),
    Kind.MILESTONE: msg("The firm"),
    Kind.DELIVERY: msg("The authority"),
}


def what(wait: Wait) -> Message:
    """Return what waits."""
    return _WHAT[wait.kind](wait)


_WHAT: Mapping[Kind, Callable[[Wait], Message]] = {
    Kind.OPENING: lambda _: msg("Past the deadline, not opened"),
    Kind.HANDLER: lambda wait: msgn(
        "{n} application that nobody looks after",
        "{n} applications that nobody looks after",
        n=wait.count,
    ),
    Kind.CONFIRMATION: lambda _: msg("A decision to confirm"),
    Kind.RELEASE: lambda wait: msgn(
        "{n} letter to release", "{n} letters to release", n=wait.count
    ),
    Kind.ANSWER: lambda wait: msgn(
        "{n} firm has to answer", "{n} firms have to answer", n=wait.count
    ),
    Kind.MILESTONE: lambda wait: msg("Milestone overdue: {title}", title=wait.subject),
    Kind.DELIVERY: lambda wait: msg("Delivery to decide on: {title}", title=wait.subject),
}  # fmt: skip
