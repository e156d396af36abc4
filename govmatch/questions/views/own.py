"""/challenges/{slug}/questions/own: what the reader asked, and what became of it."""

from datetime import datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import takes_questions
from govmatch.challenges.rules.answering import answers_by
from govmatch.kit.i18n import Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.questions import actions, queries
from govmatch.questions.models import OPEN, Question, State
from govmatch.questions.showing import STATES, path_of
from govmatch.questions.views.frame import (
    ShownQuestion,
    challenge_of,
    shown_question,
    title_and_lang,
)
from govmatch.questions.wording import in_language
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class OwnQuestion:
    """One of the reader's questions: the words as sent, and the public ones where they differ."""

    original: str
    original_lang: str | None
    at: datetime
    state: tuple[Message, str]
    is_open: bool
    withdraw_url: str
    shown: ShownQuestion | None
    """Where everybody reads it."""
    differs: bool
    reason: str
    reason_lang: str | None


@dataclass(frozen=True)
class OwnPage:
    title: str
    title_lang: str | None
    challenge_url: str
    path: str
    zone: str
    due: datetime | None
    questions: list[OwnQuestion]
    ask_url: str


def own(visit: Visit) -> Answer:
    challenge = challenge_of(visit)
    title, title_lang = title_and_lang(visit, challenge)
    path = path_of(challenge.slug)
    takes = takes_questions(challenge, visit.now)
    values = OwnPage(
        title=title,
        title_lang=title_lang,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        path=path,
        zone=challenge.zone,
        due=answers_by(challenge),
        questions=[
            _own(visit, challenge, one, at)
            for at, one in queries.own_questions(visit.db, visit.actor, challenge)
        ],
        ask_url=visit.url(f"{path}/ask") if takes else "",
    )
    return page(visit, "questions/own.html", values)


def _own(visit: Visit, challenge: Challenge, question: Question, at: datetime) -> OwnQuestion:
    is_open = question.state in OPEN
    is_public = question.state == State.PUBLISHED or (
        question.state == State.DECLINED and question.shows_reason
    )
    shown = shown_question(visit, challenge, question) if is_public else None
    reason = in_language(question.reasons, visit.lang, question.lang)
    lang = as_lang(question.lang)
    return OwnQuestion(
        original=question.original,
        original_lang=lang if lang != visit.lang else None,
        at=at,
        # That an answer is being written is the authority's, until it is public.
        state=STATES[State.ASKED if is_open else question.state],
        is_open=is_open,
        withdraw_url=visit.url(f"{path_of(challenge.slug)}/{question.public_id}/withdraw"),
        shown=shown,
        differs=is_public and question.original not in question.wordings.values(),
        reason=reason.text if question.state == State.DECLINED else "",
        reason_lang=reason.lang if reason.lang != visit.lang else None,
    )


def withdraw(visit: WritingVisit) -> Answer:
    """Take one's own open question back."""
    challenge = challenge_of(visit)
    question = queries.get_own(visit.db, visit.actor, challenge, visit.params["id"])
    actions.withdraw(visit.session, question, now=visit.now)
    visit.flash("success", msg("Your question was taken back, and its words were deleted."))
    return redirect(f"{path_of(challenge.slug)}/own")


routes = [
    get("/challenges/{slug}/questions/own", own, settled),
    post("/challenges/{slug}/questions/{id}/withdraw", withdraw, settled),
]
