"""Who may say that a match is not for a firm, and who may see which firms fit a challenge."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_public
from govmatch.challenges.rules.desk import is_before_judging, works_on
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.organisations import rules as organisations
from govmatch.organisations.models import Firm


def may_set_aside(actor: Actor, firm: Firm) -> Ruling:
    """Whoever may change the profile: it is a word of the firm, and it orders the firm's list."""
    return organisations.may_edit(actor, firm)


def may_follow_matches(actor: Actor, firm: Firm) -> Ruling:
    """Everybody who belongs to the firm: it changes what they are told, and nothing of the firm."""
    if organisations.is_member(actor, firm):
        return YES
    return No(msg("You do not belong to this firm."))


def may_find_firms(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Those on whose desk it lies, until its deadline; never while applications are judged."""
    if not works_on(actor, challenge):
        return No(msg("This page is for people with another role."))
    if not is_before_judging(challenge, now):
        return No(msg("The deadline has passed. From then on only the published criteria count."))
    return YES


def may_count_firms(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Those on whose desk it lies, until its publication: from then on the firms stand by name."""
    if is_public(challenge, now):
        return No(msg("It is published. Until the deadline its firms stand by name."))
    return may_find_firms(actor, challenge, now)


def may_name_firms(challenge: Challenge, now: datetime) -> bool:
    """True from the publication on: before it an authority reads how many firms fit, not which.

    So nobody can write a challenge for a firm.
    """
    return is_public(challenge, now)
