"""/desk/challenges/{slug}/questions: what waits for an answer, and what was answered."""

from collections import Counter
from datetime import date, datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import may_amend
from govmatch.challenges.rules.answering import answers_by
from govmatch.kit.i18n import Message, as_lang
from govmatch.kit.records import dataclass
from govmatch.questions import queries
from govmatch.questions.models import OPEN, Question, State
from govmatch.questions.rules import is_overdue, may_answer
from govmatch.questions.showing import STATES, desk_of, path_of
from govmatch.questions.views.frame import (
    ShownAnswer,
    desk_challenge_of,
    shown_answer,
    title_and_lang,
)
from govmatch.questions.wording import in_language, title_of, words_for
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

answerers = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER)


@dataclass(frozen=True)
class DeskLine:
    """A question for those who answer; `day` is all that they learn of when it was asked."""

    id: str
    label: str
    text: str
    lang: str | None
    day: date
    state: tuple[Message, str]
    together: int
    """How many questions share its draft of an answer."""
    reason: str
    reason_lang: str | None
    is_public: bool


@dataclass(frozen=True)
class DeskQuestionsPage:
    title: str
    title_lang: str | None
    desk_url: str
    path: str
    public_path: str
    zone: str
    until: datetime | None
    due: datetime | None
    is_overdue: bool
    may_answer: bool
    open: list[DeskLine]
    declined: list[DeskLine]
    answers: list[ShownAnswer]
    amend_url: str


def listing(visit: Visit) -> Answer:
    challenge = desk_challenge_of(visit)
    rows = queries.listed_for_answering(visit.db, challenge)
    lines = _lines(visit, rows)
    waiting = [one for one, row in zip(lines, rows, strict=True) if row.state in OPEN]
    title, title_lang = title_and_lang(visit, challenge)
    values = DeskQuestionsPage(
        title=title,
        title_lang=title_lang,
        desk_url=visit.url(f"/desk/challenges/{challenge.slug}"),
        path=desk_of(challenge.slug),
        public_path=path_of(challenge.slug),
        zone=challenge.zone,
        until=challenge.questions_until,
        due=answers_by(challenge),
        is_overdue=bool(waiting) and is_overdue(challenge, visit.now),
        may_answer=bool(may_answer(visit.actor, challenge, visit.now)),
        open=waiting,
        declined=[one for one, row in zip(lines, rows, strict=True) if row.state not in OPEN],
        answers=[
            shown_answer(visit, challenge, one) for one in queries.published(visit.db, challenge)
        ],
        amend_url=amend_url(visit, challenge),
    )
    return page(visit, "questions/desk/list.html", values)


def amend_url(visit: Visit, challenge: Challenge) -> str:
    """Return where the reader changes what is asked; empty where they may not."""
    may = may_amend(visit.actor, challenge)
    return visit.url(f"/desk/challenges/{challenge.slug}/amend") if may else ""


def _lines(visit: Visit, rows: list[Question]) -> list[DeskLine]:
    drafts = Counter(row.answer_id for row in rows if row.answer_id is not None)
    return [_line(visit, row, drafts[row.answer_id] if row.answer_id else 1) for row in rows]


def _line(visit: Visit, question: Question, together: int) -> DeskLine:
    words = words_for(question, as_lang(question.lang))
    reason = in_language(question.reasons, visit.lang, question.lang)
    return DeskLine(
        id=question.public_id,
        label=title_of(words.text),
        text=words.text,
        lang=words.lang if words.lang != visit.lang else None,
        day=question.asked_on,
        state=STATES[question.state],
        together=together,
        reason=reason.text if question.state == State.DECLINED else "",
        reason_lang=reason.lang if reason.lang != visit.lang else None,
        is_public=question.shows_reason,
    )


routes = [get("/desk/challenges/{slug}/questions", listing, answerers)]
