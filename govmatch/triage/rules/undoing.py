"""Whether an act can be undone: within a day, by who did it, where nothing happened since."""

from datetime import datetime, timedelta

from govmatch.applications.models import NEXT_STATES, State
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.triage.models import Move
from govmatch.triage.rules.planning import Case, Kind, Value, value_of
from govmatch.triage.rules.roles import may_run, may_work

UNDO_WITHIN = timedelta(hours=24)


def may_undo(actor: Actor, move: Move, *, now: datetime) -> Ruling:
    """Whoever did it, once, for 24 hours."""
    if move.by != actor.person_id:
        return No(msg("Only who did this can undo it."))
    if move.undone_at is not None:
        return No(msg("This was undone already."))
    if now - move.at > UNDO_WITHIN:
        return No(msg("This was more than a day ago and can no longer be undone."))
    return YES


def may_put_back(
    actor: Actor, case: Case, kind: Kind, *, before: Value, after: Value, revision: int
) -> Ruling:
    """Where the application still stands as the act left it, and may go back."""
    is_tagging = kind in {Kind.TAG, Kind.UNTAG}
    ruling = (may_work if is_tagging else may_run)(actor, case.application)
    if not ruling:
        return ruling
    if case.revision != revision or value_of(case, kind) != after:
        return No(msg("It was changed again since."))
    if kind is Kind.STATE and State(str(before)) not in NEXT_STATES[State(case.application.state)]:
        return No(msg("This step is not possible from its present state."))
    return YES
