"""Who may ask one question about a letter, and who may answer it."""

from datetime import datetime, timedelta

from govmatch.applications.rules import leads, not_writing
from govmatch.decisions.models import Letter
from govmatch.decisions.rules.may import is_firms, is_on_case
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg

TIME_TO_ASK = timedelta(days=14)
"""From the release of a letter; as long as most remedies against a decision can wait."""


def asked_until(letter: Letter) -> datetime | None:
    """Return the instant from which nothing is asked about a letter any more."""
    return letter.released_at + TIME_TO_ASK if letter.released_at is not None else None


def may_ask(actor: Actor, letter: Letter, *, is_asked: bool, now: datetime) -> Ruling:
    """A member of the firm that leads, once about each letter, for 14 days from its release.

    Not to a challenge that was never opened: nobody there may learn who had applied.
    """
    if not is_firms(actor, letter):
        return No(msg("This letter is not open to you."))
    if not leads(actor, letter.application):
        return not_writing(actor, letter.application)
    if letter.application.challenge.opened_at is None:
        return No(
            msg("The applications were never opened, so nobody can say more than the letter.")
        )
    if is_asked:
        return No(msg("Your firm has asked its one question about this letter already."))
    until = asked_until(letter)
    if until is None or now >= until:
        return No(msg("The time for a question about this letter is over."))
    return YES


def may_reply(
    actor: Actor, letter: Letter, *, is_asked: bool, is_answered: bool, is_closed: bool
) -> Ruling:
    """Who works on the case and has no conflict of interest (`is_closed`), once."""
    challenge = letter.application.challenge
    if is_closed or challenge.opened_at is None or not is_on_case(actor, challenge):
        return No(msg("Only people who work on this challenge may do this."))
    if not is_asked:
        return No(msg("The firm has not asked anything."))
    if is_answered:
        return No(msg("The question was answered already."))
    return YES
