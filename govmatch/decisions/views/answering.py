"""/applications/{id}/answer: a selected firm takes its place, or declines it."""

from dataclasses import replace
from datetime import datetime

from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.decisions import actions, queries
from govmatch.decisions.actions.answering import is_late
from govmatch.decisions.forms import read_reply
from govmatch.decisions.models import Answer as Given
from govmatch.decisions.models import Reply
from govmatch.decisions.rules import may_answer
from govmatch.decisions.showing import REPLIES
from govmatch.decisions.views.access import title_of
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class AnswerPage:
    title: str
    title_lang: str | None
    authority: str
    application_url: str
    letters_url: str
    action: str
    may_answer: bool
    confirm_by: datetime | None
    zone: str
    state: tuple[Message, str] | None
    answered_at: datetime | None
    is_late: bool
    form: Form
    labels: dict[str, Message]


def ask(visit: Visit) -> Answer:
    """Show what is asked until when; afterwards, what was answered."""
    application = applications.get_own(visit.db, visit.actor, visit.params["id"])
    return _page(visit, application, filled({}))


def reply(visit: WritingVisit) -> Answer:
    """Keep the firm's answer; once its date has passed it is refused with 410."""
    application = applications.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    chosen, form = read_reply(visit.form)
    if visit.switching:
        return _page(visit, application, replace(form, errors={}))
    if form.errors and may_answer(visit.actor, application, now=visit.now):
        return _page(visit, application, form, status=422)
    try:
        actions.answer(
            visit.session,
            application,
            Reply(chosen or Reply.DECLINED),
            reason=clean_text(visit.form.one("reason"), lines=True),
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        form = replace(typed(visit.form), errors=error.errors)
        return _page(visit, application, form, status=422)
    if chosen == Reply.CONFIRMED:
        visit.flash("success", msg("You have taken the place. The authority gets in touch now."))
    else:
        visit.flash("success", msg("You have declined the place. Thank you for telling us."))
    return redirect(f"/applications/{application.public_id}/answer")


def _page(visit: Visit, application: Application, form: Form, *, status: int = 200) -> Answer:
    given = queries.answer_of(visit.db, application)
    if application.decision_released_at is None or (
        given is None and application.confirm_by is None
    ):
        raise NotFound
    title, title_lang = title_of(application.challenge, visit.lang)
    here = f"/applications/{application.public_id}"
    may = bool(may_answer(visit.actor, application, now=visit.now))
    values = AnswerPage(
        title=title,
        title_lang=title_lang,
        authority=pick(application.challenge.authority.names, visit.lang)[0],
        application_url=visit.url(here),
        letters_url=visit.url(f"{here}/letters"),
        action=visit.url(f"{here}/answer"),
        may_answer=may,
        confirm_by=application.confirm_by,
        zone=application.challenge.zone,
        state=_state(given),
        answered_at=given.at if given is not None else None,
        is_late=is_late(application, given, now=visit.now),
        form=form,
        labels={"reply": msg("Your answer"), "reason": msg("Reason")},
    )
    return page(visit, "decisions/answer.html", values, status=status, main_form=may)


def _state(given: Given | None) -> tuple[Message, str] | None:
    return REPLIES[given.answer] if given is not None else None


ONE = "/applications/{id}/answer"

routes = [get(ONE, ask, settled), post(ONE, reply, settled, once=True)]
