"""Acts in triage as pages say them: what was done, how it can be undone."""

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application, State
from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.triage import queries, rules
from govmatch.triage.models import Move
from govmatch.triage.rules import Kind, Value
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Notice:
    """What was done just now, and the address at which it is undone."""

    title: Message
    undo_url: str
    look_url: str


def notice(visit: Visit) -> Notice | None:
    """Return the act that the address names as done, while its own person can undo it."""
    key = visit.query.one("done")
    if not key:
        return None
    try:
        move = queries.get_own_move(visit.db, visit.actor, key[:100])
    except NotFound:
        return None
    if not rules.may_undo(visit.actor, move, now=visit.now):
        return None
    path = visit.url(f"/triage/undo/{move.public_id}")
    return Notice(in_words(visit, move), path, path)


def in_words(visit: Visit, move: Move, moved: dict[int, Application] | None = None) -> Message:
    """Return what an act did: to one firm by name, else to how many."""
    what, number = _what(visit, move), len(move.items)
    found = moved or {}
    if number == 1 and moved is None:
        found = queries.moved(visit.db, visit.actor, move)
    if number == 1 and len(found) == 1:
        (application,) = found.values()
        return msg("{firm}: {what}", firm=application.firm.name, what=what)
    several = msgn("{n} application", "{n} applications", n=number)
    return msg("{firm}: {what}", firm=several, what=what)


def _what(visit: Visit, move: Move) -> Message:
    item = move.items[0]
    match Kind(move.kind):
        case Kind.STATE:
            return msg("moved to “{state}”", state=STAFF_STATES[item["after"]][0])
        case Kind.HANDLER:
            return handed_to(visit, item["after"])
        case Kind.TAG:
            return msg("tag “{word}” added", word=_difference(item["after"], item["before"]))
    return msg("tag “{word}” removed", word=_difference(item["before"], item["after"]))


def handed_to(visit: Visit, person_id: int | None) -> Message:
    if person_id is None:
        return msg("looked after by nobody")
    name = names_by_id(visit.db, [person_id]).get(person_id, "")
    return msg("given to {name}", name=name)


def _difference(more: list[str], less: list[str]) -> str:
    return ", ".join(sorted(set(more) - set(less)))


def value_in_words(kind: Kind, value: Value, names: dict[int, str]) -> Message | str:
    """Return what an application has, or would get, of what an act changes."""
    match kind:
        case Kind.STATE:
            return STAFF_STATES[State(str(value))][0]
        case Kind.HANDLER:
            return names.get(value, "") if isinstance(value, int) else msg("Nobody")
    return ", ".join(value) if isinstance(value, list) and value else "–"
