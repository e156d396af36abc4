"""/applications/{id}/check: all answers on one page, what is missing, and the button."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications import actions, call, queries, rules
from govmatch.applications.actions.hindrances import hindrances
from govmatch.applications.models import Application, State
from govmatch.applications.showing import Condition, conditions, title_in
from govmatch.applications.views.reading import (
    deadline,
    files_of,
    late_code,
    number,
    require_in_time,
    site_time,
)
from govmatch.kit.actor import No
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Row, marked, rows, text_for
from govmatch.questionnaires.loading import load_kept
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
    print_url: str
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
    secrets: int
    """How many answers and files are marked as trade secrets."""
    secrets_url: str
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
    require_in_time(visit, application.challenge, now)
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
    is_leading = application.firm_id in rules.firms_of(visit.actor)
    here = f"/applications/{application.public_id}"
    marks = queries.secret_marks(visit.db, application)
    values = CheckPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        firm=application.firm.name,
        overview_url=visit.url(here),
        print_url=visit.url(f"{here}/print"),
        action=visit.url(f"{here}/submit"),
        closes=deadline(challenge, late),
        zone=challenge.zone,
        answered=answered(visit, application, may_save=may_save),
        missing=missing,
        # They compare with the profile of the firm that leads, which partners cannot change.
        conditions=conditions(met, lang) if is_leading else [],
        is_shut_out=any(gate.blocks for gate in met),
        firm_url=visit.url("/firm"),
        written_in=application.lang,
        can_submit=bool(ruling) and not missing,
        reason=ruling.reason if isinstance(ruling, No) else None,
        is_unchanged=_is_unchanged(visit, application),
        version=application.current_version,
        receipt_url=visit.url(f"{here}/receipts/{application.current_version}"),
        revision=application.revision,
        secrets=len({*marks.answers, *marks.files}) if marks is not None else 0,
        secrets_url=visit.url(f"{here}/secrets"),
        form=form,
    )
    return page(visit, "applications/check.html", values, status=status)


def answered(visit: Visit, application: Application, *, may_save: bool) -> list[Part]:
    """Return what is written by the form as it is now; what is frozen, by the form it answers."""
    form, answers = call.form(application.challenge), application.answers
    version = queries.find_version(visit.db, application, application.current_version)
    if version is not None and not may_save:
        form, answers = load_kept(version.form), version.answers
    here, lang = f"/applications/{application.public_id}", visit.lang
    files = files_of(visit, application)
    return [
        Part(
            marked(text_for(section.title, lang), lang),
            rows(section, answers, lang, files=files),
            visit.url(f"{here}/sections/{section.id}") if may_save else None,
        )
        for section in form.sections
    ]


def _missing(visit: Visit, application: Application) -> list[Missing]:
    here, lang = f"/applications/{application.public_id}", visit.lang
    held_back = actions.held_files(visit.db, application)
    wrong: Mapping[str, Message] = {**actions.wrong_with(application, lang), **held_back}
    return [
        Missing(
            marked(text_for(question.label, lang), lang),
            wrong[question.field],
            visit.url(f"{here}/sections/{section.id}", show="gaps") + f"#{question.anchor}",
        )
        for section in call.form(application.challenge).sections
        for question in section.questions
        if question.field in wrong
    ] + [
        Missing(visit.say(msg("Partners")), one, visit.url(f"{here}/partners"))
        for one in hindrances(visit.db, application, now=visit.now)
    ]


def _is_unchanged(visit: Visit, application: Application) -> bool:
    """True where the draft is what was submitted last and counts."""
    if application.state == State.DRAFT or not application.current_version:
        return False
    version = queries.find_version(visit.db, application, application.current_version)
    is_same = version is not None and actions.says_the_same(version, application)
    counted = queries.counting_partners(visit.db, application, now=visit.now)
    is_same = is_same and not queries.is_other_consortium(visit.db, application, counted)
    return is_same and application.state != State.WITHDRAWN


routes = [
    get("/applications/{id}/check", check, signed_in),
    get("/applications/{id}/submit", to_check, signed_in),
    post("/applications/{id}/submit", submit, signed_in, once=True),
]
