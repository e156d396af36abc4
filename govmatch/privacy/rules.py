"""Who may have a copy, who may be erased, who may delete what was kept for its time."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.privacy.models import Erasure, Export


def may_have_copy(actor: Actor, person_id: int) -> Ruling:
    """Only the person themselves."""
    if actor.person_id == person_id:
        return YES
    return No(msg("Everybody can only ask for their own data."))


def may_take(actor: Actor, export: Export, *, real_now: datetime) -> Ruling:
    """Its person, from when it is made until it is deleted."""
    if actor.person_id != export.person_id:
        return No(msg("Everybody can only ask for their own data."))
    if not is_there(export, real_now=real_now):
        return No(msg("This copy is not there any more. Please ask for a new one."))
    return YES


def is_there(export: Export, *, real_now: datetime) -> bool:
    """True while the file can be taken."""
    return (
        export.made_at is not None
        and export.gone_at is None
        and export.expires_at is not None
        and export.expires_at > real_now
    )


def may_be_erased(actor: Actor, person_id: int, *, is_only_administrator: bool) -> Ruling:
    """The person themselves, but nobody without whom the site would have no administrator."""
    if actor.person_id != person_id:
        return No(msg("Everybody can only have their own data erased."))
    if is_only_administrator:
        return No(msg("You are the only administrator. Give the role to somebody else first."))
    return YES


def may_take_back(actor: Actor, erasure: Erasure) -> Ruling:
    """Its person, as long as it is not done."""
    if actor.person_id != erasure.person_id:
        return No(msg("Everybody can only have their own data erased."))
    if erasure.done_at is not None:
        return No(msg("It is done and cannot be taken back."))
    return YES


def may_run_retention(actor: Actor) -> Ruling:
    """Administrators; by itself the worker does it each night."""
    if actor.holds(Role.ADMINISTRATOR):
        return YES
    return No(msg("Only administrators may do this."))
