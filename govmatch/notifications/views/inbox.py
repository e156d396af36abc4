"""/inbox: everything a person was told, first what is new."""

from datetime import datetime

from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.notifications import actions, queries
from govmatch.notifications.models import InboxItem
from govmatch.notifications.topics import TOPICS, Topic
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

PATH = "/inbox"
SIZE = 30


@dataclass(frozen=True)
class Line:
    public_id: str
    title: str
    topic: Message
    leads: Message
    """What its button says."""
    at: datetime
    is_new: bool


@dataclass(frozen=True)
class InboxPage:
    lines: list[Line]
    unread: int
    paging: Paging
    written_in: Lang
    """The language of the titles: the one that the person has chosen, whatever this page is in."""


def show(visit: Visit) -> Answer:
    number = page_number(visit.query.one("page"))
    items = queries.inbox(visit.db, visit.actor, offset=(number - 1) * SIZE, size=SIZE)
    total = queries.count(visit.db, visit.actor)
    values = InboxPage(
        lines=[_line(one) for one in items],
        unread=queries.unread(visit.db, visit.actor),
        paging=Paging(number, SIZE, total, lambda n: visit.url(PATH, page=n)),
        written_in=visit.actor.lang or visit.lang,
    )
    return page(visit, "notifications/inbox.html", values)


def _line(item: InboxItem) -> Line:
    topic = TOPICS[Topic(item.topic)]
    return Line(item.public_id, item.title, topic.label, topic.leads, item.at, not item.read_at)


def open_item(visit: WritingVisit) -> Answer:
    """Note that it was opened, and lead to where it is read."""
    item = queries.get_own(visit.session, visit.actor, visit.params["public_id"])
    actions.mark_read(item, actor=visit.actor, now=visit.real_now)
    return redirect(item.path)


def read_all(visit: WritingVisit) -> Answer:
    actions.mark_all_read(visit.session, actor=visit.actor, now=visit.real_now)
    visit.flash("success", msg("Everything is marked as read."))
    return redirect(PATH)


routes = [
    get(PATH, show, settled),
    post(f"{PATH}/read-all", read_all, settled),
    post(f"{PATH}/{{public_id}}", open_item, settled),
]
