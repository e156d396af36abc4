"""/challenges/{slug}/apply: where an application begins, and for a short form also ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications import actions, call, queries, rules
from govmatch.applications.eligibility import Gate, gates
from govmatch.applications.guides import guides_for
from govmatch.applications.models import Application
from govmatch.applications.showing import Condition, conditions, title_in
from govmatch.applications.views.closed import challenge_of, no_firm, not_open
from govmatch.applications.views.essentials import (
    ANSWERS,
    Essential,
    answers_of,
    essentials,
    missed,
)
from govmatch.applications.views.file_rules import FileRules, file_rules
from govmatch.applications.views.reading import (
    account_key,
    deadline,
    late_code,
    require_in_time,
    sent,
    site_time,
)
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_open
from govmatch.challenges.showing import language_names
from govmatch.kit.asking import require
from govmatch.kit.i18n import Lang, Message, pick
from govmatch.kit.ids import token
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import evidence_in_date
from govmatch.questionnaires import (
    Answers,
    AnswersForm,
    Kind,
    Section,
    answers_form,
    marked,
    parse_draft,
    text_for,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

UPLOAD_MB = 32  # a little more than all files of an application may have


@dataclass(frozen=True)
class ApplyPage:
    """The start page, or for a form of one section the form itself (`form` is None otherwise)."""

    title: str
    title_lang: str | None
    authority: str
    challenge_url: str
    action: str
    closes: datetime | None
    zone: str
    firms: list[tuple[str, str]]
    langs: list[tuple[str, str]]
    head: Form
    firm: str
    essentials: list[Essential]
    answers: Sequence[tuple[str, Message]]
    files: list[tuple[str, bool]]
    """(what a file is asked for, whether it has to be there)"""
    file_rules: FileRules | None
    conditions: list[Condition]
    is_shut_out: bool
    firm_url: str
    minutes: int
    intro: str
    intro_lang: str | None
    sections: list[tuple[str, int]]
    form: AnswersForm | None
    page_key: str
    account: str
    """Tells accounts apart in one browser; empty where nothing may be kept there."""
    login_url: str
    own_zone: str
    state: str
    allows_one: bool
    guides: list[tuple[Message, str]]


def begin(visit: Visit) -> Answer:
    """Show what an application takes, or the form itself where it has one section."""
    challenge = challenge_of(visit)
    late = late_code(visit, challenge)
    if not is_open(challenge, visit.now) and late is None:
        return not_open(visit, challenge)
    if not visit.actor.is_signed_in:
        return redirect(visit.url("/login", next=f"/challenges/{challenge.slug}/apply"))
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    require(rules.may_apply(challenge, held=held, now=visit.now, late=late))
    firms = queries.applying_firms(visit.db, visit.actor)
    if not firms:
        return no_firm(visit, challenge)
    free, there = _free(visit, challenge, firms)
    if not free and there:
        return redirect(f"/applications/{there[0].public_id}")
    return _form_page(visit, challenge, free)


def send(visit: WritingVisit) -> Answer:
    """Start a draft; where the form has one section, make the application and submit it."""
    challenge = challenge_of(visit)
    queries.lock_call(visit.session, challenge.id)
    now = site_time(visit)
    require_in_time(visit, challenge, now)
    firms = queries.applying_firms(visit.session, visit.actor)
    if not firms:
        return no_firm(visit, challenge)
    firm = _chosen(visit, firms)
    if visit.switching:
        return _form_page(visit, challenge, firms)
    held = queries.every_role(visit.session, visit.actor, real_now=visit.real_now)
    section = call.only_section(challenge)
    if section is None:
        if wrong := missed(visit, essentials(_gates(visit, challenge, firm), visit.lang)):
            return _form_page(visit, challenge, firms, wrong=wrong)
        application = actions.start(
            visit.session, challenge, firm,
            lang=_written_in(visit, challenge), held=held, actor=visit.actor, now=now,
        )  # fmt: skip
        return redirect(f"/applications/{application.public_id}")
    outcome = actions.apply(
        visit.session, challenge, firm, section, sent(visit),
        written_in=_written_in(visit, challenge), lang=visit.lang, settings=visit.settings,
        held=held, actor=visit.actor, now=now, real_now=visit.real_now,
    )  # fmt: skip
    if outcome.version is None:
        return _form_page(visit, challenge, firms, outcome)
    number = outcome.version.number
    return redirect(f"/applications/{outcome.application.public_id}/receipts/{number}")


def _gates(visit: Visit, challenge: Challenge, firm: Firm) -> list[Gate]:
    evidence = evidence_in_date(visit.db, firm, on=visit.now.date())
    return gates(challenge.eligibility, firm, evidence=evidence)


def _head(
    visit: Visit,
    firm: Firm,
    written_in: str,
    asked: list[Essential],
    wrong: Mapping[str, Message] | None,
) -> Form:
    """Return what stands above or beside the form: for whom, in which language, what is met."""
    values = {"firm": firm.public_id, "written_in": written_in, **answers_of(visit, asked)}
    return Form(dict(values), dict(wrong or {}))


def _files_asked(challenge: Challenge, lang: Lang) -> list[tuple[str, bool]]:
    """Return the files that a form asks for, so that they can be made ready."""
    return [
        (marked(text_for(question.label, lang), lang), question.required)
        for question in call.form(challenge).questions
        if question.kind is Kind.FILE
    ]


def _free(
    visit: Visit, challenge: Challenge, firms: list[Firm]
) -> tuple[list[Firm], list[Application]]:
    """Return the firms that may begin another application, and what there is already."""
    there = queries.own_for(visit.db, challenge, [firm.id for firm in firms])
    if not call.allows_one(challenge):
        return firms, there
    taken = {application.firm_id for application in there}
    return [firm for firm in firms if firm.id not in taken], there


def _chosen(visit: Visit, firms: list[Firm]) -> Firm:
    """Return the firm that was chosen, the only or first one where none was."""
    wanted = _typed(visit, "firm")
    return next((firm for firm in firms if firm.public_id == wanted), firms[0])


def _written_in(visit: Visit, challenge: Challenge) -> str:
    """Return the language of the answers: as chosen, else the reader's where it is allowed."""
    allowed = _languages(challenge)
    wanted = _typed(visit, "written_in") or visit.lang
    if wanted in allowed:
        return wanted
    return allowed[0] if allowed else visit.lang


