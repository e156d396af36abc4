"""What happened to reviews, in the words of a case: for staff and auditors, never for the firm."""

from collections.abc import Callable, Mapping

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow
from govmatch.reviews.models import ConflictKind


def happened(row: JournalRow, name_of: Callable[[int], str]) -> Message | None:
    """Return what a journal row about reviews says; None for a row of another package.

    `name_of` gives a person's name by id.
    """
    number = row.data.get("person_id")
    person = name_of(number) if isinstance(number, int) else ""
    if row.event in _OF_PERSON:
        return Message(_OF_PERSON[row.event].text, {"person": person})
    if row.event == "ConflictNoted":
        kind = _CONFLICTS[ConflictKind(str(row.data["kind"]))]
        return Message(kind.text, {"person": person})
    if row.event == "ReviewsAssigned":
        ids = row.data["review_ids"]
        return msgn(
            "{person} was given {n} review",
            "{person} was given {n} reviews",
            n=len(ids) if isinstance(ids, list) else 0,
            person=person,
        )
    if row.event == "ReviewsReminded":
        if row.data["is_overdue"]:
            return msg("{person} was reminded of overdue reviews", person=person)
        return msg("{person} was reminded of reviews that are due", person=person)
    return _OTHERS.get(row.event)


_OF_PERSON: Mapping[str, Message] = {
    "ConflictsDeclared": msg("{person} declared conflicts of interest"),
    "ConflictsAdded": msg("{person} added conflicts of interest"),
    "ReviewAssigned": msg("Review assigned to {person}"),
    "ReviewUnassigned": msg("Review taken back from {person}"),
    "ReviewDueMoved": msg("New date for the review by {person}"),
    "ApplicationShown": msg("Read by {person} for review"),
    "ReviewSubmitted": msg("Review by {person} submitted"),
    "ReviewTakenUp": msg("Review taken up again by {person}"),
    "ReviewAbstained": msg("{person} left the review to the others"),
    "ReviewRecused": msg("Review by {person} ended: conflict of interest"),
    "ReviewSetAside": msg("Review by {person} set aside; it is kept and does not count"),
}

_CONFLICTS: Mapping[ConflictKind, Message] = {
    ConflictKind.DECLARED: msg("Conflict of interest declared by {person}"),
    ConflictKind.MEMBER: msg("Conflict of interest: {person} belongs to the firm"),
    ConflictKind.FOUND: msg("Conflict of interest of {person} found"),
}

_OTHERS: Mapping[str, Message] = {
    "ReviewsFrozen": msg("Reviews closed: the decision is proposed"),
    "ReviewsThawed": msg("Reviews opened again: the proposal was returned"),
}

EVENTS = frozenset({*_OF_PERSON, *_OTHERS, "ConflictNoted", "ReviewsAssigned", "ReviewsReminded"})
"""The events that this module puts into words."""
