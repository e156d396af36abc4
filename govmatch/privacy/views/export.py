"""/account/export: asking for a copy of everything about oneself, and taking it."""

from datetime import datetime

from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.privacy import actions, archive, queries, rules
from govmatch.privacy.events import ExportTaken
from govmatch.privacy.models import Export
from govmatch.privacy.telling import EXPORT_PATH
from govmatch.privacy.views.frame import Tab, first_show_who, own_person, shown_who, tabs
from govmatch.web.answers import Answer, file_attachment, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class CopyLine:
    """`url` is empty for one that is being made or is not there any more."""

    asked_at: datetime
    url: str
    is_waiting: bool
    until: datetime | None
    megabytes: float
    sha256: str


@dataclass(frozen=True)
class ExportPage:
    tabs: list[Tab]
    copies: list[CopyLine]
    is_waiting: bool
    days: int


def show(visit: Visit) -> Answer:
    copies = [_line(visit, one) for one in queries.exports_of(visit.db, own_person(visit).id)]
    values = ExportPage(
        tabs=tabs(visit),
        copies=copies,
        is_waiting=any(one.is_waiting for one in copies),
        days=visit.settings.export_days,
    )
    return page(visit, "privacy/export.html", values)


def _line(visit: Visit, one: Export) -> CopyLine:
    is_there = rules.is_there(one, real_now=visit.real_now)
    return CopyLine(
        asked_at=one.asked_at,
        url=visit.url(f"{EXPORT_PATH}/{one.public_id}") if is_there else "",
        is_waiting=one.made_at is None and one.gone_at is None,
        until=one.expires_at if is_there else None,
        megabytes=round(one.size / MEGABYTE, 1),
        sha256=one.sha256,
    )


def ask(visit: WritingVisit) -> Answer:
    if not shown_who(visit):
        return first_show_who(EXPORT_PATH)
    actions.ask_export(
        visit.session,
        own_person(visit).id,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("Your copy is being made. You are told as soon as it is ready."))
    return redirect(EXPORT_PATH)


def download(visit: Visit) -> Answer:
    """Give the file to its person, who has shown within half an hour who they are."""
    export = queries.get_own_export(visit.db, visit.actor, visit.params["copy"])
    if not shown_who(visit):
        return first_show_who(EXPORT_PATH)
    require(rules.may_take(visit.actor, export, real_now=visit.real_now))
    place = archive.path_of(visit.settings.data_dir, export.public_id)
    if not place.is_file():
        raise NotFound
    visit.note(
        ExportTaken(subject_id=export.id),
        also=lambda session: actions.note_taken(session, export.id, real_now=visit.real_now),
    )
    name = f"{visit.settings.site_name}-{export.asked_at:%Y-%m-%d}.zip"
    return file_attachment(place, name, "application/zip")


routes = [
    get(EXPORT_PATH, show, settled),
    post(EXPORT_PATH, ask, settled, once=True),
    get(f"{EXPORT_PATH}/{{copy}}", download, settled, records=True),
]
