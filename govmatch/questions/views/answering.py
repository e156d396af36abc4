"""Answering one question or several together, and correcting an answer that is public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import languages as languages_of
from govmatch.challenges.rules.answering import answers_by
from govmatch.challenges.showing import language_names
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, Lang, Message, as_lang, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.questions import actions, queries
from govmatch.questions.actions.answering import Reply
from govmatch.questions.checking import told_by
from govmatch.questions.forms import (
    LABELS,
    correction_form,
    ordered,
    read_correction,
    read_reply,
    reply_form,
)
from govmatch.questions.models import PublicAnswer, Question
from govmatch.questions.naming import Finding
from govmatch.questions.rules import is_overdue, may_answer
from govmatch.questions.showing import FOUND, desk_of
from govmatch.questions.views.desk import amend_url, answerers
from govmatch.questions.views.frame import desk_challenge_of, named, title_and_lang
from govmatch.questions.views.preview import Preview, as_fragment, preview_of
from govmatch.questions.wording import words_for
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/questions"


@dataclass(frozen=True)
class Block:
    """One question on the form: the words as sent, and in which languages they may be edited."""

    id: str
    original: str
    lang: Lang
    day: date
    languages: list[tuple[Lang, str]]


@dataclass(frozen=True)
class AnswerPage:
    form: Form
    labels: dict[str, Message]
    title: str
    title_lang: str | None
    desk_url: str
    path: str
    action: str
    blocks: list[Block]
    """Empty where an answer is corrected: the questions stay as they are."""
    asked: list[tuple[str, str | None]]
    """The public words of the questions whose answer is corrected."""
    languages: list[tuple[Lang, str]]
    """Of the answer."""
    public_in: str
    """In which languages the challenge can be read."""
    revision: int
    found: list[tuple[Message, str]]
    is_late: bool
    due: datetime | None
    zone: str
    amend_url: str
    preview: Preview | None
    """How readers will see the answer in one language."""


def write(visit: Visit) -> Answer:
    challenge = desk_challenge_of(visit)
    require(may_answer(visit.actor, challenge, visit.now))
    questions = _chosen(visit, challenge, visit.query.all("q"))
    return _page(visit, challenge, reply_form(questions, queries.draft_of(questions)), questions)


def _chosen(visit: Visit, challenge: Challenge, ids: Sequence[str]) -> list[Question]:
    return queries.get_for_answering(visit.db, challenge, ids)


def answer(visit: WritingVisit) -> Answer:
    """Save the draft, or publish it; what tells who somebody is has to be confirmed first."""
    challenge = desk_challenge_of(visit)
    require(may_answer(visit.actor, challenge, visit.now))
    questions = _chosen(visit, challenge, visit.form.all("q"))
    publishes = visit.form.one("step") == "publish"
    first = as_lang(questions[0].lang)
    reply, form = read_reply(visit.form, questions, publishes=publishes, first=first)
    if visit.switching or visit.form.one("do"):
        return _looked_at(visit, challenge, replace(form, errors={}), questions)
    found = _found(visit, reply) if publishes and not visit.form.one("anyway") else []
    if form.errors or found:
        return _page(visit, challenge, form, questions, found=found, status=422)
    act = actions.publish if publishes else actions.save_draft
    try:
        act(visit.session, challenge, questions, reply, actor=visit.actor, now=visit.now)
    except Conflict as error:
        shown = replace(form, errors={"": error.reason})
        return _page(visit, challenge, shown, questions, status=409)
    visit.flash("success", _said(publishes, len(questions)))
    return redirect(desk_of(challenge.slug))


def _said(publishes: bool, n: int) -> Message:  # noqa: FBT001 -- private, named where it is called
    if not publishes:
        return msg("Saved. Nothing is public yet.")
    return msgn(
        "The question is public with its answer.",
        "{n} questions are public with their answer.",
        n=n,
    )


def _found(visit: Visit, reply: Reply) -> list[Finding]:
    words = [text for one in reply.wordings.values() for text in one.values()]
    return told_by(visit.db, [*words, *reply.texts.values()], actor=visit.actor)


def rewrite(visit: Visit) -> Answer:
    challenge = desk_challenge_of(visit)
    require(may_answer(visit.actor, challenge, visit.now))
    public = queries.get_answer(visit.db, challenge, visit.params["id"])
    return _page(visit, challenge, correction_form(public), (), public=public)


def correct(visit: WritingVisit) -> Answer:
    """Correct a public answer; what it said before stays readable."""
    challenge = desk_challenge_of(visit)
    require(may_answer(visit.actor, challenge, visit.now))
    public = queries.get_answer(visit.db, challenge, visit.params["id"])
    first = next(iter(ordered(visit.lang, public.texts)))
    texts, revision, form = read_correction(visit.form, first=first)
    if visit.switching or visit.form.one("do"):
        return _looked_at(visit, challenge, replace(form, errors={}), (), public=public)
    found = [] if visit.form.one("anyway") else told_by(visit.db, texts.values(), actor=visit.actor)
    if form.errors or found:
        return _page(visit, challenge, form, (), public=public, found=found, status=422)
    try:
        actions.correct(
            visit.session, public, texts=texts, revision=revision, actor=visit.actor, now=visit.now
        )
    except Conflict as error:
        shown = replace(form, errors={"": error.reason})
        return _page(visit, challenge, shown, (), public=public, status=409)
    except Invalid as error:
        shown = replace(form, errors={f"answer-{first}": next(iter(error.errors.values()))})
        return _page(visit, challenge, shown, (), public=public, status=422)
    visit.flash("success", msg("The answer was corrected. The earlier one stands below it."))
    return redirect(desk_of(challenge.slug))


def _looked_at(
    visit: WritingVisit,
    challenge: Challenge,
    form: Form,
    questions: Sequence[Question],
    *,
    public: PublicAnswer | None = None,
) -> Answer:
    """Show the form as it was typed, or only how readers will see one text; keep nothing."""
    preview = preview_of(visit)
    if preview is not None and visit.fragment:
        return as_fragment(visit, preview)
    return _page(visit, challenge, form, questions, public=public, preview=preview)


def _page(
    visit: Visit,
    challenge: Challenge,
    form: Form,
    questions: Sequence[Question],
    *,
    public: PublicAnswer | None = None,
    found: Sequence[Finding] = (),
    preview: Preview | None = None,
    status: int = 200,
) -> Answer:
    title, title_lang = title_and_lang(visit, challenge)
    path = desk_of(challenge.slug)
    if found:
        errors = {**form.errors, "anyway": msg("Please look at what was found.")}
        form = replace(form, errors=errors)
    draft = public or queries.draft_of(questions)
    preferred = as_lang(questions[0].lang) if questions else visit.lang
    texts = draft.texts if draft else {}
    values = AnswerPage(
        form=form,
        labels=_labels(questions),
        title=title,
        title_lang=title_lang,
        desk_url=visit.url(f"/desk/challenges/{challenge.slug}"),
        path=path,
        action=visit.url(f"{path}/answers/{public.public_id}/correct")
        if public
        else visit.url(f"{path}/answer"),
        blocks=[_block(visit, one) for one in questions],
        asked=[_asked(visit, one) for one in (public.questions if public else ())],
        languages=named(ordered(preferred, texts), visit.lang),
        public_in=language_names(languages_of(challenge), visit.lang),
        revision=draft.revision if draft else 0,
        found=[(FOUND[one.what], one.text) for one in found],
        is_late=public is None and is_overdue(challenge, visit.now),
        due=answers_by(challenge),
        zone=challenge.zone,
        amend_url=amend_url(visit, challenge),
        preview=preview,
    )
    return page(visit, "questions/desk/answer.html", values, status=status, main_form=True)


def _labels(questions: Sequence[Question]) -> dict[str, Message]:
    words = LABELS["wording-en"]
    own = {f"wording-{one.public_id}-{lang}": words for one in questions for lang in LANGUAGES}
    return {**LABELS, **own}


def _block(visit: Visit, question: Question) -> Block:
    lang = as_lang(question.lang)
    return Block(
        id=question.public_id,
        original=question.original,
        lang=lang,
        day=question.asked_on,
        languages=named(ordered(lang, question.wordings), visit.lang),
    )


def _asked(visit: Visit, question: Question) -> tuple[str, str | None]:
    words = words_for(question, visit.lang)
    return words.text, words.lang if words.lang != visit.lang else None


routes = [
    get(f"{PATH}/answer", write, answerers),
    post(f"{PATH}/answer", answer, answerers, once=True),
    get(f"{PATH}/answers/{{id}}/correct", rewrite, answerers),
    post(f"{PATH}/answers/{{id}}/correct", correct, answerers, once=True),
]
