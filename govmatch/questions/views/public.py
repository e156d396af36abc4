"""/challenges/{slug}/questions: what was asked and answered, for everybody, newest first."""

from datetime import datetime

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import takes_questions
from govmatch.challenges.rules.answering import answers_by, answers_for
from govmatch.kit.i18n import as_lang
from govmatch.kit.records import dataclass
from govmatch.questions import queries
from govmatch.questions.models import Question
from govmatch.questions.rules import contact_of
from govmatch.questions.showing import desk_of, path_of
from govmatch.questions.views.frame import (
    ShownAnswer,
    ShownQuestion,
    challenge_of,
    shown_answer,
    shown_question,
    title_and_lang,
)
from govmatch.questions.wording import in_language
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

IN_PANEL = 3


@dataclass(frozen=True)
class ShownDeclined:
    question: ShownQuestion
    reason: str
    lang: str | None
    at: datetime | None


@dataclass(frozen=True)
class QuestionsPage:
    title: str
    title_lang: str | None
    challenge_url: str
    path: str
    zone: str
    answers: list[ShownAnswer]
    declined: list[ShownDeclined]
    takes: bool
    until: datetime | None
    due: datetime | None
    contact: str
    ask_url: str
    own_url: str
    """The reader's own questions; empty for visitors."""
    desk_url: str
    """Where they are answered; empty for everybody else."""


@dataclass(frozen=True)
class PanelPage:
    title: str
    challenge_url: str
    path: str
    zone: str
    newest: list[ShownQuestion]
    count: int
    """Questions with an answer that everybody reads."""
    takes: bool
    until: datetime | None
    ask_url: str


def newest(visit: Visit) -> Answer:
    """Show the first few questions and how many there are, for the challenge's own page."""
    challenge = challenge_of(visit)
    visit.noindex = True
    found = queries.published(visit.db, challenge)
    asked = [one for answer in found for one in answer.questions]
    takes = takes_questions(challenge, visit.now)
    values = PanelPage(
        title=title_and_lang(visit, challenge)[0],
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        path=path_of(challenge.slug),
        zone=challenge.zone,
        newest=[shown_question(visit, challenge, one) for one in asked[:IN_PANEL]],
        count=len(asked),
        takes=takes,
        until=challenge.questions_until,
        ask_url=visit.url(f"{path_of(challenge.slug)}/ask"),
    )
    expires = challenges.next_change_of(challenge, visit.now)
    return page(visit, "questions/panel.html", values, block="panel", expires=expires)


def questions(visit: Visit) -> Answer:
    """Show the questions of a challenge to whoever may see it."""
    challenge = challenge_of(visit)
    found = queries.of_challenge(visit.db, challenge)
    title, title_lang = title_and_lang(visit, challenge)
    path = path_of(challenge.slug)
    answers_here = answers_for(visit.actor, challenge)
    takes = takes_questions(challenge, visit.now) and not answers_here
    values = QuestionsPage(
        title=title,
        title_lang=title_lang,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        path=path,
        zone=challenge.zone,
        answers=[shown_answer(visit, challenge, one) for one in found.answers],
        declined=[_declined(visit, challenge, one) for one in found.declined],
        takes=takes,
        until=challenge.questions_until,
        due=answers_by(challenge),
        contact=contact_of(challenge),
        ask_url=visit.url(f"{path}/ask") if takes else "",
        own_url=visit.url(f"{path}/own") if visit.actor.is_signed_in and not answers_here else "",
        desk_url=visit.url(desk_of(challenge.slug)) if answers_here else "",
    )
    return page(
        visit,
        "questions/public.html",
        values,
        expires=challenges.next_change_of(challenge, visit.now),
    )


def _declined(visit: Visit, challenge: Challenge, question: Question) -> ShownDeclined:
    said = in_language(question.reasons, visit.lang, as_lang(question.lang))
    return ShownDeclined(
        question=shown_question(visit, challenge, question),
        reason=said.text,
        lang=said.lang if said.lang != visit.lang else None,
        at=question.decided_at,
    )


routes = [
    get("/challenges/{slug}/questions/latest", newest, anyone, cached=True),
    get("/challenges/{slug}/questions", questions, anyone, cached=True),
]
