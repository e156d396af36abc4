"""/triage/{id}: one application as those at work read it; its parts have their own addresses."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.events import ApplicationRead
from govmatch.applications.models import Application
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.showing import text_of
from govmatch.correspondence.queries import states as threads
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.organisations.rules import may_see
from govmatch.overview.request_text import request_text
from govmatch.overview.views.triage.asked import (
    BOARD,
    TABLE,
    address,
    asked_in_form,
    reading,
)
from govmatch.overview.views.triage.bulk import people_options
from govmatch.overview.views.triage.checks import Checks, checks_of, open_checks
from govmatch.overview.views.triage.doing import Notice, notice
from govmatch.overview.views.triage.formal import Formal, formal_of, people_in
from govmatch.overview.views.triage.lines import days_in_words, days_since, steps_of
from govmatch.overview.views.triage.next_step import Next, next_step
from govmatch.overview.views.triage.told import (
    Answers,
    Events,
    Notes,
    Reviews,
    answers_of,
    events_of,
    notes_of,
    reviews_of,
)
from govmatch.reviews import queries as reviews
from govmatch.triage import queries, rules
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit, WritingVisit


class Part(StrEnum):
    WORK = ""
    ANSWERS = "answers"
    NOTES = "notes"
    CHECKS = "checks"
    HISTORY = "history"


PARTS: dict[Part, Message] = {
    Part.WORK: msg("To do"),
    Part.ANSWERS: msg("Application"),
    Part.NOTES: msg("Notes"),
    Part.CHECKS: msg("Checks"),
    Part.HISTORY: msg("History"),
}


@dataclass(frozen=True)
class Head:
    firm: str
    firm_url: str
    """Empty where the reader would not be shown the profile."""
    country: str
    reference: str
    challenge: str
    challenge_lang: str | None
    challenge_url: str
    state: Message
    kind: str
    age: Message
    handler: str
    tags: tuple[str, ...]
    zone: str
    submitted_at: datetime | None
    revision: int


@dataclass(frozen=True)
class Acts:
    """What this reader may do; `why_not` says why nothing, where somebody else could."""

    steps: list[tuple[str, Message]]
    people: list[tuple[str, str]]
    may_assign: bool
    may_work: bool
    may_ask: bool
    why_not: Message | None


@dataclass(frozen=True)
class Work:
    next: Next
    acts: Acts
    formal: Formal
    reviews: Reviews
    request_text: str
    """What a request for something formal begins with; empty where none can be made."""

    @property
    def labels(self) -> dict[str, Message]:
        """Return what the fields of its forms are called, for messages about them."""
        return {
            "state": msg("Move to"),
            "person": msg("Who looks after it"),
            "tag": msg("Tag"),
            "text": msg("What is missing"),
            "due": msg("Answer until"),
            **{f"met-{one.kind}": one.label for one in self.formal.gates},
            **{f"evidence-{one.kind}": msg("Evidence") for one in self.formal.gates},
        }

    def typed(self, form: Form) -> list[str]:
        """Return the requirements about which something was typed that is not kept."""
        return [
            one.kind
            for one in self.formal.gates
            if form.value(f"evidence-{one.kind}")
            or {f"met-{one.kind}", f"evidence-{one.kind}"} & form.errors.keys()
        ]


@dataclass(frozen=True)
class OnePage:
    """The part that was asked for is there: `work`, `answers`, `notes`, `checks` or `events`.

    `path` is bare, to be led through `url`. `changed` is said where an act came too late; nothing
    was overwritten then.
    """

    head: Head
    path: str
    tabs: list[tuple[Message, str, bool, int | None]]
    list_url: str
    changed: Message | None
    notice: Notice | None
    form: Form
    work: Work | None
    answers: Answers | None
    notes: Notes | None
    events: Events | None
    checks: Checks | None


def one(visit: Visit) -> Answer:
    """Show the part that the address names; the work that is to do where it names none."""
    application = queries.get_readable(visit.db, visit.actor, visit.params["id"])
    wanted = visit.query.one("show")
    part = Part(wanted) if wanted in set(Part) else Part.WORK
    if part is Part.ANSWERS:
        visit.note(ApplicationRead(application.id))
    return shown(visit, application, part, Form())


def shown(
    visit: Visit,
    application: Application,
    part: Part,
    form: Form,
    *,
    changed: Message | None = None,
    status: int = 200,
) -> Answer:
    """Return a part of the page; `form` keeps what was typed in one of its forms."""
    (case,) = queries.cases_of(visit.db, [application])
    values = OnePage(
        head=_head(visit, case),
        path=f"/triage/{application.public_id}",
        tabs=_tabs(visit, application, part),
        list_url=_list_url(visit),
        changed=changed,
        notice=notice(visit),
        form=form,
        work=None,
        answers=None,
        notes=None,
        events=None,
        checks=None,
    )
    match part:
        case Part.WORK:
            work = _work(visit, case)
            begun = {"text": work.request_text, **form.values}
            values = replace(values, work=work, form=replace(form, values=begun))
        case Part.ANSWERS:
            values = replace(values, answers=answers_of(visit, application))
        case Part.NOTES:
            values = replace(values, notes=notes_of(visit, application))
        case Part.CHECKS:
            values = replace(values, checks=checks_of(visit, application))
        case Part.HISTORY:
            values = replace(values, events=events_of(visit, application))
    return page(visit, "overview/triage/one.html", values, status=status)


def _list_url(visit: Visit) -> str:
    """Return the list that the reader came from, where a form says so."""
    if isinstance(visit, WritingVisit) and visit.form.one("board"):
        return address(visit, BOARD, asked_in_form(visit, visit.form))
    return visit.url(TABLE)


def _head(visit: Visit, case: rules.Case) -> Head:
    application = case.application
    challenge, firm, lang = application.challenge, application.firm, visit.lang
    words = text_of(challenge, lang)
    state, kind = state_for_staff(application)
    handling = queries.handling_of(visit.db, [application.id]).get(application.id)
    moved = handling.state_since if handling is not None else application.submitted_at
    since = application.withdrawn_at or moved
    handler = names_by_id(visit.db, [case.handler_id]) if case.handler_id else {}
    return Head(
        firm=firm.name,
        firm_url=visit.url(f"/firms/{firm.slug}") if may_see(visit.actor, firm) else "",
        country=country_name(firm.country, lang),
        reference=application.reference,
        challenge=words.title or challenge.slug,
        challenge_lang=words.lang if words.lang != lang else None,
        challenge_url=visit.url(f"/desk/challenges/{challenge.slug}"),
        state=state,
        kind=kind,
        age=days_in_words(days_since(since or visit.now, visit.now)),
        handler=handler.get(case.handler_id or 0, ""),
        tags=case.tags,
        zone=challenge.zone,
        submitted_at=application.submitted_at,
        revision=case.revision,
    )


def _tabs(
    visit: Visit, application: Application, part: Part
) -> list[tuple[Message, str, bool, int | None]]:
    path = f"/triage/{application.public_id}"
    found = threads(visit.db, "application", [application.id]).get(application.id)
    tabs: list[tuple[Message, str, bool, int | None]] = [
        (
            label,
            visit.url(path, show=one.value or None),
            one is part,
            open_checks(visit, application) if one is Part.CHECKS else None,
        )
        for one, label in PARTS.items()
    ]
    messages = (msg("Messages"), visit.url(f"{path}/messages"), False, found.count if found else 0)
    return [*tabs, messages]


def _work(visit: Visit, case: rules.Case) -> Work:
    application = case.application
    summary = queries.summary_of(visit.db, application, lang=visit.lang, now=visit.now)
    names = names_by_id(visit.db, people_in(visit, application, summary))
    found = reviews.summaries(visit.db, [application.id]).get(application.id, reviews.NONE_YET)
    acts = _acts(visit, case, is_waiting=summary.waiting is not None)
    return Work(
        next=next_step(application, summary, found, now=visit.now, lang=visit.lang),
        acts=acts,
        formal=formal_of(visit, application, summary, names),
        reviews=reviews_of(visit, application, found),
        request_text=request_text(application) if acts.may_ask else "",
    )


def _acts(visit: Visit, case: rules.Case, *, is_waiting: bool) -> Acts:
    application, actor = case.application, visit.actor
    runs = rules.may_run(actor, application)
    works = rules.may_work(actor, application)
    return Acts(
        steps=steps_of(application.state) if runs else [],
        people=people_options(visit, [application]) if runs else [],
        may_assign=bool(runs),
        may_work=bool(works),
        may_ask=bool(rules.may_ask(actor, application, is_waiting=is_waiting)),
        why_not=None if works else works.reason,
    )


routes = [get("/triage/{id}", one, reading, records=True)]
