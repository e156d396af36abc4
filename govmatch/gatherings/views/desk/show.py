"""/desk/events/{slug}: one event for its host: publish, cancel, delete, and what is left of it."""

from govmatch.files.kinds import Kind as FileKind
from govmatch.files.kinds import shown as shown_kinds
from govmatch.files.queries import of_owner_by_id
from govmatch.files.refused import Refused
from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.actions import MOST_RECORDINGS
from govmatch.gatherings.forms import notes_form, read_notes, read_reasons
from govmatch.gatherings.models import Gathering
from govmatch.gatherings.queries import Who
from govmatch.gatherings.showing import (
    KINDS,
    PHASES,
    Badge,
    desk_path_of,
    host_of,
    path_of,
    times_of,
    where_text,
)
from govmatch.gatherings.views.desk.access import gathering_of, host
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words, named_languages
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

ONE = "/desk/events/{slug}"
FIELD = "paper"


@dataclass(frozen=True)
class May:
    write: bool
    publish: bool
    cancel: bool
    delete: bool
    keep_notes: bool


@dataclass(frozen=True)
class HostPage:
    title: str
    summary: str
    host: str
    kind: Message
    badge: Badge
    facts: list[tuple[Message, object]]
    who: Who
    places: int | None
    registers: bool
    missing_languages: list[str]
    may: May
    link: str
    path: str
    public_path: str
    is_public: bool
    languages: list[tuple[Lang, str]]
    recordings: list[int]
    papers: list[tuple[str, str, str]]
    """(key, name, address)"""
    kinds: str
    is_told: bool
    form: Form


def show(visit: Visit) -> Answer:
    gathering = gathering_of(visit)
    return _page(visit, gathering, notes_form(gathering))


def _page(visit: Visit, gathering: Gathering, form: Form, *, status: int = 200) -> Answer:
    actor, now, lang = visit.actor, visit.now, visit.lang
    words = queries.text_for(gathering, lang)
    there = {one.lang for one in gathering.texts}
    everybody = queries.participants(visit.db, gathering)
    taken = sum(one.seat == "taken" for one in everybody)
    values = HostPage(
        title=words.title,
        summary=words.summary,
        host=host_of(gathering, lang),
        kind=KINDS[gathering.kind],
        badge=PHASES[rules.phase(gathering, now)],
        facts=[
            (msg("When"), times_of(gathering, lang)),
            (msg("Where"), where_text(gathering, lang)),
        ],
        who=Who(taken, len(everybody) - taken),
        places=gathering.places,
        registers=gathering.registers,
        missing_languages=[
            language_in_words(code, lang) for code in LANGUAGES if code not in there
        ],
        may=May(
            write=bool(rules.may_write(actor, gathering, now)),
            publish=bool(rules.may_publish(actor, gathering, now)),
            cancel=bool(rules.may_cancel(actor, gathering, now)),
            delete=bool(rules.may_delete(actor, gathering)),
            keep_notes=bool(rules.may_keep_notes(actor, gathering, now)),
        ),
        link=gathering.link,
        path=desk_path_of(gathering),
        public_path=path_of(gathering),
        is_public=gathering.published_at is not None,
        languages=named_languages(lang),
        recordings=list(range(1, min(MOST_RECORDINGS, len(gathering.recordings) + 2) + 1)),
        papers=[
            (one.public_id, one.name, visit.url(f"{path_of(gathering)}/files/{one.public_id}"))
            for one in queries.papers(visit.db, gathering)
        ],
        kinds=shown_kinds(list(FileKind)),
        is_told=gathering.notes_told_at is not None,
        form=form,
    )
    return page(visit, "gatherings/desk/show.html", values, status=status)


def publish(visit: WritingVisit) -> Answer:
    gathering = gathering_of(visit)
    try:
        actions.publish(visit.session, gathering, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, gathering, Form({}, error.errors), status=422)
    visit.flash("success", msg("The event is published. Everybody sees it."))
    return redirect(desk_path_of(gathering))


def cancel(visit: WritingVisit) -> Answer:
    """Call it off, with its reason."""
    gathering = gathering_of(visit)
    reasons, form = read_reasons(visit.form)
    if form.errors or visit.switching:
        errors = {} if visit.switching else form.errors
        values = {**notes_form(gathering).values, **form.values}
        status = 200 if visit.switching else 422
        return _page(visit, gathering, Form(values, errors), status=status)
    actions.cancel(visit.session, gathering, reasons=reasons, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The event is cancelled. Everybody registered is told."))
    return redirect(desk_path_of(gathering))


def delete(visit: WritingVisit) -> Answer:
    gathering = gathering_of(visit)
    actions.delete(visit.session, gathering, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The draft is deleted."))
    return redirect("/desk/events")


def keep_notes(visit: WritingVisit) -> Answer:
    """Publish notes and recordings."""
    gathering = gathering_of(visit)
    notes, recordings, tells, form = read_notes(visit.form)
    if form.errors or visit.switching:
        errors = {} if visit.switching else form.errors
        status = 200 if visit.switching else 422
        return _page(visit, gathering, Form(form.values, errors), status=status)
    try:
        actions.keep_notes(
            visit.session, gathering, notes=notes, recordings=recordings, tells=tells,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, gathering, Form(form.values, error.errors), status=422)
    visit.flash("success", msg("The notes are published."))
    return redirect(desk_path_of(gathering))


def add_paper(visit: WritingVisit) -> Answer:
    """Publish a file, or take one away."""
    gathering = gathering_of(visit)
    form = notes_form(gathering)
    if visit.form.one("act") == "remove":
        wanted = visit.form.one("file")
        file = of_owner_by_id(visit.session, queries.GATHERING, gathering.id, wanted)
        if file is None:
            raise NotFound
        actions.remove_paper(
            visit.session, gathering, file,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
        visit.flash("success", msg("The file is removed."))
        return redirect(desk_path_of(gathering))
    upload = visit.form.file(FIELD)
    if upload is None:
        errors = {FIELD: msg("Please choose a file.")}
        return _page(visit, gathering, Form(form.values, errors), status=422)
    try:
        actions.add_paper(
            visit.session, gathering, upload, settings=visit.settings,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Refused as error:
        errors = {FIELD: error.reason}
        return _page(visit, gathering, Form(form.values, errors), status=422)
    visit.flash("success", msg("The file is added."))
    return redirect(desk_path_of(gathering))


routes = [
    get(ONE, show, host),
    post(f"{ONE}/publish", publish, host, once=True),
    post(f"{ONE}/cancel", cancel, host, once=True),
    post(f"{ONE}/delete", delete, host, once=True),
    post(f"{ONE}/notes", keep_notes, host, once=True),
    post(f"{ONE}/papers", add_paper, host, once=True, upload_mb=10),
]
