"""Who hosts a gathering: staff of its authority, managers of its programme, and nobody else."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.gatherings.models import Gathering, State
from govmatch.gatherings.rules.phases import has_begun, is_over, is_public
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

HOSTING = frozenset({Role.STAFF, Role.MANAGER})


def hosts(actor: Actor, gathering: Gathering) -> bool:
    """True for staff of its authority and managers of its programme."""
    return gathering.authority_id in actor.objects("authority", Role.STAFF) or (
        gathering.programme_id in actor.objects("programme", Role.MANAGER)
    )


def _as_host(actor: Actor, gathering: Gathering) -> Ruling:
    if hosts(actor, gathering):
        return YES
    return No(msg("Only its host may do this."))


def may_see(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    """Everybody once it is published; before, its hosts."""
    if is_public(gathering, now) or hosts(actor, gathering):
        return YES
    return No(msg("This event is not published yet."))


def may_create(actor: Actor, *, authority_id: int | None, programme_id: int | None) -> Ruling:
    """Staff for their authority, alone or within a programme; managers for their programme."""
    if authority_id is not None:
        allowed = actor.holds(Role.STAFF, "authority", authority_id)
    else:
        allowed = programme_id is not None and actor.holds(Role.MANAGER, "programme", programme_id)
    if allowed:
        return YES
    return No(msg("Staff of an authority and managers of a programme make events."))


def may_write(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    """Its hosts, until it is over or cancelled."""
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state == State.CANCELLED:
        return No(msg("This event was cancelled. It cannot be changed any more."))
    if gathering.state == State.PUBLISHED and is_over(gathering, now):
        return No(msg("This event is over. Only its notes can still be changed."))
    return YES


def may_publish(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    """Its hosts, a draft that has not begun."""
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state != State.DRAFT:
        return No(msg("It was published already."))
    if has_begun(gathering, now):
        return No(msg("Its beginning is past. Enter a later time first."))
    return YES


def may_cancel(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    """Its hosts, what is published and not over."""
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state != State.PUBLISHED or is_over(gathering, now):
        return No(msg("Only an event that is published and not over can be cancelled."))
    return YES


def may_delete(actor: Actor, gathering: Gathering) -> Ruling:
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state != State.DRAFT:
        return No(msg("What was published once is kept. Cancel it instead."))
    return YES


def may_see_participants(actor: Actor, gathering: Gathering) -> Ruling:
    """Its hosts, and no auditor, administrator or other participant."""
    return _as_host(actor, gathering)


def may_note_attendance(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state != State.PUBLISHED:
        return No(msg("This event was not held."))
    if not has_begun(gathering, now):
        return No(msg("Who came can be ticked from the beginning on."))
    return YES


def may_keep_notes(actor: Actor, gathering: Gathering, now: datetime) -> Ruling:
    """Its hosts, from the beginning on."""
    if not (ruling := _as_host(actor, gathering)):
        return ruling
    if gathering.state != State.PUBLISHED or not has_begun(gathering, now):
        return No(msg("Notes and recordings can be added from the beginning on."))
    return YES
