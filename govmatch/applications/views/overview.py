"""/applications/{id}: the task list, what was submitted, what happened, and the way out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import actions, history, queries, rules, secrecy_rules
from govmatch.applications.actions.messaging import SUBJECT
from govmatch.applications.models import Application, LateCode, State, Version
from govmatch.applications.showing import (
    Condition,
    conditions,
    next_step,
    state_for_firm,
    title_in,
)
from govmatch.applications.views.changes import Changes, changes_of
from govmatch.applications.views.next_button import (
    Task,
    buttons,
    first_button,
    interview_button,
    tasks_of,
)
from govmatch.applications.views.partners_panel import Together, together_of
from govmatch.applications.views.reading import deadline, late_code, site_time
from govmatch.applications.way import Step, way_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import language_names
from govmatch.correspondence.queries import State as Thread
from govmatch.correspondence.queries import states
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Submission:
    number: int
    at: datetime
    by: str
    url: str
    counts: bool


@dataclass(frozen=True)
class OverviewPage:
    title: str
    title_lang: str | None
    authority: str
    firm: str
    reference: str
    own_title: str
    written_in: str
    written_in_name: str
    challenge_url: str
    state: tuple[Message, str]
    next: Message
    end_reason: tuple[str, str]
    """Why its challenge ended early, and the language; empty where it did not."""
    buttons: list[tuple[Message, str, str]]
    """(label, address, kind): the first one is what comes next."""
    way: list[Step]
    closes: datetime | None
    zone: str
    own_zone: str | None
    can_save: bool
    tasks: list[Task]
    done: int
    needed: int
    check_url: str
    print_url: str
    secrets_url: str
    asked_about_secrets: datetime | None
    """Until when the authority waits to hear what is a trade secret; None where it does not."""
    is_changed: bool
    together: Together | None
    """Who applies together; None where the programme has firms apply alone."""
    changes: Changes | None
    confirm_url: str
    conditions: list[Condition]
    is_shut_out: bool
    firm_url: str
    submissions: list[Submission]
    events: list[tuple[datetime, Message, str]]
    messages_url: str | None
    messages: Thread | None
    can_withdraw: bool
    withdrawal_is_final: bool
    withdraw_url: str
    form: Form


def overview(visit: Visit) -> Answer:
    """Show one application of the reader's firm; lead others who see it to where they work."""
    application = queries.get_visible(visit.db, visit.actor, visit.params["id"])
    if not rules.is_applicant(visit.actor, application):
        return redirect(_desk(visit, application))
    return _page(visit, application, form=filled({}))


def _desk(visit: Visit, application: Application) -> str:
    """Return where this reader works with the application, as search leads to this address."""
    if rules.reads_all_of(visit.actor, application.challenge):
        return f"/triage/{application.public_id}"
    if visit.actor.objects("challenge", Role.REVIEWER, Role.CHAIR):
        return "/reviews"
    raise NotFound


