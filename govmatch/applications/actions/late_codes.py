"""Late codes: issued by a manager with a reason, used by one person, over when the opening begins.

Every verb locks the challenge first, so that no code is used while the opening begins.
"""

from datetime import datetime, timedelta

from govmatch.accounts.lifetimes import MAILS_TO_ADDRESS
from govmatch.accounts.models import Person
from govmatch.accounts.rules import canonical_email
from govmatch.applications import queries, rules
from govmatch.applications.events import LateCodeEnded, LateCodeIssued, LateCodeUsed
from govmatch.applications.late import AT_MOST, code_of, digest_of
from govmatch.applications.models import LateCode, LateEntryEnd
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.kit.signing import Signer

LONGEST_REASON = 1_000
TRIES = Limit("late_codes_tried", 10, timedelta(hours=1))
"""Codes entered by one person, right or wrong."""
ISSUED = Limit("late_codes_issued", 100, timedelta(hours=1))


def issue(
    session: Session,
    challenge: Challenge,
    *,
    address: str,
    reason: str,
    expires_at: datetime,
    lang: Lang,
    signer: Signer,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> LateCode:
    """Make a code for the person of this address, to whom it is mailed, good until `expires_at`.

    Allowed to managers of the programme until the opening has begun. Raises `Invalid` by field for
    what is no address, an address that has a code already, no reason, and an end that is past, not
    after the deadline, or later than 7 days from now or, where that is later, from the deadline.
    """
    hold(session, challenge)
    has_ended = queries.has_late_entry_ended(session, challenge)
    require(rules.may_issue_late_code(actor, challenge, has_ended=has_ended, now=now))
    email = canonical_email(address)
    errors = _wrong(session, challenge, email, reason, expires_at, now=now)
    if errors or email is None:
        raise Invalid(errors)
    spend(session, ISSUED, str(actor.person_id), now=real_now)
    spend(session, MAILS_TO_ADDRESS, email, now=real_now)
    name = public_id()
    code = LateCode(
        public_id=name,
        challenge_id=challenge.id,
        address=email,
        code_digest=digest_of(code_of(signer, name)),
        lang=lang,
        reason=reason.strip(),
        issued_by=actor.person_id,
        issued_at=now,
        expires_at=expires_at,
    )
    session.add(code)
    session.flush()
    event = LateCodeIssued(
        code.id, challenge_id=challenge.id, expires_at=expires_at.isoformat(timespec="seconds")
    )
    journal.record(session, event, actor=actor, now=now)
    return code


def _wrong(
    session: Session,
    challenge: Challenge,
    email: str | None,
    reason: str,
    expires_at: datetime,
    *,
    now: datetime,
) -> dict[str, Message]:
    errors: dict[str, Message] = {}
    codes = queries.late_codes(session, challenge)
    if email is None:
        errors["email"] = msg("Please enter an e-mail address such as name@example.org.")
    elif any(one.address == email and rules.is_live(one, now) for one in codes):
        errors["email"] = msg("This address has a code already. Take that one back first.")
    if not reason.strip():
        errors["reason"] = msg("Please fill in this field.")
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = msg("Please use at most {limit} characters.", limit=LONGEST_REASON)
    if fault := _fault_of_end(challenge, expires_at, now=now):
        errors["expires_at"] = fault
    return errors


def _fault_of_end(challenge: Challenge, expires_at: datetime, *, now: datetime) -> Message | None:
    closes = challenge.closes or now
    if expires_at <= now:
        return msg("This time is past.")
    if expires_at <= closes:
        return msg("Until the deadline nobody needs a code. Choose a time after it.")
    if expires_at > max(now, closes) + AT_MOST:
        return msg("A code is good for at most 7 days.")
    return None


def use(
    session: Session,
    challenge: Challenge,
    typed: str,
    *,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> LateCode:
    """Let the actor in by the code that was mailed to the actor's address; twice is the same.

    Raises `Invalid` for a code that is wrong, over, or somebody else's, and `TooMany` after 10
    tries within an hour; whoever catches it keeps the transaction, so that the try is counted.
    """
    hold(session, challenge)
    spend(session, TRIES, str(actor.person_id), now=real_now)
    code = queries.late_code_by_digest(session, digest_of(typed))
    if code is None or code.challenge_id != challenge.id:
        raise _refused(msg("This code is not right. Please copy it from the mail."))
    person = session.get_one(Person, actor.person_id)
    if code.address != person.email or code.used_by not in {None, person.id}:
        raise _refused(
            msg("This code is for another address. Sign in with the one that the mail went to.")
        )
    if code.revoked_at is not None or challenge.opened_at is not None:
        raise _refused(msg("This code was taken back, or the opening has begun."))
    if now >= code.expires_at:
        raise _refused(msg("This code has expired."))
    if code.used_at is None:
        code.used_at, code.used_by = now, person.id
        event = LateCodeUsed(code.id, challenge_id=challenge.id)
        journal.record(session, event, actor=actor, now=now)
    return code


def _refused(reason: Message) -> Invalid:
    return Invalid({"late_code": reason})


def revoke(
    session: Session, challenge: Challenge, code: LateCode, *, actor: Actor, now: datetime
) -> None:
    """Take a code back; what was submitted with it stays. Allowed to whoever may issue one."""
    hold(session, challenge)
    has_ended = queries.has_late_entry_ended(session, challenge)
    require(rules.may_issue_late_code(actor, challenge, has_ended=has_ended, now=now))
    session.refresh(code)
    if not rules.is_live(code, now):
        raise NotAllowed(msg("This code is over already."))
    _end(session, code, why="revoked", actor=actor, now=now)


def end_all(session: Session, challenge: Challenge, *, actor: Actor, now: datetime) -> None:
    """End every late code of a challenge, for good: called when its opening begins.

    No code is issued or used from then on; who may begin the opening, the caller has asked.
    """
    hold(session, challenge)
    if not queries.has_late_entry_ended(session, challenge):
        session.add(LateEntryEnd(challenge_id=challenge.id, at=now))
    for code in queries.late_codes(session, challenge):
        if rules.is_live(code, now):
            _end(session, code, why="opening", actor=actor, now=now)
    session.flush()


def _end(session: Session, code: LateCode, *, why: str, actor: Actor, now: datetime) -> None:
    code.revoked_at = now
    event = LateCodeEnded(code.id, challenge_id=code.challenge_id, why=why)
    journal.record(session, event, actor=actor, now=now)
