"""What was written about a thing. Who may read it, the package of the thing has asked before."""

from collections.abc import Collection
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import func, select

from govmatch.accounts.models import Person
from govmatch.correspondence.models import Message, Thread
from govmatch.correspondence.rules import Side
from govmatch.kit.db import ReadSession
from govmatch.kit.markdown import kept
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Line:
    """One message as a page shows it; `name` is empty where the person was erased."""

    public_id: str
    side: Side
    person_id: int
    name: str
    at: datetime
    html: Markup


def find(session: ReadSession, subject_kind: str, subject_id: int) -> Thread | None:
    found = select(Thread).where(
        Thread.subject_kind == subject_kind, Thread.subject_id == subject_id
    )
    return session.scalars(found).first()


def lines(session: ReadSession, subject_kind: str, subject_id: int) -> list[Line]:
    """Return everything written about one thing, oldest first."""
    found = (
        select(Message, Person.name)
        .join(Thread, Thread.id == Message.thread_id)
        .outerjoin(Person, Person.id == Message.by)
        .where(Thread.subject_kind == subject_kind, Thread.subject_id == subject_id)
        .order_by(Message.id)
    )
    return [_line(one, name or "") for one, name in session.execute(found)]


def _line(one: Message, name: str) -> Line:
    return Line(one.public_id, Side(one.side), one.by, name, one.at, kept(one.html))


@dataclass(frozen=True)
class State:
    """How a thread stands: how many messages, and whose turn it is to answer."""

    count: int
    last_side: Side
    last_at: datetime


def states(
    session: ReadSession, subject_kind: str, subject_ids: Collection[int]
) -> dict[int, State]:
    """Return how the threads about these things stand; things without one are left out."""
    newest = (
        select(
            Thread.subject_id,
            func.count(Message.id).label("n"),
            func.max(Message.id).label("last"),
        )
        .join(Message, Message.thread_id == Thread.id)
        .where(Thread.subject_kind == subject_kind, Thread.subject_id.in_(subject_ids))
        .group_by(Thread.subject_id)
        .subquery()
    )
    found = select(newest.c.subject_id, newest.c.n, Message.side, Message.at).join(
        Message, Message.id == newest.c.last
    )
    return {one[0]: State(one[1], Side(one[2]), one[3]) for one in session.execute(found)}
