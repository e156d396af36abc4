"""/letters/{letter} and /applications/{id}/letters: what a firm is told; the legal copy."""

from datetime import datetime
from functools import partial

from markupsafe import Markup

from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import firms_of
from govmatch.decisions import actions, queries
from govmatch.decisions.events import LetterRead
from govmatch.decisions.models import Letter, Outcome
from govmatch.decisions.rules import is_firms, may_answer, may_read_letter
from govmatch.decisions.views.access import decision_path, title_of
from govmatch.decisions.views.question_back import QuestionBack, question_back
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, as_lang, msg, pick, say
from govmatch.kit.markdown import kept
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, settled
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class LetterPage:
    title: str
    title_lang: str | None
    is_own: bool
    application_url: str
    letters_url: str
    decision_url: str
    subject: str
    html: Markup
    lang_of_letter: Lang
    authority: str
    head: list[tuple[str, str]]
    """To whom, about what, when; like the authority's name in the language of the letter."""
    address: str
    """In full, for paper."""
    released_at: datetime
    zone: str
    may_answer: bool
    answer_url: str
    confirm_by: datetime | None
    """Until when this letter asks for an answer."""
    back: QuestionBack | None


@dataclass(frozen=True)
class Line:
    subject: str
    lang: str
    url: str
    at: datetime
    is_new: bool
    """True where the reader has not opened it."""


@dataclass(frozen=True)
class LettersPage:
    title: str
    title_lang: str | None
    application_url: str
    letters: list[Line]
    zone: str
    may_answer: bool
    answer_url: str
    confirm_by: datetime | None


def show(visit: Visit) -> Answer:
    """Show a released letter to its firm and to those who decided; the firm's reading is noted."""
    letter = readable_letter(visit)
    if is_firms(visit.actor, letter):
        _note(visit, letter)
    return letter_page(visit, letter, filled({}))


def readable_letter(visit: Visit) -> Letter:
    """Return the letter of the address; raises `NotFound` for whoever may not read it."""
    letter = queries.find_letter(visit.db, visit.params["letter"])
    if not may_read_letter(visit.actor, letter, is_closed=_is_closed(visit, letter)):
        raise NotFound
    return letter


def _is_closed(visit: Visit, letter: Letter) -> bool:
    """True where a conflict of interest keeps the reader from the case; never for its own firm."""
    if is_firms(visit.actor, letter):
        return False
    return queries.is_conflicted(visit.db, visit.actor, letter.application.challenge)


def letter_page(visit: Visit, letter: Letter, form: Form, *, status: int = 200) -> Answer:
    """Return the page of a letter; `form` is what was typed as a question or an answer."""
    application, challenge = letter.application, letter.application.challenge
    is_own = is_firms(visit.actor, letter)
    title, title_lang = title_of(challenge, visit.lang)
    decision = letter.determination.decision
    assert letter.released_at is not None
    is_selected = letter.determination.outcome == Outcome.SELECTED
    confirm_by = decision.confirm_by if is_selected else None
    back = question_back(visit, letter, form, is_own=is_own, is_closed=_is_closed(visit, letter))
    values = LetterPage(
        title=title,
        title_lang=title_lang,
        is_own=is_own,
        application_url=visit.url(f"/applications/{application.public_id}"),
        letters_url=visit.url(f"/applications/{application.public_id}/letters"),
        decision_url=visit.url(decision_path(decision)),
        subject=letter.subject,
        # What `kit.markdown` made when the letter was written or released.
        html=kept(letter.html),
        lang_of_letter=as_lang(letter.lang),
        authority=pick(challenge.authority.names, as_lang(letter.lang))[0],
        head=_head(letter, confirm_by),
        address=visit.absolute(f"/letters/{letter.public_id}"),
        released_at=letter.released_at,
        zone=challenge.zone,
        may_answer=is_own and bool(may_answer(visit.actor, application, now=visit.now)),
        answer_url=_answer_url(visit, application),
        confirm_by=confirm_by,
        back=back,
    )
    writes = back is not None and back.may_write
    return page(visit, "decisions/letter.html", values, status=status, main_form=writes)


def _head(letter: Letter, confirm_by: datetime | None) -> list[tuple[str, str]]:
    lang, application = as_lang(letter.lang), letter.application
    zone = application.challenge.zone
    said = [
        (msg("To"), application.firm.name),
        (msg("Reference number"), application.reference),
        (msg("Date"), datetime_text(letter.released_at, lang, zone) if letter.released_at else ""),
    ]
    if confirm_by is not None:
        said.append((msg("Answer by"), datetime_text(confirm_by, lang, zone)))
    return [(say(label, lang), text) for label, text in said]


def _note(visit: Visit, letter: Letter) -> None:
    """Let it be written down, after this page is made, that a member of the firm was shown it."""
    person_id = visit.actor.person_id
    assert person_id is not None
    event = LetterRead(letter.application_id, letter=letter.id)
    if letter.application.firm_id not in firms_of(visit.actor):
        # That a partner read it does not say that it reached the firm that it is addressed to.
        visit.note(event)
        return
    visit.note(
        event,
        partial(actions.note_reading, letter_id=letter.id, person_id=person_id, now=visit.now),
    )


def _answer_url(visit: Visit, application: Application) -> str:
    return visit.url(f"/applications/{application.public_id}/answer")


def list_(visit: Visit) -> Answer:
    """Show the firm every letter about one of its applications."""
    application = applications.get_own(visit.db, visit.actor, visit.params["id"])
    title, title_lang = title_of(application.challenge, visit.lang)
    letters = queries.for_firm(visit.db, application)
    opened = queries.read_by(visit.db, visit.actor, application)
    values = LettersPage(
        title=title,
        title_lang=title_lang,
        application_url=visit.url(f"/applications/{application.public_id}"),
        letters=[
            Line(
                subject=one.subject,
                lang=one.lang,
                url=visit.url(f"/letters/{one.public_id}"),
                at=one.released_at,
                is_new=one.id not in opened,
            )
            for one in letters
            if one.released_at is not None
        ],
        zone=application.challenge.zone,
        may_answer=bool(may_answer(visit.actor, application, now=visit.now)),
        answer_url=_answer_url(visit, application),
        confirm_by=application.confirm_by if application.state == Applied.SELECTED else None,
    )
    return page(visit, "decisions/letters.html", values, block="letters")


routes = [
    get("/letters/{letter}", show, settled, records=True, prints=True),
    get("/applications/{id}/letters", list_, settled),
]
