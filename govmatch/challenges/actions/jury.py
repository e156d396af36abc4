"""Inviting to a jury: at most on so many as the programme allows, unless somebody says why."""

from datetime import datetime

from govmatch.accounts.actions import invite
from govmatch.accounts.models import Invitation, Role
from govmatch.accounts.queries import by_email
from govmatch.challenges.events import JuryExceptionMade
from govmatch.challenges.jury_models import JuryException
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.challenges.queries.juries import other_rounds
from govmatch.challenges.rules.desk import may_choose_jury
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, msgn
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule


def most_rounds(challenge: Challenge) -> int:
    """Return on the juries of how many rounds of the programme one person sits."""
    return int(rule_value(terms_of(challenge), Rule.JURY_ROUNDS))


def invite_to_jury(
    session: Session,
    challenge: Challenge,
    address: str,
    role: Role,
    *,
    exception: str,
    object_label: str,
    lang: Lang,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Invitation:
    """Offer a role on a jury by mail.

    Raises `Invalid` for somebody who sits, or sat, on as many juries as the programme allows and
    no reason for an exception; with one it is kept, and the journal says that there was one.
    Otherwise it is refused as `accounts.actions.invite` refuses.
    """
    require(may_choose_jury(actor, challenge))
    person = by_email(session, address)
    most, rounds = most_rounds(challenge), 0
    if person is not None:
        rounds = other_rounds(session, challenge, [person.id], now=real_now).get(person.id, 0)
    if rounds >= most and not exception:
        raise Invalid(
            {
                "exception": msgn(
                    "This person sits, or has sat, on the jury of {n} other round, "
                    "and the programme allows {most}. "
                    "Please say why there should be an exception.",
                    "This person sits, or has sat, on the juries of {n} other rounds, "
                    "and the programme allows {most}. "
                    "Please say why there should be an exception.",
                    n=rounds,
                    most=most,
                )
            }
        )
    invitation = invite(
        session, address, role, "challenge", challenge.id,
        object_label=object_label, lang=lang, actor=actor, now=now, real_now=real_now,
    )  # fmt: skip
    if rounds >= most and person is not None:
        made = JuryException(
            challenge_id=challenge.id,
            person_id=person.id,
            rounds=rounds,
            reason=exception,
            by=actor.person_id,
            at=now,
        )
        session.add(made)
        session.flush()
        event = JuryExceptionMade(challenge.id, person_id=person.id, rounds=rounds)
        journal.record(session, event, actor=actor, now=now)
    return invitation
