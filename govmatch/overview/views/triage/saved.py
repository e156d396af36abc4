"""/triage/views: lists under a name, one's own and shared ones; and one's columns and keys."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.overview.queries.triage import programme_names
from govmatch.overview.views.triage.asked import (
    BOARD,
    COLUMNS,
    TABLE,
    USUAL,
    Asked,
    address,
    asked_in,
    asked_in_form,
    reading,
)
from govmatch.overview.views.triage.finding import address_of
from govmatch.triage import actions, queries, rules
from govmatch.triage.models import View
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/triage/views"


@dataclass(frozen=True)
class Line:
    key: str
    name: str
    url: str
    looks_for: str
    at: datetime
    shared_with: str
    may_delete: bool


@dataclass(frozen=True)
class ViewsPage:
    """`query` and `board` are the list that is to be kept, where one was sent and not kept yet."""

    lines: list[Line]
    form: Form
    query: str | None
    board: str
    may_share: list[tuple[str, str]]


def show(visit: Visit) -> Answer:
    """List the reader's views and those that are shared with them."""
    return _page(visit, Form())


def _page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    found = queries.views_of(visit.db, visit.actor)
    programmes = programme_names(visit.db, {one.programme_id for one in found if one.programme_id})
    names = {number: pick(called, visit.lang)[0] for _, number, called in programmes}
    is_sent = bool(form.errors)
    values = ViewsPage(
        lines=[_line(visit, one, names) for one in found],
        form=form,
        query=form.value("from") if is_sent else None,
        board=form.value("board"),
        may_share=sharing(visit),
    )
    return page(visit, "overview/triage/views.html", values, status=status)


def sharing(visit: Visit) -> list[tuple[str, str]]:
    """Return the programmes with whose people the reader may share, by short name."""
    runs = visit.actor.objects("programme", Role.MANAGER)
    found = programme_names(visit.db, runs) if runs else []
    return [(slug, pick(names, visit.lang)[0]) for slug, _, names in found]


def _line(visit: Visit, one: View, names: dict[int, str]) -> Line:
    return Line(
        key=one.public_id,
        name=one.name,
        url=address_of(visit, one.public_id),
        looks_for=asked_in(visit, one.query).text,
        at=one.at,
        shared_with=names.get(one.programme_id or 0, ""),
        may_delete=bool(rules.may_delete_view(visit.actor, one)),
    )


def save(visit: WritingVisit) -> Answer:
    """Keep the list that the form was sent from, and lead back to it."""
    asked, is_board = asked_in_form(visit, visit.form), bool(visit.form.one("board"))
    if visit.switching:
        return _page(visit, typed(visit.form))
    try:
        view = actions.save_view(
            visit.session,
            name=clean_text(visit.form.one("name"), lines=False),
            query=asked.query,
            is_board=is_board,
            programme_id=_programme(visit),
            has_words=asked.has_words,
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        return _page(visit, typed(visit.form, error.errors), status=422)
    except NotAllowed as error:
        return _page(visit, typed(visit.form, {"programme": error.reason}), status=422)
    visit.flash("success", msg("The view “{name}” is kept.", name=view.name))
    return redirect(_list(visit, asked, is_board=is_board))


def _programme(visit: WritingVisit) -> int | None:
    slug = visit.form.one("programme")
    if not slug:
        return None
    runs = visit.actor.objects("programme", Role.MANAGER)
    found = {name: number for name, number, _ in programme_names(visit.session, runs)}
    if slug not in found:
        raise Invalid({"programme": msg("Please choose one of the options.")})
    return found[slug]


def _list(visit: Visit, asked: Asked, *, is_board: bool) -> str:
    return address(visit, BOARD if is_board else TABLE, asked)


def one(visit: Visit) -> Answer:
    """Lead to the list that a view names."""
    view = queries.get_view(visit.db, visit.actor, visit.params["view"])
    return redirect(_list(visit, asked_in(visit, view.query), is_board=view.is_board))


def delete(visit: WritingVisit) -> Answer:
    """Forget a view."""
    view = queries.get_view(visit.session, visit.actor, visit.params["view"])
    actions.delete_view(visit.session, view, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The view is deleted."))
    return redirect(PATH)


def choose_columns(visit: WritingVisit) -> Answer:
    """Keep what the reader wants to see beside the firm; nothing ticked is the usual."""
    asked = asked_in_form(visit, visit.form)
    chosen = [one for one in COLUMNS if one in visit.form.all("column")]
    is_usual = not chosen or tuple(chosen) == USUAL
    actions.choose_columns(visit.session, None if is_usual else chosen, actor=visit.actor)
    return redirect(address(visit, TABLE, asked, column=None))


def choose_keys(visit: WritingVisit) -> Answer:
    """Switch the keys on or off."""
    asked = asked_in_form(visit, visit.form)
    is_on = visit.form.one("keys") == "on"
    actions.choose_keys(visit.session, has_keys=is_on, actor=visit.actor)
    said: Message = msg("The keys are on.") if is_on else msg("The keys are off.")
    visit.flash("success", said)
    return redirect(_list(visit, asked, is_board=bool(visit.form.one("board"))))


def to_table(_visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    return redirect(TABLE)


routes = [
    get(PATH, show, reading),
    post(PATH, save, reading, once=True),
    get(f"{PATH}/{{view}}", one, reading),
    post(f"{PATH}/{{view}}/delete", delete, reading),
    get("/triage/columns", to_table, reading),
    post("/triage/columns", choose_columns, reading),
    get("/triage/keys", to_table, reading),
    post("/triage/keys", choose_keys, reading),
]
