"""/decisions/{decision}/letters/{letter}: one letter of the outbox, read and corrected."""

from dataclasses import replace

from markupsafe import Markup

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.decisions import actions, queries
from govmatch.decisions.forms import revision_of
from govmatch.decisions.letter_texts import Written, until_released, with_date, written
from govmatch.decisions.models import Decision, Letter, Outcome
from govmatch.decisions.rules import may_correct
from govmatch.decisions.showing import OUTCOMES
from govmatch.decisions.views.access import deciders, decision_of, decision_path, title_of
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import OWN_NAMES, Lang, Message, as_lang, msg
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class OutboxPage:
    title: str
    title_lang: str | None
    path: str
    here: str
    name: str
    reference: str
    outcome: tuple[Message, str]
    language: str
    lang_of_letter: Lang
    subject: str
    html: Markup
    preview: Markup | None
    has_date: bool
    revision: int
    may_correct: bool
    is_checked: bool
    is_corrected: bool
    is_stale: bool
    proposed: str
    """What the proposal would say now, where the text was corrected before it changed."""
    conflict: str
    previous: str
    following: str
    place: int
    count: int
    form: Form
    labels: dict[str, Message]


def show(visit: Visit) -> Answer:
    """Show the letter as the firm will read it, and its text to be corrected."""
    decision, letter = _letter(visit)
    return _page(visit, decision, letter, _shown(letter))


def save(visit: WritingVisit) -> Answer:
    """Keep the corrections, or with another button only show how they look."""
    decision, letter = _letter(visit)
    require(may_correct(visit.actor, decision))
    form = typed(visit.form)
    body = clean_text(visit.form.one("body"), lines=True)
    if visit.switching:
        return _page(visit, decision, letter, form)
    if visit.form.one("do") == "preview":
        return _page(visit, decision, letter, form, preview=body)
    try:
        actions.correct(
            visit.session,
            letter,
            subject=clean_text(visit.form.one("subject"), lines=False),
            body=body,
            revision=revision_of(visit.form),
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict:
        shown = Form({**form.values, "revision": str(letter.revision)})
        return _page(visit, decision, letter, shown, status=409, conflict=letter.body)
    except Invalid as error:
        return _page(visit, decision, letter, replace(form, errors=error.errors), status=422)
    visit.flash("success", msg("The letter has been saved. It has to be read again."))
    return redirect(_path(decision, letter))


def check(visit: WritingVisit) -> Answer:
    """Note that it was read and found right, and go on to the next unread one."""
    decision, letter = _letter(visit)
    actions.check(
        visit.session,
        letter,
        revision=revision_of(visit.form),
        actor=visit.actor,
        now=visit.now,
    )
    visit.session.flush()
    unread = [one for one in queries.letters_of(visit.db, decision) if one.checked_at is None]
    return redirect(_path(decision, unread[0]) if unread else decision_path(decision))


def remake(visit: WritingVisit) -> Answer:
    """Throw the corrections away and take the text of the proposal."""
    decision, letter = _letter(visit)
    actions.remake(
        visit.session,
        letter,
        revision=revision_of(visit.form),
        actor=visit.actor,
        now=visit.now,
    )
    visit.flash("success", msg("The letter was made anew from the proposal."))
    return redirect(_path(decision, letter))


def _letter(visit: Visit) -> tuple[Decision, Letter]:
    """Return the letter of the address; raises `NotFound` where it is in another outbox."""
    decision = decision_of(visit)
    letter = queries.find_letter(visit.db, visit.params["letter"])
    # Who applied to what was never opened stays sealed, letters included.
    is_sealed = decision.challenge.opened_at is None
    if letter.determination.decision_id != decision.id or is_sealed:
        raise NotFound
    return decision, letter


def _path(decision: Decision, letter: Letter) -> str:
    return f"{decision_path(decision)}/letters/{letter.public_id}"


def _shown(letter: Letter) -> Form:
    return filled(
        {"subject": letter.subject, "body": letter.body, "revision": str(letter.revision)}
    )


def _page(
    visit: Visit,
    decision: Decision,
    letter: Letter,
    form: Form,
    *,
    status: int = 200,
    preview: str | None = None,
    conflict: str = "",
) -> Answer:
    title, title_lang = title_of(decision.challenge, visit.lang)
    lang = as_lang(letter.lang)
    keys = [one.public_id for one in queries.letters_of(visit.db, decision)]
    place = keys.index(letter.public_id)
    until = until_released(decision.confirm_days, lang)
    may = bool(may_correct(visit.actor, decision))
    values = OutboxPage(
        title=title,
        title_lang=title_lang,
        path=decision_path(decision),
        here=_path(decision, letter),
        name=name_for(letter.application, How.FULL, visit.lang),
        reference=letter.application.reference,
        outcome=OUTCOMES[letter.determination.outcome],
        language=OWN_NAMES[lang],
        lang_of_letter=lang,
        subject=letter.subject,
        html=render(with_date(letter.body, until)),
        preview=None if preview is None else render(with_date(preview, until)),
        has_date=letter.determination.outcome == Outcome.SELECTED and letter.released_at is None,
        revision=letter.revision,
        may_correct=may,
        is_checked=letter.checked_at is not None,
        is_corrected=letter.is_corrected,
        is_stale=letter.is_stale,
        proposed=_proposed(decision, letter).body if letter.is_stale else "",
        conflict=conflict,
        previous=_at(visit, decision, keys, place - 1),
        following=_at(visit, decision, keys, place + 1),
        place=place + 1,
        count=len(keys),
        form=form,
        labels={"subject": msg("Subject"), "body": msg("Text")},
    )
    return page(
        visit, "decisions/outbox.html", values, block="preview", status=status, main_form=may
    )


def _proposed(decision: Decision, letter: Letter) -> Written:
    return written(
        decision,
        letter.determination,
        letter.application,
    )


def _at(visit: Visit, decision: Decision, keys: list[str], place: int) -> str:
    if not 0 <= place < len(keys):
        return ""
    return visit.url(f"{decision_path(decision)}/letters/{keys[place]}")


ONE = "/decisions/{decision}/letters/{letter}"

routes = [
    get(ONE, show, deciders),
    post(ONE, save, deciders),
    post(f"{ONE}/read", check, deciders),
    post(f"{ONE}/remake", remake, deciders),
]
