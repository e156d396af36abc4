"""Sending in and withdrawing. The caller has locked the application and read `now` after that."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from govmatch.accounts.models import Person
from govmatch.applications import call, queries, rules
from govmatch.applications.actions.checking import (
    gates_of,
    says_the_same,
    version_sent,
    wrong_with,
)
from govmatch.applications.actions.confirming import note_confirmed
from govmatch.applications.actions.drafting import (
    Saved,
    Sent,
    require_own_words,
    save_section,
    start_or_find,
)
from govmatch.applications.actions.held_files import held_files
from govmatch.applications.actions.hindrances import FIELD, hindrances, hold_places
from govmatch.applications.actions.moving import leave_assessment
from govmatch.applications.actions.secrecy import state as state_secrets
from govmatch.applications.consortium import Kept, is_same, received_with
from govmatch.applications.eligibility import Gate, as_data
from govmatch.applications.events import ApplicationSubmitted, ApplicationWithdrawn, PlaceGivenUp
from govmatch.applications.models import Application, State, Version
from govmatch.applications.receipts import hash_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import last_amendment
from govmatch.files.queries import of_owner
from govmatch.kit import journal
from govmatch.kit.actor import Actor, Held
from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import Invalid, TooMany
from govmatch.kit.i18n import Lang, Message
from govmatch.kit.ids import public_id, token
from govmatch.kit.limits import Limit, spend
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.programmes.switches import Limit as ProgrammeLimit
from govmatch.questionnaires import (
    Answers,
    Kind,
    Questionnaire,
    Section,
    canonical,
    digest,
    dump,
    receipt_addresses,
    submitted,
)
from govmatch.settings import Settings

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a form of one section: a version, or what is wrong with it."""

    application: Application
    saved: Saved
    version: Version | None = None
    errors: Mapping[str, Message]


