"""What happened to reviews, in the words of a case: for staff and auditors, never for the firm."""

from collections.abc import Callable, Mapping

from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow
from govmatch.reviews.models import ConflictKind, State


def happened(row: JournalRow, name_of: Callable[[int], str]) -> Message | None:
    """Return what a journal row about reviews says; None for a row of another package.

    `name_of` gives a person's name by id.
    """
    number = row.data.get("person_id")
    person = name_of(number) if isinstance(number, int) else ""
    if about := _of_person(row):
        return Message(about.text, {"person": person})
    if row.event == "ReviewsAssigned":
        ids = row.data["review_ids"]
        return msgn(
            "{person} was given {n} review",
            "{person} was given {n} reviews",
            n=len(ids) if isinstance(ids, list) else 0,
            person=person,
        )
    if row.event == "NamesRevealed":
        ids = row.data["application_ids"]
        return msgn(
            "Names of {n} application revealed",
            "Names of {n} applications revealed",
            n=len(ids) if isinstance(ids, list) else 0,
        )
    if row.event == "ReviewsReminded":
        if row.data["is_overdue"]:
            return msg("{person} was reminded of overdue reviews", person=person)
        return msg("{person} was reminded of reviews that are due", person=person)
    return _OTHERS.get(row.event)


def _of_person(row: JournalRow) -> Message | None:
    if row.event == "ConflictNoted":
        return _CONFLICTS[ConflictKind(str(row.data["kind"]))]
    if row.event == "ReviewReturned":
        return _RETURNED[State(str(row.data["state"]))]
    return _OF_PERSON.get(row.event)


_OF_PERSON: Mapping[str, Message] = {
    "ConflictsDeclared": msg("{person} declared conflicts of interest"),
    "ReviewerWithdrawn": msg("{person} drops out; open reviews taken back"),
    "ConflictsAdded": msg("{person} added conflicts of interest"),
    "TiesConfirmed": msg("{person} declared conflicts of interest anew, to read names"),
    "ReviewAssigned": msg("Review assigned to {person}"),
    "ReviewUnassigned": msg("Review taken back from {person}"),
    "ReviewDueMoved": msg("New date for the review by {person}"),
    "ApplicationShown": msg("Read by {person} for review"),
    "ReviewSubmitted": msg("Review by {person} submitted"),
    "ReviewTakenUp": msg("Review taken up again by {person}"),
    "ReviewAbstained": msg("{person} left the review to the others"),
    "ReviewRecused": msg("Review by {person} ended: conflict of interest"),
    "ConflictSuspected": msg("Possible conflict of interest of {person} found by the site"),
    "SuspicionConfirmed": msg("Possible conflict of interest of {person} confirmed"),
    "SuspicionCleared": msg("Possible conflict of interest of {person} found to be none"),
    "ConflictCleared": msg("Conflict of interest of {person} cleared: it was noted wrongly"),
    "ReviewSetAside": msg("Review by {person} set aside; it is kept and does not count"),
}

_RETURNED: Mapping[State, Message] = {
    State.ASSIGNED: msg("Review by {person} to be done again: the conflict was cleared"),
    State.DRAFT: msg("Review by {person} returned as a draft: the conflict was cleared"),
    State.ABSTAINED: msg("Review by {person} left to the others again: the conflict was cleared"),
}

_CONFLICTS: Mapping[ConflictKind, Message] = {
    ConflictKind.DECLARED: msg("Conflict of interest declared by {person}"),
    ConflictKind.MEMBER: msg("Conflict of interest: {person} belongs to the firm"),
    ConflictKind.FOUND: msg("Conflict of interest of {person} found"),
}

_OTHERS: Mapping[str, Message] = {
    "ReviewsFrozen": msg("Reviews closed: the decision is proposed"),
    "ReviewsThawed": msg("Reviews opened again: the proposal was returned"),
    "AssignmentAsked": msg("A proposal for who reviews what was asked for"),
    "AssignmentTaken": msg("The proposal for who reviews what was taken over"),
    "AssignmentDropped": msg("The proposal for who reviews what was thrown away"),
    "ExpertiseNamed": msg("A reviewer said what they know and read"),
}

EVENTS = frozenset(
    {
        *_OF_PERSON,
        *_OTHERS,
        "ConflictNoted",
        "NamesRevealed",
        "ReviewReturned",
        "ReviewsAssigned",
        "ReviewsReminded",
    }
)
"""The events that this module puts into words."""
