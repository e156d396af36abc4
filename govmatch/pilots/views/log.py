"""/pilots/{id}/log: what both sides and the mentors note about the course of a pilot."""

from datetime import datetime

from markupsafe import Markup

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.markdown import kept
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules
from govmatch.pilots.actions.noting import MAX_ENTRY
from govmatch.pilots.forms import read_text
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import Head, Trouble, head_of, pilot_of, trouble_with
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/log"
SIZE = 20


@dataclass(frozen=True)
class Entry:
    at: datetime
    by: str
    html: Markup


@dataclass(frozen=True)
class LogPage:
    head: Head
    entries: list[Entry]
    total: int
    paging: Paging
    can_note: bool
    action: str
    form: Form


def show(visit: Visit) -> Answer:
    return _page(visit, pilot_of(visit), Trouble(filled({}), 200))


def note(visit: WritingVisit) -> Answer:
    """Put an entry into the log."""
    pilot = pilot_of(visit)
    text, errors = read_text(visit.form, "text", MAX_ENTRY)
    if visit.switching:
        return _page(visit, pilot, Trouble(typed(visit.form), 200))
    if errors and rules.may_note(visit.actor, pilot):
        return _page(visit, pilot, Trouble(typed(visit.form, errors), 422))
    try:
        actions.note(visit.session, pilot, text=text, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, pilot, trouble_with(typed(visit.form), error))
    visit.flash("success", msg("The entry stands in the log."))
    return redirect(f"{path_of(pilot)}/log")


def _page(visit: Visit, pilot: Pilot, trouble: Trouble) -> Answer:
    path = f"{path_of(pilot)}/log"
    number, total = page_number(visit.query.one("page")), queries.count_log(visit.db, pilot)
    paging = Paging(number, SIZE, total, lambda n: visit.url(path, page=n if n > 1 else None))
    rows = queries.log(visit.db, pilot, offset=paging.offset, size=SIZE)
    names = names_by_id(visit.db, (row.by for row in rows))
    can_note = bool(rules.may_note(visit.actor, pilot))
    values = LogPage(
        head=head_of(visit, pilot),
        entries=[Entry(row.at, names.get(row.by, ""), kept(row.html)) for row in rows],
        total=total,
        paging=paging,
        can_note=can_note,
        action=visit.url(path),
        form=trouble.form,
    )
    return page(visit, "pilots/log.html", values, status=trouble.status, main_form=can_note)


routes = [get(PATH, show, signed_in), post(PATH, note, signed_in, once=True)]
