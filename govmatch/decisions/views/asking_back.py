"""/letters/{letter}/question: one question of the firm about its letter, and the one answer."""

from collections.abc import Callable

from govmatch.decisions import actions
from govmatch.decisions.models import Letter
from govmatch.decisions.views.firm_letters import letter_page, readable_letter
from govmatch.kit.clock import site_now
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import clock_offset
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import clean_text, typed
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


def ask(visit: WritingVisit) -> Answer:
    """Keep the question of a member of the firm."""
    said = msg("Your question is sent. You get a mail once it is answered.")
    return _written(visit, actions.ask, said)


def reply(visit: WritingVisit) -> Answer:
    """Keep the answer of somebody who works on the case."""
    return _written(visit, actions.reply, msg("Your answer is sent to the firm."))


def _written(visit: WritingVisit, write: Callable[..., object], said: Message) -> Answer:
    letter = readable_letter(visit)
    if visit.switching:
        return letter_page(visit, letter, typed(visit.form))
    try:
        write(
            visit.session, letter, clean_text(visit.form.one("text"), lines=True),
            actor=visit.actor, now=site_now(clock_offset(visit.session)), real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return letter_page(visit, letter, typed(visit.form, error.errors), status=422)
    visit.flash("success", said)
    return redirect(_path(letter))


def to_letter(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(_path(readable_letter(visit)))


def _path(letter: Letter) -> str:
    return f"/letters/{letter.public_id}#question"


ONE = "/letters/{letter}/question"

routes = [
    get(ONE, to_letter, settled),
    post(ONE, ask, settled, once=True),
    get(f"{ONE}/answer", to_letter, settled),
    post(f"{ONE}/answer", reply, settled, once=True),
]
