"""Questions in the index: what everybody reads, in each language that it is in.

A question that waits, or was declined for its asker alone, has no entry at all: nobody else could
tell from search that it was asked. Who asked is part of none.
"""

from collections.abc import Iterable

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.kit.markdown import words_of
from govmatch.questions import queries
from govmatch.questions.models import Question, State
from govmatch.questions.showing import address_of
from govmatch.questions.wording import in_language, title_of, wordings_of, words_for
from govmatch.search.entry import Entry
from govmatch.search.indexed import Indexed


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session)


def entries(_background: Background, session: ReadSession, question_id: int) -> list[Entry]:
    """Return an entry for each language of question or answer; none for what is not public."""
    question = queries.with_answer(session, question_id)
    if question is None or question.challenge.published_at is None:
        return []
    if question.state == State.PUBLISHED and question.answer is not None:
        answers = {lang: words_of(html) for lang, html in question.answer.html.items()}
    elif question.state == State.DECLINED and question.shows_reason:
        answers = dict(question.reasons)
    else:
        return []
    said = {*wordings_of(question), *answers}
    return [_entry(question, lang, answers) for lang in LANGUAGES if lang in said]


def _entry(question: Question, lang: Lang, answers: dict[str, str]) -> Entry:
    challenge = question.challenge
    words = words_for(question, lang).text
    said = in_language(answers, lang, question.lang).text
    themes = tuple(term.slug for term in challenge.terms if term.kind == "theme")
    titles = [text.title for text in challenge.texts if text.title]
    return Entry(
        kind="question",
        id=str(question.id),
        lang=lang,
        title=title_of(words),
        text=f"{words}\n\n{said}",
        url=address_of(challenge.slug, question.public_id),
        visible_from=max(
            moment for moment in (challenge.published_at, question.decided_at) if moment
        ),
        facets={
            "authority": (challenge.authority.slug,),
            "country": (challenge.authority.country,),
            "theme": themes,
        },
        dates={"added": question.decided_at} if question.decided_at else {},
        labels="\n".join(titles),
    )


def _of_challenge(session: ReadSession, challenge_id: int) -> Iterable[int]:
    found = select(Question.id).where(Question.challenge_id == challenge_id)
    return list(session.scalars(found))


INDEXED = {"question": Indexed(ids, entries, after={"ChallengeAmended": _of_challenge})}
"""An amendment may change what the challenge is called, whose it is and what it is about."""