def apply(
    session: Session,
    challenge: Challenge,
    firm: Firm,
    section: Section,
    sent: Sent,
    *,
    written_in: str,
    lang: Lang,
    settings: Settings,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Outcome:
    """Make the application to a challenge whose form has one section, and submit it.

    Where a firm may have one application only, what its own sender sent before becomes a new
    version; raises `Conflict` where a colleague has written. The rest as `submit`.
    """
    late = queries.late_code_of(session, challenge, actor, now=now)
    require(rules.may_apply(challenge, held=held, now=now, late=late))
    application, is_new = start_or_find(
        session, challenge, firm, lang=written_in, actor=actor, now=now
    )
    if not is_new:
        require_own_words(application, actor=actor)
    saved = save_section(
        session, application, section, sent,
        settings=settings, held=held, actor=actor, now=now, real_now=real_now,
    )  # fmt: skip
    held_back = held_files(session, application)
    errors = {**wrong_with(application, lang), **held_back, **saved.errors}
    if errors:
        return Outcome(application=application, saved=saved, errors=errors)
    version = submit(
        session, application, lang=lang, held=held, actor=actor, now=now, real_now=real_now
    )
    return Outcome(application=application, saved=saved, version=version, errors={})


def submit(
    session: Session,
    application: Application,
    *,
    lang: Lang,
    held: Collection[Held],
    actor: Actor,
    now: datetime,
    real_now: datetime,
) -> Version:
    """Keep the draft as a new version, the one that counts from now on, with its receipt.

    What is the same as the version that counts is not submitted twice: that version is returned,
    and is confirmed where a change of the challenge asks for that.
    Refused after the deadline without a late code, to other firms and partners, to those who run
    the challenge, and to a firm that a hard gate shuts out. Raises `Invalid` with what is missing,
    by field, a partner's answer and a harmful file too, and `TooMany` beyond what the programme
    allows a firm for one challenge within an hour.
    """
    hold_places(session, application)
    met = gates_of(session, application, now=now)
    late = queries.late_code_of(session, application.challenge, actor, now=now)
    require(rules.may_submit(actor, application, held=held, gates=met, now=now, late=late))
    errors = {**wrong_with(application, lang), **held_files(session, application)}
    if unsettled := hindrances(session, application, now=now):
        errors[FIELD] = unsettled[0]
    if errors:
        raise Invalid(errors)
    together = queries.consortium_of(session, application, now=now)
    form = call.form(application.challenge)
    current = version_sent(session, application)
    if current and _says(current, application, form) and is_same(current.consortium, together):
        note_confirmed(session, application, current, actor=actor, now=now)
        return current
    _spend(session, application, real_now=real_now)
    version = _add_version(session, application, form, met, together, actor=actor, now=now)
    application.state = State.SUBMITTED
    application.assessed_as = None
    application.submitted_at, application.withdrawn_at = now, None
    application.current_version = version.number
    event = _event(session, application, form, version, actor=actor, real_now=real_now)
    journal.record(session, event, actor=actor, now=now)
    state_secrets(session, application, version, actor=actor, now=now)
    return version


def _says(version: Version, application: Application, form: Questionnaire) -> bool:
    return says_the_same(version, application) and version.form_digest == digest(form)


def _spend(session: Session, application: Application, *, real_now: datetime) -> None:
    """Count a submission of the firm to this challenge, so that others of its do not suffer."""
    most = call.most(application.challenge, ProgrammeLimit.SUBMISSIONS_PER_HOUR)
    limit = Limit("submissions", most, HOUR)
    spend(session, limit, f"{application.firm_id}:{application.challenge_id}", now=real_now)


def _add_version(
    session: Session,
    application: Application,
    form: Questionnaire,
    met: list[Gate],
    together: list[dict[str, object]],
    *,
    actor: Actor,
    now: datetime,
) -> Version:
    salt = token()
    last = last_amendment(session, application.challenge)
    answers = submitted(form, application.answers)
    version = Version(
        public_id=public_id(),
        application=application,
        number=application.current_version + 1,
        answers=answers,
        form=dump(form),
        form_digest=digest(form),
        salt=salt,
        content_hash=hash_of(salt, content_of(session, application, form, answers, together)),
        lang=application.lang,
        gates=as_data(met),
        consortium=together,
        at=now,
        by=actor.person_id,
        amendment_id=last.id if last is not None else None,
    )
    session.add(version)
    session.flush()
    return version


def content_of(
    session: ReadSession,
    application: Application,
    form: Questionnaire,
    answers: Answers,
    together: Sequence[Kept] = (),
) -> bytes:
    """Return the one form of what was answered and by whom, with the SHA-256 of each file."""
    there = of_owner(session, "application", application.id)
    files = {file.public_id: file.sha256 for file in there}
    return canonical(form, answers, files=files, more=received_with(together))


def _event(
    session: Session,
    application: Application,
    form: Questionnaire,
    version: Version,
    *,
    actor: Actor,
    real_now: datetime,
) -> ApplicationSubmitted:
    """Return the event, which says to whom the receipt is mailed, within the limits for mail."""
    person = session.get_one(Person, actor.person_id)
    copies = copies_of(form, version.answers)
    own = person.email.casefold()
    return ApplicationSubmitted(
        application.id,
        number=version.number,
        content_hash=version.content_hash,
        to_person=_may_mail(session, application, own, real_now=real_now),
        copies=tuple(
            question_id
            for question_id, address in copies.items()
            if address.casefold() != own
            and _may_mail(session, application, address.casefold(), real_now=real_now)
        ),
    )


def copies_of(form: Questionnaire, answers: Answers) -> dict[str, str]:
    """Return by question the addresses that ask for a copy of the receipt, each address once."""
    right = receipt_addresses(form, answers)
    found: dict[str, str] = {}
    for question in form.questions:
        address = answers.get(question.id)
        if question.kind is Kind.EMAIL and question.receipt_copy and address in right:
            right.remove(str(address))
            found[question.id] = str(address)
    return found


def _may_mail(
    session: Session, application: Application, address: str, *, real_now: datetime
) -> bool:
    """Count a receipt to an address; beyond the limit the receipt is on the site alone."""
    most = call.most(application.challenge, ProgrammeLimit.MAILS_PER_HOUR)
    try:
        spend(session, Limit("receipts_to_address", most, HOUR), address, now=real_now)
    except TooMany:
        return False
    return True


def withdraw(session: Session, application: Application, *, actor: Actor, now: datetime) -> None:
    """Take a submitted application out of its challenge.

    Until the deadline it may be submitted again; after it, for good. Allowed to the firm's members
    until a pilot is agreed. Versions and receipts stay, and so does whatever was decided on them.
    """
    require(rules.may_withdraw(actor, application))
    held_place = application.state in {State.SELECTED, State.CONFIRMED}
    leave_assessment(application)
    application.state = State.WITHDRAWN
    application.withdrawn_at = application.updated_at = now
    event = ApplicationWithdrawn(
        application.id,
        number=application.current_version,
        is_final=rules.is_withdrawal_final(application, now),
    )
    journal.record(session, event, actor=actor, now=now)
    if held_place:
        journal.record(session, PlaceGivenUp(application.id), actor=actor, now=now)
