"""/desk/challenges/{slug}/questions/{id}/decline: no answer, with a reason."""

from collections.abc import Sequence
from dataclasses import replace

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import Lang, Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.questions import actions, queries
from govmatch.questions.checking import told_by
from govmatch.questions.forms import LABELS, ordered, read_refusal, refusal_form
from govmatch.questions.models import OPEN, Question
from govmatch.questions.naming import Finding
from govmatch.questions.rules import may_answer
from govmatch.questions.showing import FOUND, desk_of
from govmatch.questions.views.desk import answerers
from govmatch.questions.views.frame import desk_challenge_of, named, title_and_lang
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/questions/{id}/decline"


@dataclass(frozen=True)
class DeclinePage:
    form: Form
    labels: dict[str, Message]
    title: str
    title_lang: str | None
    desk_url: str
    path: str
    action: str
    original: str
    original_lang: Lang
    languages: list[tuple[Lang, str]]
    found: list[tuple[Message, str]]


def write(visit: Visit) -> Answer:
    question = _question(visit)
    return _page(visit, question, refusal_form(question))


def _question(visit: Visit) -> Question:
    """Return the open question of the address, for those who answer."""
    challenge = desk_challenge_of(visit)
    require(may_answer(visit.actor, challenge, visit.now))
    wanted = visit.params["id"]
    for one in queries.listed_for_answering(visit.db, challenge):
        if one.public_id == wanted and one.state in OPEN:
            return one
    raise NotFound


def decline(visit: WritingVisit) -> Answer:
    """Decline it; where everybody reads why, its words are checked like those of an answer."""
    question = _question(visit)
    refusal, form = read_refusal(visit.form, first=as_lang(question.lang))
    if visit.switching:
        return _page(visit, question, replace(form, errors={}))
    found: list[Finding] = []
    if refusal.shows_reason and not visit.form.one("anyway"):
        said = [*refusal.reasons.values(), *refusal.wordings.values()]
        found = told_by(visit.db, said, actor=visit.actor)
    if form.errors or found:
        return _page(visit, question, form, found=found, status=422)
    try:
        actions.decline(
            visit.session,
            question,
            reasons=refusal.reasons,
            shows_reason=refusal.shows_reason,
            wordings=refusal.wordings,
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict as error:
        shown = replace(form, errors={"": error.reason})
        return _page(visit, question, shown, status=409)
    visit.flash("success", msg("The question was declined. Its asker reads why."))
    return redirect(desk_of(question.challenge.slug))


def _page(
    visit: Visit,
    question: Question,
    form: Form,
    *,
    found: Sequence[Finding] = (),
    status: int = 200,
) -> Answer:
    challenge = question.challenge
    if found:
        errors = {**form.errors, "anyway": msg("Please look at what was found.")}
        form = replace(form, errors=errors)
    title, title_lang = title_and_lang(visit, challenge)
    path, lang = desk_of(challenge.slug), as_lang(question.lang)
    values = DeclinePage(
        form=form,
        labels=dict(LABELS),
        title=title,
        title_lang=title_lang,
        desk_url=visit.url(f"/desk/challenges/{challenge.slug}"),
        path=path,
        action=visit.url(f"{path}/{question.public_id}/decline"),
        original=question.original,
        original_lang=lang,
        languages=named(ordered(lang, question.wordings), visit.lang),
        found=[(FOUND[one.what], one.text) for one in found],
    )
    return page(visit, "questions/desk/decline.html", values, status=status, main_form=True)


routes = [get(PATH, write, answerers), post(PATH, decline, answerers, once=True)]