def to_overview(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return redirect(f"/applications/{application.public_id}#withdraw")


def withdraw(visit: WritingVisit) -> Answer:
    """Take a submitted application out; after the deadline only with a tick that it is for good."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    now = site_time(visit)
    is_final = rules.is_withdrawal_final(application, now)
    reader = Reader(visit.form)
    reader.yes("final", required=is_final)
    if not reader.ok and rules.may_withdraw(visit.actor, application):
        return _page(visit, application, form=reader.form, status=422)
    actions.withdraw(visit.session, application, actor=visit.actor, now=now)
    visit.flash(
        "success",
        msg("Your application is withdrawn.")
        if is_final
        else msg("Your application is withdrawn. You can submit it again until the deadline."),
    )
    return redirect(f"/applications/{application.public_id}")


def _page(visit: Visit, application: Application, *, form: Form, status: int = 200) -> Answer:
    challenge, lang = application.challenge, visit.lang
    title, authority = title_in(challenge, lang), pick(challenge.authority.names, lang)[0]
    versions = queries.versions(visit.db, application)
    rows = queries.timeline(visit.db, visit.actor, application, events=history.TOLD)
    late = late_code(visit, challenge)
    names = names_by_id(visit.db, _people(application, versions, rows))
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    can_save = bool(rules.may_save(visit.actor, application, held=held, now=visit.now, late=late))
    met = actions.gates_of(visit.db, application, now=visit.now)
    tasks = tasks_of(visit, application, names)
    here = f"/applications/{application.public_id}"
    together = together_of(visit, application, held=held)
    is_changed = _is_changed(application, versions, together)
    changes = changes_of(visit, application, held=held, met=met, late=late)
    first = _first(visit, application, tasks, changes, can_save=can_save, is_changed=is_changed)
    unread = queries.has_unread_letter(visit.db, visit.actor, application)
    values = OverviewPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        authority=authority,
        firm=application.firm.name,
        reference=application.reference,
        own_title=application.title,
        written_in=application.lang,
        written_in_name=language_names([application.lang], lang),
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        state=state_for_firm(application),
        next=_next(visit, application, changes, late, rows, unread=unread),
        end_reason=pick(challenge.end_reasons, lang),
        buttons=buttons(visit, application, first, has_unread_letter=unread),
        way=way_of(application, visit.now, until=deadline(challenge, late)),
        closes=deadline(challenge, late),
        zone=challenge.zone,
        own_zone=_own_zone(visit, challenge),
        can_save=can_save,
        tasks=tasks,
        done=sum(task.kind == "success" for task in tasks if not task.is_optional),
        needed=sum(not task.is_optional for task in tasks),
        check_url=visit.url(f"{here}/check"),
        print_url=visit.url(f"{here}/print"),
        secrets_url=visit.url(f"{here}/secrets"),
        asked_about_secrets=_asked_until(visit, application),
        is_changed=is_changed,
        together=together,
        changes=changes,
        confirm_url=visit.url(f"{here}/confirm"),
        conditions=conditions(met, lang) if _is_of_its_firm(visit, application) else [],
        is_shut_out=any(gate.blocks for gate in met),
        firm_url=visit.url("/firm"),
        submissions=[_submission(visit, application, version, names) for version in versions],
        events=[_event(row, names, authority) for row in reversed(rows)],
        messages_url=visit.url(f"{here}/messages") if rules.is_opened(application) else None,
        messages=states(visit.db, SUBJECT, [application.id]).get(application.id),
        can_withdraw=bool(rules.may_withdraw(visit.actor, application)),
        withdrawal_is_final=rules.is_withdrawal_final(application, visit.now),
        withdraw_url=visit.url(f"{here}/withdraw"),
        form=form,
    )
    return page(visit, "applications/overview.html", values, status=status)


def _asked_until(visit: Visit, application: Application) -> datetime | None:
    """Return the date of an inquiry about secrets that this reader can answer; one statement."""
    if not rules.is_opened(application):
        return None
    waiting = (
        one.due_at
        for one in queries.inquiries(visit.db, application)
        if secrecy_rules.may_answer(visit.actor, application, one)
    )
    return next(waiting, None)


def _is_of_its_firm(visit: Visit, application: Application) -> bool:
    """True where the reader belongs to the firm that leads, and not to a partner's alone."""
    return application.firm_id in rules.firms_of(visit.actor)


def _first(
    visit: Visit,
    application: Application,
    tasks: list[Task],
    changes: Changes | None,
    *,
    can_save: bool,
    is_changed: bool,
) -> tuple[Message, str] | None:
    """Return the one button; to say whether the firm takes part is for those who lead alone."""
    found = first_button(
        application, tasks, can_save=can_save, is_changed=is_changed, changes=changes
    )
    if found is not None and found[1] == "/answer" and not rules.leads(visit.actor, application):
        return None
    leads = rules.leads(visit.actor, application)
    return interview_button(application, visit.now, leads=leads) or found


def _next(
    visit: Visit,
    application: Application,
    changes: Changes | None,
    late: LateCode | None,
    rows: list[JournalRow],
    *,
    unread: bool,
) -> Message:
    if application.state == State.INCOMPLETE:
        return history.missing_step(rows, visit.now, visit.lang, application.challenge.zone)
    is_asked = changes is not None and changes.is_asked
    return next_step(
        application, visit.now, visit.lang,
        late=late, has_unread_letter=unread, is_to_confirm=is_asked,
        is_partner=application.firm_id not in rules.firms_of(visit.actor),
    )  # fmt: skip


def _own_zone(visit: Visit, challenge: Challenge) -> str | None:
    """Return the reader's zone where its clocks show another time than the challenge's."""
    if challenge.closes is None:
        return None
    there, here = (challenge.closes.astimezone(ZoneInfo(z)) for z in (challenge.zone, visit.zone))
    return visit.zone if there.utcoffset() != here.utcoffset() else None


def _people(application: Application, versions: list[Version], rows: list[JournalRow]) -> set[int]:
    savers = {entry["by"] for entry in application.saved.values() if entry.get("by")}
    actors = {row.actor_id for row in rows if row.actor_id and row.event in history.BY_FIRM}
    return savers | {v.by for v in versions} | actors


def _event(row: JournalRow, names: dict[int, str], authority: str) -> tuple[datetime, Message, str]:
    """Return one line of what happened; of others than the firm's own people no name is told."""
    is_own = row.event in history.BY_FIRM
    return row.at, history.happened(row), names.get(row.actor_id or 0, "") if is_own else authority


def _is_changed(
    application: Application, versions: list[Version], together: Together | None
) -> bool:
    """True where the draft says something else than the version that counts."""
    if application.state != State.SUBMITTED or not versions:
        return False
    return not actions.says_the_same(versions[0], application) or (
        together is not None and together.is_changed
    )


def _submission(
    visit: Visit, application: Application, version: Version, names: dict[int, str]
) -> Submission:
    is_current = version.number == application.current_version
    return Submission(
        number=version.number,
        at=version.at,
        by=names.get(version.by, ""),
        url=visit.url(f"/applications/{application.public_id}/receipts/{version.number}"),
        counts=is_current and application.state in rules.COUNTING,
    )


routes = [
    get("/applications/{id}", overview, signed_in),
    get("/applications/{id}/withdraw", to_overview, signed_in),
    post("/applications/{id}/withdraw", withdraw, signed_in),
]
