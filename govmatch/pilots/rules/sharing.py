"""What the two sides and their mentors share: log, messages, documents, mentors."""

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.pilots.models import Pilot, Side, State
from govmatch.pilots.rules.reasons import NOT_AUTHORITY
from govmatch.pilots.rules.sides import is_mentor, side_of

MOST_DOCUMENTS = 50


def may_note(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides and the mentors, at any time: what is said after the end is said too."""
    if side_of(actor, pilot) is not None or is_mentor(actor, pilot):
        return YES
    return No(msg("Only the two sides and the mentors write here."))


def may_write(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides, as long as there is a pilot; mentors and auditors read along."""
    if side_of(actor, pilot) is not None:
        return YES
    return No(msg("Only the firm and the authority write here."))


def may_add_document(actor: Actor, pilot: Pilot) -> Ruling:
    """Both sides, until an outcome is stated."""
    if side_of(actor, pilot) is None:
        return No(msg("Only the two sides add documents."))
    if pilot.outcome is not None:
        return No(msg("The pilot is over."))
    return YES


def may_remove_document(actor: Actor, pilot: Pilot, uploaded_by: int | None) -> Ruling:
    """Whoever added it, until an outcome is stated."""
    ruling = may_add_document(actor, pilot)
    if ruling and uploaded_by != actor.person_id:
        return No(msg("Only who added it may remove it."))
    return ruling


def may_choose_mentors(actor: Actor, pilot: Pilot) -> Ruling:
    """The authority's side, until the pilot is over."""
    if side_of(actor, pilot) is not Side.AUTHORITY:
        return NOT_AUTHORITY
    if pilot.state in {State.COMPLETED, State.STOPPED}:
        return No(msg("The pilot is over."))
    return YES


def may_end_mentor(actor: Actor, pilot: Pilot, person_id: int) -> Ruling:
    """The authority's side at any time, and mentors themselves."""
    if side_of(actor, pilot) is Side.AUTHORITY or (
        is_mentor(actor, pilot) and actor.person_id == person_id
    ):
        return YES
    return NOT_AUTHORITY
