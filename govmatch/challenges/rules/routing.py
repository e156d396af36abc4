"""Who chooses a procurement route, and who reads it before the public reads the challenge."""

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rules.may import EDITABLE, READERS_OF_PROGRAMME, may_take_from_file
from govmatch.kit.actor import SITE, YES, Actor, No, Ruling
from govmatch.kit.i18n import msg


def may_choose_route(actor: Actor, challenge: Challenge) -> Ruling:
    """Staff of the authority while it is written; also of what is written in files.

    The route is a record of the case and no part of what the challenge says.
    """
    is_staff = actor.holds(Role.STAFF, "authority", challenge.authority_id)
    if not is_staff or challenge.state not in EDITABLE:
        return No(msg("Staff of the authority choose the route while the challenge is written."))
    return YES


def may_route_from_file(actor: Actor, challenge: Challenge) -> Ruling:
    """The files of a challenge that lives in them name its route, in whatever state it is."""
    return may_take_from_file(actor, challenge, states=set(State))


def may_read_route(actor: Actor, challenge: Challenge) -> Ruling:
    """Its authority, its programme and auditors; the public never, since it is no part of it."""
    is_theirs = (
        challenge.authority_id in actor.objects("authority")
        or challenge.programme_id in actor.objects("programme", *READERS_OF_PROGRAMME)
        or actor.holds(Role.AUDITOR, SITE)
    )
    return YES if is_theirs else No(msg("This page is for people with another role."))
