"""/applications/{id}/secrets: the firm says what of its application is a trade secret, and why."""

from dataclasses import replace
from datetime import datetime

from govmatch.applications import queries, rules, secrecy_rules
from govmatch.applications.actions import secrecy
from govmatch.applications.models import Application
from govmatch.applications.secrecy import Mark, marks_in
from govmatch.applications.secrecy_models import SecrecyInquiry, SecrecyStatement
from govmatch.applications.showing import title_in
from govmatch.applications.views.checking import answered
from govmatch.applications.views.reading import late_code, number
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import msg, pick
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Attached, Kind, Row, marked, text_for
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, clean_text, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/applications/{id}/secrets"
ONE = f"{PATH}/inquiries/{{inquiry}}"
_LONGEST = 40_000
_WITH_PASSAGES = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.TABLE})


@dataclass(frozen=True)
class Item:
    """One answer or one file that can be marked; `id` is in the names of its fields."""

    id: str
    label: str
    label_lang: str
    row: Row | None
    file: Attached | None
    has_passages: bool


@dataclass(frozen=True)
class Asked:
    """What the authority asked about secrets, and what came of it."""

    id: str
    text: str
    asked_at: datetime
    due_at: datetime
    is_late: bool
    doubted: list[str]
    answer: str
    answered_at: datetime | None
    decided_at: datetime | None
    reason: str
    lifted: list[str]
    released_from: datetime | None
    action: str
    """Where the answer is sent; empty for who may not answer, or not any more."""
    form: Form


@dataclass(frozen=True)
class SecretsPage:
    title: str
    title_lang: str | None
    authority: str
    zone: str
    overview_url: str
    action: str
    written_in: str
    items: list[Item]
    asked: list[Asked]
    statement: SecrecyStatement | None
    is_submitted: bool
    may_mark: bool
    revision: int
    form: Form


def show(visit: Visit) -> Answer:
    """Show all answers and files with what is marked in them, and what the authority asks."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return _page(visit, application, _form(visit, application))


def save(visit: WritingVisit) -> Answer:
    """Keep what was marked."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    if visit.switching:
        return _page(visit, application, typed(visit.form))
    reader = Reader(visit.form)
    marks = _marks(visit, application, reader)
    if not reader.ok:
        return _page(visit, application, reader.form, status=422)
    try:
        secrecy.mark(
            visit.session, application, marks,
            revision=number(visit.form.one("revision")),
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, application, typed(visit.form, error.errors), status=422)
    except Conflict as error:
        form = replace(reader.form, errors={"": error.reason})
        return _page(visit, application, form, status=409)
    visit.flash("success", msg("Saved: {n} marked as trade secret.", n=len(marks)))
    return redirect(_path(application))


