"""How many searches somebody may save, and how many things somebody may follow."""

from datetime import timedelta

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

MOST_SEARCHES = 50
MOST_FOLLOWS = 200
REQUEST_LASTS = timedelta(hours=48)


def may_save(actor: Actor, *, kept: int) -> Ruling:
    """Whoever has signed in and still has room."""
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if kept >= MOST_SEARCHES:
        return No(msg("You have saved {n} searches. Delete one first.", n=MOST_SEARCHES))
    return YES


def may_follow(actor: Actor, *, kept: int) -> Ruling:
    """Whoever has signed in and still has room."""
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if kept >= MOST_FOLLOWS:
        return No(msg("You follow {n} things. End one first.", n=MOST_FOLLOWS))
    return YES
