"""/applications/{id}/requests/{request}: what a firm is asked for, and its answer until a date."""

from datetime import datetime
from textwrap import shorten

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries as applications
from govmatch.applications.models import State
from govmatch.challenges.showing import text_of
from govmatch.files.models import StoredFile
from govmatch.files.queries import of_owner_by_id
from govmatch.files.sending import sent
from govmatch.kit import journal
from govmatch.kit.clock import site_now
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.triage import actions, queries, rules
from govmatch.triage.actions.requests import FILE_MB, LONGEST_ANSWER, MOST_FILES
from govmatch.triage.models import Deficiency
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

UPLOAD_MB = MOST_FILES * FILE_MB + 2  # a little more than all files of an answer may have
BEGINNING = 120  # characters of a request by which a list calls it


@dataclass(frozen=True)
class RequestPage:
    """`other` is a colleague's answer that came meanwhile; the reader's own stands in the form."""

    title: str
    title_lang: str | None
    authority: str
    reference: str
    back: str
    here: str
    text: str
    asked_at: datetime
    due_at: datetime
    zone: str
    state: Message
    kind: str
    next: Message
    may_answer: bool
    is_answered: bool
    answer: str
    answered_at: datetime | None
    answered_by: str
    files: list[tuple[str, str, str]]
    """(public id, name, address) of what came with the answer."""
    is_conflict: bool
    seen: str
    form: Form
    most_files: int
    file_mb: int
    longest: int


@dataclass(frozen=True)
class Card:
    url: str
    begins: str
    due_at: datetime
    state: Message
    kind: str


@dataclass(frozen=True)
class RequestsPage:
    title: str
    title_lang: str | None
    back: str
    zone: str
    cards: list[Card]


def every(visit: Visit) -> Answer:
    """Lead to the one request that waits, else show all that there were, to the firm alone."""
    application = applications.get_own(visit.db, visit.actor, visit.params["id"])
    found = queries.requests_of(visit.db, visit.actor, application)
    waiting = [one for one in found if rules.may_answer(visit.actor, one, now=visit.now)]
    if len(waiting) == 1:
        return redirect(_path(waiting[0]))
    words = text_of(application.challenge, visit.lang)
    values = RequestsPage(
        title=words.title,
        title_lang=words.lang if words.lang != visit.lang else None,
        back=visit.url(f"/applications/{application.public_id}"),
        zone=application.challenge.zone,
        cards=[_card(visit, one) for one in found],
    )
    return page(visit, "triage/requests.html", values)


def _card(visit: Visit, asked: Deficiency) -> Card:
    state, kind, _ = _state(asked, visit.now)
    begins = shorten(asked.text, BEGINNING, placeholder=" …")
    return Card(visit.url(_path(asked)), begins, asked.due_at, state, kind)


def show(visit: Visit) -> Answer:
    """Show what is asked, to the firm alone."""
    asked = _own(visit)
    return _page(visit, asked, filled({"answer": asked.answer}), now=visit.now)


def save(visit: WritingVisit) -> Answer:
    """Keep the answer; it can be changed until the date."""
    asked = queries.get_request_to_answer(
        visit.session, visit.actor, visit.params["id"], visit.params["request"]
    )
    now = site_now(journal.clock_offset(visit.session))
    if visit.switching:
        return _page(visit, asked, typed(visit.form), now=now)
    try:
        actions.answer(
            visit.session,
            asked,
            clean_text(visit.form.one("answer"), lines=True),
            uploads=visit.form.files.get("files", ()),
            removed=visit.form.all("remove"),
            seen=visit.form.one("seen"),
            settings=visit.settings,
            actor=visit.actor,
            now=now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _page(visit, asked, typed(visit.form, error.errors), now=now, status=422)
    except Conflict as error:
        form = typed(visit.form, {"": error.reason})
        return _page(visit, asked, form, now=now, status=409)
    visit.flash("success", msg("Your answer is kept. You can change it until the date."))
    return redirect(_path(asked))


def download(visit: Visit) -> Answer:
    """Give a file of an answer, to the firm and to those who read the application in triage."""
    asked = queries.get_request(visit.db, visit.actor, visit.params["id"], visit.params["request"])
    file = of_owner_by_id(visit.db, queries.OWNER, asked.id, visit.params["file"])
    return sent(visit, file)


def _own(visit: Visit) -> Deficiency:
    """Return a request of the reader's own firm; raises `NotFound` for everybody else."""
    application = applications.get_own(visit.db, visit.actor, visit.params["id"])
    return queries.get_request(
        visit.db, visit.actor, application.public_id, visit.params["request"]
    )


def _path(asked: Deficiency) -> str:
    return f"/applications/{asked.application.public_id}/requests/{asked.public_id}"


def _page(
    visit: Visit, asked: Deficiency, form: Form, *, now: datetime, status: int = 200
) -> Answer:
    application, lang = asked.application, visit.lang
    challenge = application.challenge
    words = text_of(challenge, lang)
    may_answer = bool(rules.may_answer(visit.actor, asked, now=now))
    state, kind, next_ = _state(asked, now)
    by = names_by_id(visit.db, [asked.answered_by]) if asked.answered_by else {}
    values = RequestPage(
        title=words.title,
        title_lang=words.lang if words.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        reference=application.reference,
        back=visit.url(f"/applications/{application.public_id}"),
        here=visit.url(_path(asked)),
        text=asked.text,
        asked_at=asked.asked_at,
        due_at=asked.due_at,
        zone=challenge.zone,
        state=state,
        kind=kind,
        next=next_,
        may_answer=may_answer,
        is_answered=asked.answered_at is not None,
        answer=asked.answer,
        answered_at=asked.answered_at,
        answered_by=by.get(asked.answered_by or 0, ""),
        files=[_file(visit, asked, one) for one in queries.files_of(visit.db, asked)],
        is_conflict=status == 409,
        seen=actions.answer_mark(asked),
        form=form,
        most_files=MOST_FILES,
        file_mb=FILE_MB,
        longest=LONGEST_ANSWER,
    )
    return page(visit, "triage/request.html", values, status=status, main_form=may_answer)


def _state(asked: Deficiency, now: datetime) -> tuple[Message, str, Message]:
    """Return the state, its badge and what comes next; what staff found is not said here."""
    if asked.settled_at is not None:
        return msg("Closed"), "neutral", msg("The authority has looked at it. Nothing to do now.")
    if asked.application.state == State.WITHDRAWN:
        return msg("Closed"), "neutral", msg("The application takes no part any more.")
    if rules.is_over(asked, now=now):
        return msg("Closed"), "neutral", msg("The time for an answer is over.")
    if asked.answered_at is not None:
        later = msg("You have answered. You can change your answer until the date.")
        return msg("Answered"), "success", later
    return msg("Waits for you"), "warning", msg("Please answer until the date. Then it goes on.")


def _file(visit: Visit, asked: Deficiency, file: StoredFile) -> tuple[str, str, str]:
    return file.public_id, file.name, visit.url(f"{_path(asked)}/files/{file.public_id}")


ONE = "/applications/{id}/requests/{request}"

routes = [
    get("/applications/{id}/requests", every, signed_in),
    get(ONE, show, signed_in),
    post(ONE, save, signed_in, once=True, upload_mb=UPLOAD_MB),
    get(f"{ONE}/files/{{file}}", download, signed_in),
]
