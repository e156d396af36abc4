"""Questions of an interview: taken from the reviews, added, changed, dropped, released."""

from govmatch.applications.models import How
from govmatch.challenges.models import Challenge
from govmatch.interviews import actions, queries
from govmatch.interviews.forms import read_revision, read_words
from govmatch.interviews.models import Interview, InterviewQuestion
from govmatch.interviews.views.frame import (
    PATH,
    Head,
    case_of,
    found,
    head_of,
    managers,
    path_of,
    workers,
)
from govmatch.interviews.views.one import kept
from govmatch.interviews.views.one_page import may_of, shown
from govmatch.interviews.views.points import labels_of
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import as_lang, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

HERE = f"{PATH}/{{interview}}"


@dataclass(frozen=True)
class QuestionPage:
    head: Head
    back: str
    action: str
    criterion: str
    revision: int
    form: Form


def prepare(visit: WritingVisit) -> Answer:
    """Take questions from the reviews; in the language in which the firm applied."""
    challenge = case_of(visit)
    interview, _ = found(visit, challenge)
    count = actions.prepare(
        visit.session, interview, labels_of(challenge, as_lang(interview.application.lang)),
        actor=visit.actor, now=visit.now,
    )  # fmt: skip
    if count:
        visit.flash("success", msgn("{n} question added.", "{n} questions added.", n=count))
    else:
        visit.flash("info", msg("The reviews suggest nothing that is not there already."))
    return redirect(_here(interview))


def _here(interview: Interview) -> str:
    return f"{path_of(interview.application.challenge)}/{interview.public_id}#questions"


def add(visit: WritingVisit) -> Answer:
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    text, form = read_words(visit.form, "text")
    if visit.switching or form.errors:
        errors = {} if visit.switching else form.errors
        again = Form({**kept(interview).values, **form.values}, errors)
        status = 200 if visit.switching else 422
        return shown(visit, challenge, interview, how, again, status=status)
    actions.add(visit.session, interview, text, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The question is kept."))
    return redirect(_here(interview))


def show(visit: Visit) -> Answer:
    challenge, interview, question = _own(visit)
    return _page(visit, challenge, interview, question, filled({"text": question.text}))


def _own(visit: Visit) -> tuple[Challenge, Interview, InterviewQuestion]:
    """Return a question to change; raises `NotFound` for who reads without names or may not."""
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    question = queries.get_question(visit.db, interview, visit.params["question"])
    if how is not How.FULL or not may_of(visit, interview).prepare:
        raise NotFound
    return challenge, interview, question


def _page(
    visit: Visit,
    challenge: Challenge,
    interview: Interview,
    question: InterviewQuestion,
    form: Form,
    *,
    status: int = 200,
) -> Answer:
    here = f"{path_of(challenge)}/{interview.public_id}"
    values = QuestionPage(
        head=head_of(visit, challenge),
        back=visit.url(here),
        action=visit.url(f"{here}/questions/{question.public_id}"),
        criterion=labels_of(challenge, visit.lang).get(question.criterion, ""),
        revision=question.revision,
        form=form,
    )
    return page(visit, "interviews/question.html", values, status=status, main_form=True)


def change(visit: WritingVisit) -> Answer:
    """Keep other words, or drop the question."""
    challenge, interview, question = _own(visit)
    if visit.form.one("then") == "drop" and not visit.switching:
        actions.drop(
            visit.session, interview, question,
            revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
        )  # fmt: skip
        visit.flash("success", msg("The question is dropped."))
        return redirect(_here(interview))
    text, form = read_words(visit.form, "text")
    if visit.switching or form.errors:
        again = Form(form.values, {} if visit.switching else form.errors)
        status = 200 if visit.switching else 422
        return _page(visit, challenge, interview, question, again, status=status)
    actions.change(
        visit.session, interview, question, text,
        revision=read_revision(visit.form), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    visit.flash("success", msg("The question is kept."))
    return redirect(_here(interview))


def release(visit: WritingVisit) -> Answer:
    challenge = case_of(visit)
    interview, how = found(visit, challenge)
    try:
        count = actions.release(
            visit.session, interview, visit.form.all("released"), actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        form = Form(kept(interview).values, error.errors)
        return shown(visit, challenge, interview, how, form, status=422)
    visit.flash(
        "success",
        msgn(
            "The firm reads {n} question from now on.",
            "The firm reads {n} questions from now on.",
            n=count,
        ),
    )
    return redirect(_here(interview))


routes = [
    post(f"{HERE}/prepare", prepare, workers, once=True),
    post(f"{HERE}/questions", add, workers, once=True),
    get(f"{HERE}/questions/{{question}}", show, workers),
    post(f"{HERE}/questions/{{question}}", change, workers, once=True),
    post(f"{HERE}/release", release, managers, once=True),
]
