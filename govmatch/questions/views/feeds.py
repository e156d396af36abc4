"""The public questions of a challenge as a feed, as data and as plain text."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_by
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import msg, pick
from govmatch.questions import queries
from govmatch.questions.models import PublicAnswer, Question
from govmatch.questions.showing import path_of
from govmatch.questions.views.frame import challenge_of, shown_question, title_and_lang
from govmatch.questions.wording import in_language, wordings_of, words_for
from govmatch.web.answers import Answer, text
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST_IN_FEED = 50


def feed(visit: Visit) -> Answer:
    """The newest 50 questions with their answers as an Atom feed (RFC 4287)."""
    challenge = challenge_of(visit)
    answers = queries.published(visit.db, challenge)[:MOST_IN_FEED]
    body = "".join(_feed_lines(visit, challenge, answers))
    return text(body, "application/atom+xml", expires=_expires(visit, challenge))


def _expires(visit: Visit, challenge: Challenge) -> datetime:
    return challenges.next_change_of(challenge, visit.now)


def _feed_lines(visit: Visit, challenge: Challenge, answers: list[PublicAnswer]) -> Iterator[str]:
    path = path_of(challenge.slug)
    title = visit.say(msg("Questions: {title}", title=title_and_lang(visit, challenge)[0]))
    newest = max((_changed(one) for one in answers), default=challenge.updated_at)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{visit.lang}">\n'
    yield f"<title>{escape(title)}</title>\n"
    yield f"<id>{escape(visit.absolute(f'{path}.atom'))}</id>\n"
    yield f'<link rel="self" href={quoteattr(visit.absolute(visit.url(f"{path}.atom")))}/>\n'
    yield f"<link href={quoteattr(visit.absolute(visit.url(path)))}/>\n"
    yield f"<updated>{_instant(newest)}</updated>\n"
    author = pick(challenge.authority.names, visit.lang)[0]
    yield f"<author><name>{escape(author)}</name></author>\n"
    for answer in answers:
        said = in_language(answer.html, visit.lang, challenge.main_lang)
        for question in answer.questions:
            shown = shown_question(visit, challenge, question)
            words = words_for(question, visit.lang)
            yield f'<entry xml:lang="{words.lang}"><title>{escape(shown.title)}</title>\n'
            yield f"<id>urn:govmatch:question:{question.public_id}</id>\n"
            yield f"<link href={quoteattr(visit.absolute(shown.url))}/>\n"
            yield f"<published>{_instant(answer.published_at or newest)}</published>\n"
            yield f"<updated>{_instant(_changed(answer))}</updated>\n"
            yield f"<summary>{escape(words.text)}</summary>\n"
            yield f'<content type="html" xml:lang="{said.lang}">{escape(said.text)}</content>'
            yield "</entry>\n"
    yield "</feed>\n"


def _changed(answer: PublicAnswer) -> datetime:
    moment = answer.corrected_at or answer.published_at
    assert moment is not None
    return moment


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def as_json(visit: Visit) -> Answer:
    """Everything public about the questions, in every language there is."""
    challenge = challenge_of(visit)
    found = queries.of_challenge(visit.db, challenge)
    due = answers_by(challenge)
    facts = {
        "challenge": visit.absolute(f"/challenges/{challenge.slug}"),
        "questions_until": _instant(challenge.questions_until)
        if challenge.questions_until
        else None,
        "answers_by": _instant(due) if due else None,
        "answers": [_answer(visit, challenge, one) for one in found.answers],
        "declined": [
            {**_question(visit, challenge, one), "reason": one.reasons} for one in found.declined
        ],
    }
    body = json.dumps(facts, ensure_ascii=False, indent=2)
    return text(body, "application/json", expires=_expires(visit, challenge))


def _answer(visit: Visit, challenge: Challenge, answer: PublicAnswer) -> dict[str, Any]:
    return {
        "questions": [_question(visit, challenge, one) for one in answer.questions],
        "answer": answer.texts,
        "published": _instant(answer.published_at) if answer.published_at else None,
        "late": answer.is_late,
        "corrected": _instant(answer.corrected_at) if answer.corrected_at else None,
        "earlier": [{"answer": one["texts"], "until": one["until"]} for one in answer.earlier],
    }


def _question(visit: Visit, challenge: Challenge, question: Question) -> dict[str, Any]:
    url = visit.absolute(shown_question(visit, challenge, question).url)
    return {"id": question.public_id, "url": url, "question": wordings_of(question)}


def as_markdown(visit: Visit) -> Answer:
    """The questions with their answers as plain text."""
    challenge = challenge_of(visit)
    title = visit.say(msg("Questions: {title}", title=title_and_lang(visit, challenge)[0]))
    parts = [f"# {title}\n"]
    for answer in queries.published(visit.db, challenge):
        parts += [
            f"## {' '.join(words_for(one, visit.lang).text.split())}\n" for one in answer.questions
        ]
        day = date_text(_changed(answer), visit.lang, challenge.zone)
        parts.append(f"*{_note(visit, answer, day)}*\n")
        parts.append(in_language(answer.texts, visit.lang, challenge.main_lang).text + "\n")
    parts.append(visit.absolute(visit.url(path_of(challenge.slug))))
    body = "\n".join(parts) + "\n"
    return text(body, "text/markdown", expires=_expires(visit, challenge))


def _note(visit: Visit, answer: PublicAnswer, day: str) -> str:
    if answer.corrected_at:
        return visit.say(msg("Corrected on {day}", day=day))
    if answer.is_late:
        return visit.say(msg("Answered late, on {day}", day=day))
    return visit.say(msg("Answered on {day}", day=day))


routes = [
    get("/challenges/{slug}/questions.atom", feed, anyone, cached=True),
    get("/challenges/{slug}/questions.json", as_json, anyone, cached=True),
    get("/challenges/{slug}/questions.md", as_markdown, anyone, cached=True),
]
