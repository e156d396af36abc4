"""Who may ask and who may answer, with the reason for a no."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.challenges.rules import is_public, takes_questions
from govmatch.challenges.rules.answering import answers_by, answers_for
from govmatch.challenges.rules.desk import works_on
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, msg
from govmatch.questions.models import OPEN, Question, State

MOST_BY_ONE = 10
"""How many questions one person may have asked about one challenge."""
ENDED = frozenset(
    {ChallengeState.CANCELLED, ChallengeState.DID_NOT_PROCEED, ChallengeState.ARCHIVED}
)


def may_ask(actor: Actor, challenge: Challenge, now: datetime, *, asked: int, lang: Lang) -> Ruling:
    """Anyone who has signed in, in a firm or not, from publication to the last day for questions.

    `asked` is how many questions this person has asked about it already; `lang` the language of the
    reason. Refused to those who answer: what they know they amend or publish.
    """
    ruling = _may_ever_ask(actor, challenge)
    if not ruling:
        return ruling
    if not is_public(challenge, now):
        return No(msg("This challenge is not published yet."))
    if not takes_questions(challenge, now):
        return _too_late(challenge, lang)
    if asked < MOST_BY_ONE:
        return YES
    contact = contact_of(challenge)
    return No(
        msg(
            "You have asked {n} questions about this challenge already, and that is the limit."
            " Please write to: {contact}",
            n=asked,
            contact=contact,
        )
    )


def _may_ever_ask(actor: Actor, challenge: Challenge) -> Ruling:
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if actor.needs_factor:
        return No(msg("Please give your second factor first."))
    if works_on(actor, challenge) or answers_for(actor, challenge):
        return No(msg("You work on this challenge, and so you answer its questions."))
    return YES


def _too_late(challenge: Challenge, lang: Lang) -> No:
    if challenge.state in ENDED:
        return No(msg("This challenge has ended. Please write to: {contact}",
                      contact=contact_of(challenge)))  # fmt: skip
    if challenge.questions_until is None:
        return No(msg("This challenge takes no questions. Please write to: {contact}",
                      contact=contact_of(challenge)))  # fmt: skip
    when = datetime_text(challenge.questions_until, lang, challenge.zone)
    return No(msg("Questions were possible until {when}. Please write to: {contact}",
                  when=when, contact=contact_of(challenge)))  # fmt: skip


def contact_of(challenge: Challenge) -> str:
    """Return the office to write to, with its address."""
    parts = (challenge.contact.get(name, "") for name in ("name", "email", "phone"))
    return ", ".join(part for part in parts if part)


def may_answer(actor: Actor, challenge: Challenge, now: datetime) -> Ruling:
    """Staff and approvers of its authority and managers of its programme; late is possible too."""
    if not answers_for(actor, challenge):
        return No(msg("Only staff of the authority and the programme answer questions."))
    if not is_public(challenge, now):
        return No(msg("This challenge is not published yet."))
    if challenge.state == ChallengeState.ARCHIVED:
        return No(msg("This challenge has ended."))
    return YES


def may_withdraw(question: Question) -> Ruling:
    """Its asker, while it is open; the caller has found it as the asker's own."""
    if question.state in OPEN:
        return YES
    return No(msg("It has been decided already, and can no longer be taken back."))


def is_shown(question: Question, now: datetime) -> bool:
    """True for what everybody reads: published, or declined with a reason for all."""
    is_told = question.state == State.PUBLISHED or (
        question.state == State.DECLINED and question.shows_reason
    )
    return is_told and is_public(question.challenge, now)


def may_see(actor: Actor, question: Question, now: datetime, *, is_own: bool) -> Ruling:
    """Everybody what is shown; the rest its asker and those who answer."""
    if is_shown(question, now) or is_own or answers_for(actor, question.challenge):
        return YES
    return No(msg("This question is not open to you."))


def is_overdue(challenge: Challenge, now: datetime) -> bool:
    """True once the day by which answers are due is over."""
    due = answers_by(challenge)
    return due is not None and due <= now