def answer(visit: WritingVisit) -> Answer:
    """Keep what the firm says to a question about its secrets."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    inquiry = queries.get_inquiry(visit.session, application, visit.params["inquiry"])
    given = typed(visit.form)
    if visit.switching:
        return _page(visit, application, _form(visit, application), given, inquiry.public_id)
    text = clean_text(visit.form.one("answer"), lines=True)
    try:
        secrecy.answer(visit.session, application, inquiry, text, actor=visit.actor, now=visit.now)
    except Invalid as error:
        given = typed(visit.form, error.errors)
        return _page(
            visit, application, _form(visit, application), given, inquiry.public_id, status=422
        )
    visit.flash("success", msg("Your answer is sent to the authority."))
    return redirect(_path(application))


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    inquiry = queries.get_inquiry(visit.db, application, visit.params["inquiry"])
    return redirect(f"{_path(application)}#asked-{inquiry.public_id}")


def _path(application: Application) -> str:
    return f"/applications/{application.public_id}/secrets"


def _form(visit: Visit, application: Application) -> Form:
    row = queries.secret_marks(visit.db, application)
    values: dict[str, str | list[str]] = {}
    for one in marks_in(row.answers, row.files) if row is not None else []:
        name = one.question or one.file
        values[f"reason-{name}"] = one.reason
        values[f"passages-{name}"] = "\n".join(one.passages)
        values[f"whole-{name}"] = "yes" if one.is_whole else ""
    return filled(values)


def _marks(visit: WritingVisit, application: Application, reader: Reader) -> list[Mark]:
    """Return what is marked on the page; what does not stand on it stays as it was."""
    items = _items(visit, application)
    found = []
    for item in items:
        typed_in = reader.text(f"passages-{item.id}", limit=_LONGEST, required=False, lines=True)
        why = reader.text(f"reason-{item.id}", limit=_LONGEST, required=False, lines=True)
        is_whole = reader.yes(f"whole-{item.id}")
        lines = (" ".join(line.split()) for line in typed_in.splitlines())
        passages = tuple(dict.fromkeys(line for line in lines if line))
        if item.file is not None and is_whole:
            found.append(Mark(reason=why, file=item.id))
        elif item.file is None and (is_whole or passages):
            found.append(Mark(reason=why, question=item.id, is_whole=is_whole, passages=passages))
    shown = {item.id for item in items}
    row = queries.secret_marks(visit.db, application)
    kept = marks_in(row.answers, row.files) if row is not None else []
    return found + [one for one in kept if (one.question or one.file) not in shown]


def _items(visit: Visit, application: Application) -> list[Item]:
    late = late_code(visit, application.challenge)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    may_save = rules.may_save(visit.actor, application, held=held, now=visit.now, late=late)
    parts = answered(visit, application, may_save=bool(may_save))
    rows = [row for part in parts for row in part.rows if row.answered and not row.hidden]
    found: list[Item] = []
    for row in rows:
        label = text_for(row.question.label, visit.lang)
        words = marked(label, visit.lang)
        if row.question.kind is Kind.FILE:
            found += [
                Item(one.id, words, label.lang, row=None, file=one, has_passages=False)
                for one in row.files
            ]
        else:
            has_passages = row.question.kind in _WITH_PASSAGES
            one = Item(
                row.question.id, words, label.lang, row=row, file=None, has_passages=has_passages
            )
            found.append(one)
    return found


def _page(
    visit: Visit,
    application: Application,
    form: Form,
    answering: Form | None = None,
    answering_id: str = "",
    *,
    status: int = 200,
) -> Answer:
    challenge, lang = application.challenge, visit.lang
    title = title_in(challenge, lang)
    row = queries.secret_marks(visit.db, application)
    items = _items(visit, application)
    values = SecretsPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        zone=challenge.zone,
        overview_url=visit.url(f"/applications/{application.public_id}"),
        action=visit.url(_path(application)),
        written_in=application.lang,
        items=items,
        asked=_asked(visit, application, items, {answering_id: answering or filled({})}),
        statement=queries.last_statement(visit.db, application),
        is_submitted=bool(application.current_version),
        may_mark=bool(secrecy_rules.may_mark(visit.actor, application)),
        revision=row.revision if row is not None else 0,
        form=form,
    )
    return page(
        visit, "applications/secrets.html", values, status=status, main_form=values.may_mark
    )


def _asked(
    visit: Visit, application: Application, items: list[Item], forms: dict[str, Form]
) -> list[Asked]:
    """Return what was asked, newest first; doubted marks are named as the page names them."""
    labels = {item.id: item.file.name if item.file is not None else item.label for item in items}
    known: dict[str, str] = {}
    for statement in queries.statements(visit.db, application):
        for one in marks_in(statement.answers, statement.files):
            known.setdefault(one.key, labels.get(one.question or one.file, ""))
    found = [
        _one(visit, application, one, known, forms.get(one.public_id, filled({})))
        for one in queries.inquiries(visit.db, application)
    ]
    # One form on the page: an older inquiry that nobody answered is over with a newer one.
    return [*found[:1], *(replace(one, action="") for one in found[1:])]


def _one(
    visit: Visit,
    application: Application,
    one: SecrecyInquiry,
    known: dict[str, str],
    form: Form,
) -> Asked:
    may_answer = secrecy_rules.may_answer(visit.actor, application, one)
    decided = one.decided_at
    return Asked(
        id=one.public_id,
        text=one.text,
        asked_at=one.asked_at,
        due_at=one.due_at,
        is_late=one.answered_at is None and visit.now >= one.due_at,
        doubted=[known.get(key) or key for key in one.doubted],
        answer=one.answer,
        answered_at=one.answered_at,
        decided_at=decided,
        reason=one.reason,
        lifted=[known.get(key) or key for key in one.lifted],
        released_from=decided + secrecy_rules.TIME_TO_OBJECT if decided and one.lifted else None,
        action=visit.url(f"{_path(application)}/inquiries/{one.public_id}") if may_answer else "",
        form=form,
    )


routes = [
    get(PATH, show, signed_in),
    post(PATH, save, signed_in),
    get(ONE, to_page, signed_in),
    post(ONE, answer, signed_in, once=True),
]
