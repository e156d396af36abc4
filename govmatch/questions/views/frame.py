"""What the pages about questions share: the challenge, and answers as somebody reads them."""

import re
from collections.abc import Iterable
from datetime import datetime

from markupsafe import Markup

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_for
from govmatch.challenges.showing import text_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Lang
from govmatch.kit.markdown import kept, words_of
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words
from govmatch.questions.models import PublicAnswer, Question
from govmatch.questions.showing import address_of, anchor_of
from govmatch.questions.wording import in_language, title_of, words_for
from govmatch.web.visit import Visit

# Where a tag ended before a mark, `words_of` leaves a space.
_JOINT = re.compile(r" ([,.;:!?])")


def challenge_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` for whoever may not see it."""
    return challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )


def desk_challenge_of(visit: Visit) -> Challenge:
    """Return the challenge for those who answer; for everybody else there is none here."""
    challenge = challenge_of(visit)
    if not answers_for(visit.actor, challenge):
        raise NotFound
    return challenge


def title_and_lang(visit: Visit, challenge: Challenge) -> tuple[str, str | None]:
    """Return what a challenge is called, and the language where it is not the reader's."""
    words = text_of(challenge, visit.lang)
    return words.title, words.lang if words.lang != visit.lang else None


def named(codes: Iterable[Lang], lang: Lang) -> list[tuple[Lang, str]]:
    """Return languages with what the reader calls them."""
    return [(code, language_in_words(code, lang)) for code in codes]


@dataclass(frozen=True)
class ShownQuestion:
    """A question as it is read: cut for its heading, whole where that says less."""

    id: str
    anchor: str
    url: str
    title: str
    text: str
    lang: str | None


@dataclass(frozen=True)
class Earlier:
    """What an answer said until it was corrected."""

    html: Markup
    lang: str | None
    until: datetime


@dataclass(frozen=True)
class ShownAnswer:
    id: str
    questions: list[ShownQuestion]
    html: Markup
    lead: str
    lang: str | None
    at: datetime
    is_late: bool
    corrected_at: datetime | None
    earlier: list[Earlier]


def shown_question(visit: Visit, challenge: Challenge, question: Question) -> ShownQuestion:
    words = words_for(question, visit.lang)
    title = title_of(words.text)
    return ShownQuestion(
        id=question.public_id,
        anchor=anchor_of(question.public_id),
        url=visit.url(address_of(challenge.slug, question.public_id).partition("#")[0])
        + f"#{anchor_of(question.public_id)}",
        title=title,
        text=words.text if title != words.text else "",
        lang=_other(visit, words.lang),
    )


def shown_answer(visit: Visit, challenge: Challenge, answer: PublicAnswer) -> ShownAnswer:
    said = in_language(answer.html, visit.lang, challenge.main_lang)
    assert answer.published_at is not None
    return ShownAnswer(
        id=answer.public_id,
        questions=[shown_question(visit, challenge, one) for one in answer.questions],
        html=kept(said.text),
        lead=title_of(_JOINT.sub(r"\1", words_of(said.text))),
        lang=_other(visit, said.lang),
        at=answer.published_at,
        is_late=answer.is_late,
        corrected_at=answer.corrected_at,
        earlier=[_earlier(visit, challenge, one) for one in reversed(answer.earlier)],
    )


def _earlier(visit: Visit, challenge: Challenge, before: dict[str, object]) -> Earlier:
    html = before["html"]
    assert isinstance(html, dict)
    said = in_language(html, visit.lang, challenge.main_lang)
    until = datetime.fromisoformat(str(before["until"]))
    return Earlier(kept(said.text), _other(visit, said.lang), until)


def _other(visit: Visit, lang: Lang) -> str | None:
    return lang if lang != visit.lang else None
