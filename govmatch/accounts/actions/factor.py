"""The second factor: setting it up, giving it, and what helps when it is lost."""

from datetime import datetime

from sqlalchemy import delete, update

from govmatch.accounts import second_factor
from govmatch.accounts.actions.sessions import renew_token
from govmatch.accounts.actions.sessions_ending import end_all
from govmatch.accounts.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorFailed,
    SecondFactorGiven,
    SecondFactorRemoved,
    SecondFactorReset,
    SecondFactorSet,
)
from govmatch.accounts.lifetimes import CODES, CODES_BY_DAY
from govmatch.accounts.models import Person, RecoveryCode, SessionRow
from govmatch.accounts.queries import recovery_codes_left, roles_of
from govmatch.accounts.rules import may_remove_factor, may_reset_factor
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import NotAllowed
from govmatch.kit.limits import clear, spend
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class FactorSet:
    """What is shown once after setting up: recovery codes; and the session's new token."""

    codes: list[str]
    token: str


def set_second_factor(
    session: Session,
    row: SessionRow,
    *,
    code: str,
    site_key: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> FactorSet | None:
    """Set up the secret that this session was shown, and make ten new recovery codes.

    Returns None for a wrong code, which is counted. A factor in force is replaced, and every other
    session has to give the new one.
    """
    person = row.person
    _count_try(session, person, now=real_now)
    secret = second_factor.next_secret(person, session_id=row.public_id, site_key=site_key)
    step = second_factor.matching_step(secret, code, at=real_now)
    if step is None:
        _record_failure(session, row, actor=actor, now=now)
        return None
    person.totp_seed, person.totp_count = row.public_id, person.totp_count + 1
    person.totp_last_step, person.totp_confirmed_at = step, real_now
    _forget_factor(session, person)
    event = SecondFactorSet(subject_id=person.id, count=person.totp_count)
    journal.record(session, event, actor=actor, now=now)
    return FactorSet(_new_codes(session, person), _given(session, row, now=real_now))


def give_code(
    session: Session,
    row: SessionRow,
    *,
    code: str,
    site_key: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> str | None:
    """Take a code from the app: the session counts as given and gets the token that is returned.

    Returns None for a wrong code, and for one whose time step was used before; both are counted,
    and after five within 15 minutes or 30 within a day even the right one raises `TooMany`.
    """
    person = row.person
    _count_try(session, person, now=real_now)
    secret = second_factor.present_secret(person, site_key=site_key)
    step = second_factor.matching_step(secret, code, at=real_now) if secret else None
    if step is None or not _take_step(session, person, step):
        _record_failure(session, row, actor=actor, now=now)
        return None
    event = SecondFactorGiven(subject_id=person.id, session_id=row.id)
    journal.record(session, event, actor=actor, now=now)
    return _given(session, row, now=real_now)


def give_recovery_code(
    session: Session,
    row: SessionRow,
    *,
    code: str,
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> str | None:
    """Take a recovery code in place of a code, once; otherwise like `give_code`."""
    person = row.person
    _count_try(session, person, now=real_now)
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_digest == second_factor.recovery_digest(person, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=real_now)
        .returning(RecoveryCode.id)
    )
    if used.first() is None:
        _record_failure(session, row, actor=actor, now=now)
        return None
    left = recovery_codes_left(session, person)
    event = RecoveryCodeUsed(subject_id=person.id, session_id=row.id, left=left)
    journal.record(session, event, actor=actor, now=now)
    return _given(session, row, now=real_now)


def make_recovery_codes(
    session: Session, person: Person, *, actor: Actor, now: datetime
) -> list[str]:
    """Return ten new recovery codes, which are shown once; the old ones open nothing any more."""
    codes = _new_codes(session, person)
    event = RecoveryCodesMade(subject_id=person.id, count=len(codes))
    journal.record(session, event, actor=actor, now=now)
    return codes


def remove_second_factor(
    session: Session, person: Person, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Take one's own second factor away; refused to whoever holds a role that needs it."""
    ruling = may_remove_factor(person, roles_of(session, person, now=real_now))
    if not ruling:
        raise NotAllowed(ruling.reason)
    _clear_factor(session, person)
    journal.record(session, SecondFactorRemoved(subject_id=person.id), actor=actor, now=now)


def reset_second_factor(
    session: Session, person: Person, *, actor: Actor, now: datetime, real_now: datetime
) -> None:
    """Take a lost second factor away, so that the person sets up a new one at the next sign-in.

    Allowed to administrators, not for themselves; they have made sure who asks, as when they gave
    the role (ASVS 5.0, V6.4.4). Every session of the person ends.
    """
    ruling = may_reset_factor(actor, person)
    if not ruling:
        raise NotAllowed(ruling.reason)
    _clear_factor(session, person)
    end_all(session, person, now=real_now)
    journal.record(session, SecondFactorReset(subject_id=person.id), actor=actor, now=now)


def _count_try(session: Session, person: Person, *, now: datetime) -> None:
    """Count a try before it is looked at, so that parallel ones are counted too."""
    for limit in (CODES, CODES_BY_DAY):
        spend(session, limit, str(person.id), now=now)


def _clear_tries(session: Session, person_id: int) -> None:
    for limit in (CODES, CODES_BY_DAY):
        clear(session, limit, str(person_id))


def _record_failure(session: Session, row: SessionRow, *, actor: Actor, now: datetime) -> None:
    event = SecondFactorFailed(subject_id=row.person_id, session_id=row.id)
    journal.record(session, event, actor=actor, now=now)


def _take_step(session: Session, person: Person, step: int) -> bool:
    """Use up a time step; False when it, or a later one, was used (RFC 6238, 5.2)."""
    taken = session.execute(
        update(Person)
        .where(
            Person.id == person.id,
            (Person.totp_last_step.is_(None)) | (Person.totp_last_step < step),
        )
        .values(totp_last_step=step)
        .returning(Person.id)
    )
    return taken.first() is not None


def _given(session: Session, row: SessionRow, *, now: datetime) -> str:
    row.factor_at = now
    _clear_tries(session, row.person_id)
    return renew_token(row)


def _new_codes(session: Session, person: Person) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [second_factor.new_recovery_code() for _ in range(second_factor.RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(person_id=person.id, code_digest=second_factor.recovery_digest(person, code))
        for code in codes
    )
    return codes


def _clear_factor(session: Session, person: Person) -> None:
    person.totp_seed = person.totp_confirmed_at = person.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    _forget_factor(session, person)


def _forget_factor(session: Session, person: Person) -> None:
    """Let no session of the person count as given any more."""
    session.execute(
        update(SessionRow).where(SessionRow.person_id == person.id).values(factor_at=None)
    )
