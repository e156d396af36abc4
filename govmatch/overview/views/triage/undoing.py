"""/triage/undo/{move}: what an act did, putting it back, and what could not be put back."""

from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Message, msgn
from govmatch.kit.records import dataclass
from govmatch.overview.views.triage.asked import working
from govmatch.overview.views.triage.doing import in_words, value_in_words
from govmatch.triage import actions, queries, rules
from govmatch.triage.models import Move
from govmatch.triage.rules import Kind
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

MOST_LISTED = 200


@dataclass(frozen=True)
class Item:
    """One application of an act: how it was before and is now; `is_back` where both agree."""

    name: str
    url: str
    before: Message | str
    now: Message | str
    is_back: bool


@dataclass(frozen=True)
class UndoPage:
    title: Message
    at: datetime
    undone_at: datetime | None
    items: list[Item]
    """The first of `total`."""
    total: int
    back: int
    may_undo: bool
    why_not: Message | None
    alert: Message | None
    action: str
    list_url: str


def show(visit: Visit) -> Answer:
    """Show an act of the reader's own, and how its applications stand by now."""
    return _page(visit, _move(visit))


def undo(visit: WritingVisit) -> Answer:
    """Put back what nobody has changed since."""
    move = _move(visit)
    try:
        done = actions.undo(visit.session, move, actor=visit.actor, now=visit.now)
    except Conflict as error:
        return _page(visit, move, alert=error.reason, status=409)
    if done.left:
        kept = len(done.left)
        stays = msgn(
            "{n} was changed again since and stays as it is.",
            "{n} were changed again since and stay as they are.",
            n=kept,
        )
        visit.flash("warning", stays)
        return redirect(f"/triage/undo/{move.public_id}")
    undone = msgn("Undone for {n} application.", "Undone for {n} applications.", n=len(done.back))
    visit.flash("success", undone)
    return redirect(f"/triage/undo/{move.public_id}")


def _move(visit: Visit) -> Move:
    return queries.get_own_move(visit.db, visit.actor, visit.params["move"])


def _page(visit: Visit, move: Move, *, alert: Message | None = None, status: int = 200) -> Answer:
    found = queries.moved(visit.db, visit.actor, move)
    ruling = rules.may_undo(visit.actor, move, now=visit.now)
    items = _items(visit, move, found)
    values = UndoPage(
        title=in_words(visit, move, found),
        at=move.at,
        undone_at=move.undone_at,
        items=items[:MOST_LISTED],
        total=len(items),
        back=sum(one.is_back for one in items),
        may_undo=bool(ruling),
        why_not=None if ruling else ruling.reason,
        alert=alert,
        action=visit.url(f"/triage/undo/{move.public_id}"),
        list_url=visit.url("/triage"),
    )
    return page(visit, "overview/triage/undo.html", values, status=status)


def _items(visit: Visit, move: Move, found: dict[int, Application]) -> list[Item]:
    """Return those of the act's applications that the reader still reads."""
    kind = Kind(move.kind)
    cases = {one.application.id: one for one in queries.cases_of(visit.db, list(found.values()))}
    names: dict[int, str] = {}
    if kind is Kind.HANDLER:
        ids = {one.handler_id for one in cases.values()}
        names = names_by_id(visit.db, ids | {item["before"] for item in move.items})
    items = []
    for item in move.items:
        case = cases.get(item["application"])
        if case is None:
            continue
        now = rules.value_of(case, kind)
        items.append(
            Item(
                name=case.application.firm.name,
                url=visit.url(f"/triage/{case.application.public_id}"),
                before=value_in_words(kind, item["before"], names),
                now=value_in_words(kind, now, names),
                is_back=now == item["before"],
            )
        )
    return items


PATH = "/triage/undo/{move}"

routes = [get(PATH, show, working), post(PATH, undo, working, once=True)]
