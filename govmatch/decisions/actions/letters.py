"""Letters in the outbox: made from a proposal, corrected by hand, read by a person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from govmatch.applications.models import Application
from govmatch.decisions import queries, rules
from govmatch.decisions.actions.holding import hold
from govmatch.decisions.events import LetterChecked, LetterCorrected
from govmatch.decisions.letter_texts import Written, written
from govmatch.decisions.models import Decision, Determination, Kind, Letter, Outcome
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.markdown import render

MAX_SUBJECT = 200
MAX_BODY = 20_000


def make_letters(session: Session, decision: Decision) -> None:
    """Make a letter for every line of a proposal; those that are there already follow it.

    A text that nobody corrected is made anew; one that somebody did is kept and marked as stale
    where the proposal would say something else now. What changes has to be read again. The letter
    of a line that is gone goes too: nobody was sent it.
    """
    said = queries.determinations_of(session, decision)
    kept = _kept(session, said.values())
    told = _told_before(session, decision)
    for application_id, line in said.items():
        text = written(
            decision,
            line,
            line.application,
            with_assessment=application_id not in told,
        )
        letter = kept.get(line.id)
        if letter is None:
            session.add(new_letter(line, line.application, text))
        elif letter.made_digest != text.digest:
            _follow(letter, text, line.application)
    session.flush()


def _kept(session: Session, lines: Collection[Determination]) -> dict[int, Letter]:
    found = select(Letter).where(Letter.determination_id.in_([one.id for one in lines]))
    return {one.determination_id: one for one in session.scalars(found)}


def _told_before(session: Session, decision: Decision) -> set[int]:
    """Return who has the reasons in an earlier letter; a selection is the first."""
    if decision.kind == Kind.SELECTION:
        return set()
    found = select(Letter.application_id).join(Letter.determination)
    released = found.where(
        Determination.decision_id != decision.id, Letter.released_at.is_not(None)
    )
    return set(session.scalars(released))


def new_letter(line: Determination, application: Application, text: Written) -> Letter:
    letter = Letter(
        public_id=public_id(),
        determination=line,
        application=application,
        revision=0,
        is_corrected=False,
        is_stale=False,
    )
    _write(letter, text, application)
    return letter


def _write(letter: Letter, text: Written, application: Application) -> None:
    letter.subject, letter.body, letter.html = text.subject, text.body, str(render(text.body))
    letter.lang = application.lang
    letter.made_digest = text.digest
    letter.revision += 1
    letter.is_stale = letter.is_corrected = False
    letter.checked_by = letter.checked_at = None


def _follow(letter: Letter, text: Written, application: Application) -> None:
    if not letter.is_corrected:
        _write(letter, text, application)
        return
    letter.is_stale = True
    letter.made_digest = text.digest
    letter.checked_by = letter.checked_at = None


def drop_lines(session: Session, decision: Decision, keep: Collection[int]) -> None:
    """Take out what a decision says of applications that it is no longer about."""
    lines = queries.determinations_of(session, decision)
    gone = [line.id for number, line in lines.items() if number not in keep]
    session.execute(delete(Letter).where(Letter.determination_id.in_(gone)))
    session.execute(delete(Determination).where(Determination.id.in_(gone)))
    session.expire_all()


def correct(
    session: Session,
    letter: Letter,
    *,
    subject: str,
    body: str,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a letter say something else; it has to be read again.

    Raises `Conflict` when somebody changed it in between, `Invalid` where it says nothing or too
    much, or no longer names the date by which a selected firm has to answer.
    """
    _hold(session, letter, revision=revision)
    require(rules.may_correct(actor, letter.determination.decision))
    said_subject, said_body = " ".join(subject.split()), body.strip() + "\n"
    errors = {}
    if not said_subject:
        errors["subject"] = msg("Please fill in this field.")
    if len(said_subject) > MAX_SUBJECT:
        errors["subject"] = msg("At most {limit} characters fit here.", limit=MAX_SUBJECT)
    if not said_body.strip():
        errors["body"] = msg("Please fill in this field.")
    if len(said_body) > MAX_BODY:
        errors["body"] = msg("At most {limit} characters fit here.", limit=MAX_BODY)
    if letter.determination.outcome == Outcome.SELECTED and "{confirm_by}" not in said_body:
        errors["body"] = msg(
            "Please leave {mark} where the date belongs; it is filled in at the release.",
            mark="{confirm_by}",
        )
    if errors:
        raise Invalid(errors)
    if (said_subject, said_body) == (letter.subject, letter.body):
        return
    letter.subject, letter.body, letter.html = said_subject, said_body, str(render(said_body))
    letter.is_corrected, letter.is_stale = True, False
    letter.revision += 1
    letter.checked_by = letter.checked_at = None
    event = LetterCorrected(letter.application_id, letter=letter.id, revision=letter.revision)
    journal.record(session, event, actor=actor, now=now)


def remake(
    session: Session,
    letter: Letter,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Throw the corrections away and write the letter anew from the proposal."""
    _hold(session, letter, revision=revision)
    decision = letter.determination.decision
    require(rules.may_correct(actor, decision))
    told = letter.application_id in _told_before(session, decision)
    text = written(
        decision,
        letter.determination,
        letter.application,
        with_assessment=not told,
    )
    _write(letter, text, letter.application)
    event = LetterCorrected(letter.application_id, letter=letter.id, revision=letter.revision)
    journal.record(session, event, actor=actor, now=now)


def check(session: Session, letter: Letter, *, revision: int, actor: Actor, now: datetime) -> None:
    """Note that a person has read the letter as it stands and found it right."""
    _hold(session, letter, revision=revision)
    require(rules.may_check(actor, letter.determination.decision))
    _check(session, letter, actor=actor, now=now)


def check_several(
    session: Session,
    decision: Decision,
    revisions: Sequence[tuple[str, int]],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Note that a person has read several letters; those changed since are left, and counted."""
    hold(session, decision)
    require(rules.may_check(actor, decision))
    wanted = dict(revisions)
    found = (
        select(Letter)
        .join(Letter.determination)
        .where(Determination.decision_id == decision.id, Letter.public_id.in_(sorted(wanted)))
        .execution_options(populate_existing=True)
    )
    left = 0
    for letter in session.scalars(found):
        if letter.revision == wanted[letter.public_id]:
            _check(session, letter, actor=actor, now=now)
        else:
            left += 1
    return left


def _check(session: Session, letter: Letter, *, actor: Actor, now: datetime) -> None:
    letter.is_stale = False
    if letter.checked_at is not None:
        return
    letter.checked_by, letter.checked_at = actor.person_id, now
    event = LetterChecked(letter.application_id, letter=letter.id, revision=letter.revision)
    journal.record(session, event, actor=actor, now=now)


def _hold(session: Session, letter: Letter, *, revision: int) -> None:
    """Keep others from changing the letter; raises `Conflict` where somebody already has."""
    hold(session, letter.determination.decision)
    session.refresh(letter, ["subject", "body", "revision", "checked_at", "is_corrected"])
    if letter.revision != revision:
        raise Conflict(
            msg("Somebody else has changed this letter in the meantime. Nothing was overwritten.")
        )
