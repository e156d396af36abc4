"""/applications/{id}/check: all answers on one page, what is missing, and the button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from govmatch.applications import actions, call, queries, rules
from govmatch.applications.models import Application, State
from govmatch.applications.showing import Condition, conditions, title_in
from govmatch.applications.views.reading import attached, deadline, late_code, number, site_time
from govmatch.files.queries import of_owner
from govmatch.kit.actor import No
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.questionnaires import Row, marked, rows, text_for
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Part:
    """One section to be read, with the address where it is changed (None: no more)."""

    title: str
    rows: list[Row]
    edit_url: str | None


@dataclass(frozen=True)
class Missing:
    """One answer that is missing or wrong, and the address of its field."""

    label: str
    message: Message
    url: str


@dataclass(frozen=True)
class CheckPage:
    title: str
    title_lang: str | None
    firm: str
    overview_url: str
    action: str
    closes: datetime | None
    zone: str
    answered: list[Part]
    missing: list[Missing]
    conditions: list[Condition]
    is_shut_out: bool
    firm_url: str
    written_in: str
    can_submit: bool
    reason: Message | None
    is_unchanged: bool
    version: int
    receipt_url: str
    revision: int
    form: Form


def check(visit: Visit) -> Answer:
    """Show every answer, and what is still missing."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return _page(visit, application, form=filled({}))


def to_check(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return redirect(f"/applications/{application.public_id}/check")


def submit(visit: WritingVisit) -> Answer:
    """Submit what was checked, and show its receipt."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    now = site_time(visit)
    reader = Reader(visit.form)
    reader.yes("confirmed", required=True)
    held = queries.every_role(visit.session, visit.actor, real_now=visit.real_now)
    late = late_code(visit, application.challenge)
    ruling = rules.may_save(visit.actor, application, held=held, now=now, late=late)
    if ruling and not reader.ok:
        return _page(visit, application, form=reader.form, status=422)
    if ruling and number(visit.form.one("revision")) != application.revision:
        raise Conflict(
            msg(
                "The answers have changed since you checked them. "
                "Please check them once more, then submit."
            )
        )
    try:
        version = actions.submit(
            visit.session, application,
            lang=visit.lang, held=held, actor=visit.actor, now=now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid:
        return _page(visit, application, form=reader.form, status=422)
    return redirect(f"/applications/{application.public_id}/receipts/{version.number}")


def _page(visit: Visit, application: Application, *, form: Form, status: int = 200) -> Answer:
    challenge, lang = application.challenge, visit.lang
    title = title_in(challenge, lang)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    met = actions.gates_of(visit.db, application, now=visit.now)
    late = late_code(visit, challenge)
    ruling = rules.may_submit(
        visit.actor, application, held=held, gates=met, now=visit.now, late=late
    )
    may_save = bool(rules.may_save(visit.actor, application, held=held, now=visit.now, late=late))
    missing = _missing(visit, application) if may_save else []
    here = f"/applications/{application.public_id}"
    values = CheckPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        firm=application.firm.name,
        overview_url=visit.url(here),
        action=visit.url(f"{here}/submit"),
        closes=deadline(challenge, late),
        zone=challenge.zone,
        answered=_answered(visit, application, may_save=may_save),
        missing=missing,
        conditions=conditions(met, lang),
        is_shut_out=any(gate.blocks for gate in met),
        firm_url=visit.url("/firm"),
        written_in=application.lang,
        can_submit=bool(ruling) and not missing,
        reason=ruling.reason if isinstance(ruling, No) else None,
        is_unchanged=_is_unchanged(visit, application),
        version=application.current_version,
        receipt_url=visit.url(f"{here}/receipts/{application.current_version}"),
        revision=application.revision,
        form=form,
    )
    return page(visit, "applications/check.html", values, status=status)


def _answered(visit: Visit, application: Application, *, may_save: bool) -> list[Part]:
    here, lang = f"/applications/{application.public_id}", visit.lang
    files = attached(
        visit, application.public_id, of_owner(visit.db, "application", application.id)
    )
    return [
        Part(
            marked(text_for(section.title, lang), lang),
            rows(section, application.answers, lang, files=files),
            visit.url(f"{here}/sections/{section.id}") if may_save else None,
        )
        for section in call.form(application.challenge).sections
    ]


def _missing(visit: Visit, application: Application) -> list[Missing]:
    here, lang = f"/applications/{application.public_id}", visit.lang
    wrong: Mapping[str, Message] = actions.wrong_with(application, lang)
    return [
        Missing(
            marked(text_for(question.label, lang), lang),
            wrong[question.field],
            visit.url(f"{here}/sections/{section.id}", show="gaps") + f"#{question.anchor}",
        )
        for section in call.form(application.challenge).sections
        for question in section.questions
        if question.field in wrong
    ]


def _is_unchanged(visit: Visit, application: Application) -> bool:
    """True where the draft is what was submitted last and counts."""
    if application.state == State.DRAFT or not application.current_version:
        return False
    version = queries.find_version(visit.db, application, application.current_version)
    is_same = version is not None and version.answers == application.answers
    return is_same and application.state != State.WITHDRAWN


routes = [
    get("/applications/{id}/check", check, signed_in),
    get("/applications/{id}/submit", to_check, signed_in),
    post("/applications/{id}/submit", submit, signed_in, once=True),
]