def _languages(challenge: Challenge) -> list[str]:
    return list(challenge.eligibility.get("languages", ()))


def _typed(visit: Visit, name: str) -> str:
    return visit.form.one(name) if isinstance(visit, WritingVisit) else visit.query.one(name)


def _form_page(
    visit: Visit,
    challenge: Challenge,
    firms: list[Firm],
    outcome: actions.Outcome | None = None,
    *,
    wrong: Mapping[str, Message] | None = None,
) -> Answer:
    lang = visit.lang
    title = title_in(challenge, lang)
    firm = _chosen(visit, firms)
    met = _gates(visit, challenge, firm)
    asked = essentials(met, lang)
    intro, intro_lang = pick(challenge.programme.facts.get("form_intro", {}), lang)
    section = call.only_section(challenge)
    written_in = _written_in(visit, challenge)
    path = f"/challenges/{challenge.slug}"
    values = ApplyPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        challenge_url=visit.url(path),
        action=visit.url(f"{path}/apply"),
        closes=deadline(challenge, late_code(visit, challenge)),
        zone=challenge.zone,
        firms=[(one.public_id, one.name) for one in firms],
        langs=[(code, language_names([code], lang)) for code in _languages(challenge)],
        head=_head(visit, firm, written_in, asked, wrong),
        essentials=asked,
        answers=ANSWERS,
        files=_files_asked(challenge, lang),
        file_rules=file_rules(challenge, call.form(challenge).sections),
        firm=firm.name,
        conditions=conditions(met, lang),
        is_shut_out=any(gate.blocks for gate in met),
        firm_url=visit.url("/firm"),
        minutes=challenge.programme.facts.get("form_minutes", 0) if section is None else 0,
        intro=intro,
        intro_lang=intro_lang if intro_lang != lang else None,
        sections=[
            (marked(text_for(one.title, lang), lang), len(one.questions))
            for one in call.form(challenge).sections
        ],
        form=_answers(visit, section, outcome) if section else None,
        page_key=_typed(visit, "page") or token(),
        account=account_key(visit),
        login_url=visit.url("/login", next=f"{path}/apply"),
        own_zone=visit.zone,
        state="unsaved" if isinstance(visit, WritingVisit) else "",
        allows_one=call.allows_one(challenge),
        guides=guides_for(challenge),
    )
    template = "applications/start.html" if section is None else "applications/form.html"
    status = 422 if outcome is not None or wrong else 200
    return page(visit, template, values, status=status, main_form=section is not None)


def _answers(visit: Visit, section: Section, outcome: actions.Outcome | None) -> AnswersForm:
    """Return the fields: empty, or as they were typed with what is wrong with them."""
    if outcome is not None:
        answers, errors = outcome.saved.answers, outcome.errors
        return answers_form(section, _without_files(section, answers), visit.lang, errors=errors)
    if isinstance(visit, WritingVisit):
        typed = sent(visit)
        return answers_form(
            section, parse_draft(section, typed.fields, lang=typed.lang).answers, visit.lang
        )
    return answers_form(section, {}, visit.lang)


def _without_files(section: Section, answers: Answers) -> Answers:
    """Leave out files, which were not kept: nothing is half there when a form is refused."""
    names = {question.id for question in section.questions if question.kind == "file"}
    return {key: answer for key, answer in answers.items() if key not in names}


routes = [
    get("/challenges/{slug}/apply", begin, anyone),
    post("/challenges/{slug}/apply", send, signed_in, once=True, upload_mb=UPLOAD_MB),
]
