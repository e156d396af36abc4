"""Who is told what of questions: those who answer that some wait, the asker what became of theirs.

No mail carries a question or an answer. A mail to an authority says how many wait and where;
nothing in it, nor in its key, hangs on who asked.
"""

from collections.abc import Callable, Iterable

from govmatch.accounts.models import Person
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_by
from govmatch.following.telling import at_once
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.questions import queries
from govmatch.questions.models import Question, State
from govmatch.questions.showing import address_of, desk_of, path_of
from govmatch.questions.telling import NEWS

MESSAGES = "messages"
TASKS = "tasks"

Maker = Callable[[Background, ReadSession, JournalRow], Iterable[Notice]]


def _tell_answerers(mail: str, *, with_managers: bool) -> Maker:
    """Return a maker that tells who answers, while questions of the challenge are open."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        challenge = session.get(Challenge, row.subject_id)
        if challenge is None or not challenge.open_questions:
            return
        people = queries.tells(
            session, challenge, now=background.real_now, with_managers=with_managers
        )
        for person in people:
            yield _to_answerer(background, row, challenge, person, mail)

    return make


def _to_answerer(
    background: Background, row: JournalRow, challenge: Challenge, person: Person, mail: str
) -> Notice:
    lang = as_lang(person.lang or background.settings.default_lang)
    due = answers_by(challenge)
    path = desk_of(challenge.slug)
    return Notice(
        key=f"questions:{row.id}:{mail}:{person.id}",
        mail=f"questions/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={
            "title": challenges.text_for(challenge, lang).title,
            "n": challenge.open_questions,
            "due": datetime_text(due, lang, challenge.zone) if due else "",
        },
        links={"link": path},
        topic=TASKS,
        path=path,
    )


def _tell_asker(mail: str, state: State) -> Maker:
    """Return a maker that tells who asked, as long as the question is in this state."""

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        question = session.get(Question, row.subject_id)
        if question is None or question.state != state:
            return
        person = queries.asker_of(session, question.id)
        if person is None or person.id == row.actor_id:
            return
        challenge = question.challenge
        lang = as_lang(person.lang or background.settings.default_lang)
        is_public = state is State.PUBLISHED
        path = (
            address_of(challenge.slug, question.public_id)
            if is_public
            else f"{path_of(challenge.slug)}/own"
        )
        yield Notice(
            key=f"questions:{row.id}:{mail}",
            mail=f"questions/{mail}",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"title": challenges.text_for(challenge, lang).title},
            links={"link": path},
            topic=MESSAGES,
            path=path,
        )

    return make


def _and_followers(event: str, mail: str) -> Maker:
    """Return a maker that tells who asked, and whoever follows the challenge."""
    asker, followers = _tell_asker(mail, State.PUBLISHED), at_once(NEWS[event])

    def make(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
        yield from asker(background, session, row)
        yield from followers(background, session, row)

    return make


NOTICES: dict[str, Maker] = {
    "QuestionsWait": _tell_answerers("waiting", with_managers=False),
    "AnswersOverdue": _tell_answerers("overdue", with_managers=True),
    "QuestionPublished": _and_followers("QuestionPublished", "answered"),
    "QuestionDeclined": _tell_asker("declined", State.DECLINED),
    "AnswerCorrected": _and_followers("AnswerCorrected", "corrected"),
}
