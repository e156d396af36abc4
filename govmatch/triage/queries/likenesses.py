"""Which applications say the same as another, or come from the same actor: found and kept.

What is kept knows no rights, since it is found before anything is opened. Whoever asks for it on a
page gets those pairs alone of which they may read both sides; that there are others, nothing tells.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Application, State, Version
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.triage.likeness_models import (
    Likeness,
    LikenessMark,
    Print,
    Reading,
    Trace,
    TraceKind,
)
from govmatch.triage.queries.seeing import readable_to

T = TypeVar("T")

TELLS_NOTHING = 100
"""A run or concept that so many have is no sign that two of them say the same."""
LEAST_SHARED = 4
ENOUGH_SHARED = 6
"""What the likeliest has to share: with less, nobody is looked at."""
MOST_COMPARED = 12


@dataclass(frozen=True)
class Alike:
    """Another application that says the same, with what was found about the two, latest first."""

    likeness: Likeness
    other: Application
    marks: list[LikenessMark]

    @property
    def mark(self) -> LikenessMark | None:
        """Return what counts: the latest, also when a side was submitted anew since."""
        return self.marks[0] if self.marks else None


@dataclass(frozen=True)
class Hint:
    """Another application whose firms have something in common with those of this one."""

    other: Application
    kinds: tuple[TraceKind, ...]


def to_read(session: ReadSession, *, words: str, most: int) -> list[Application]:
    """Return submitted applications that were not read since they or their firms changed.

    Those that were read by other words than these come last.
    """
    found = _unread(select(Application), Reading.words == words)
    ordered = found.order_by(Reading.application_id.is_not(None), Application.id).limit(most)
    return list(session.scalars(ordered.options(joinedload(Application.firm))))


def waiting(session: ReadSession) -> bool:
    """True where something was submitted, or changed by its firm, that was not read since."""
    return session.execute(_unread(select(Application.id), true()).limit(1)).first() is not None


def _unread(found: Select[T], as_wished: ColumnElement[bool]) -> Select[T]:
    is_read = and_(
        Reading.version == Application.current_version,
        Reading.firm_revision == Firm.revision,
        as_wished,
    )
    return (
        found.join(Firm, Firm.id == Application.firm_id)
        .join(Version, Version.application_id == Application.id)
        .outerjoin(Reading, Reading.application_id == Application.id)
        .where(
            Version.number == Application.current_version,
            Application.emptied_at.is_(None),
            Application.state != State.DRAFT,
            Reading.application_id.is_(None) | ~is_read,
        )
    )


def versions_of(session: ReadSession, ids: Collection[int]) -> dict[int, Version]:
    """Return the version that counts of each of these applications."""
    found = (
        select(Version)
        .join(Application, Application.id == Version.application_id)
        .where(Application.id.in_(sorted(ids)), Version.number == Application.current_version)
    )
    return {one.application_id: one for one in session.scalars(found)} if ids else {}


def sharing(session: ReadSession, number: int) -> list[int]:
    """Return the ids of at most twelve applications that share most prints with one, most first.

    None where not even the likeliest shares six; others are among them from four on. What many have
    is not counted. One statement: whether many have a print is asked of the index until a hundred
    were found and no further, so it costs as much among twenty thousand as among one.
    """
    own, other, of_many = aliased(Print), aliased(Print), aliased(Print)
    many = select(of_many.key).where(of_many.key == own.key).limit(1).offset(TELLS_NOTHING)
    shared = func.count()
    found = (
        select(other.application_id, shared)
        .select_from(own)
        .join(other, other.key == own.key)
        .where(own.application_id == number, other.application_id != number, ~many.exists())
        .group_by(other.application_id)
        .having(shared >= LEAST_SHARED)
        .order_by(shared.desc(), other.application_id)
        .limit(MOST_COMPARED)
    )
    rows = list(session.execute(found))
    return [number for number, _ in rows] if rows and rows[0][1] >= ENOUGH_SHARED else []


def people_of(session: ReadSession, firm_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return id and address of everybody who acts for one of these firms."""
    found = (
        select(Person.id, Person.email)
        .join(RoleRow, RoleRow.person_id == Person.id)
        .where(
            RoleRow.object_kind == "firm",
            RoleRow.object_id.in_(sorted(firm_ids)),
            RoleRow.until.is_(None),
            Person.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return list(session.execute(found))


def firms_of_ids(session: ReadSession, ids: Collection[int]) -> list[Firm]:
    return list(session.scalars(select(Firm).where(Firm.id.in_(sorted(ids))).order_by(Firm.id)))


def alike_to(session: ReadSession, actor: Actor, application: Application) -> list[Alike]:
    """Return what says the same as an application that the actor reads, of what they read too."""
    found = [
        *_pairs(session, actor, Likeness.one_id == application.id, Likeness.other_id),
        *_pairs(session, actor, Likeness.other_id == application.id, Likeness.one_id),
    ]
    marks = _marks(session, [likeness.id for likeness, _ in found])
    shown = [Alike(likeness, other, marks.get(likeness.id, [])) for likeness, other in found]
    return sorted(shown, key=lambda one: (-one.likeness.told, one.other.id))


def count_unmarked(session: ReadSession, actor: Actor, application: Application) -> int:
    """Return of how many that are alike nobody has said yet whether they are the same."""
    other = case((Likeness.one_id == application.id, Likeness.other_id), else_=Likeness.one_id)
    here = or_(Likeness.one_id == application.id, Likeness.other_id == application.id)
    is_marked = exists().where(LikenessMark.likeness_id == Likeness.id)
    found = (
        select(func.count())
        .select_from(Likeness)
        .join(Application, Application.id == other)
        .where(here, ~is_marked, readable_to(actor))
    )
    return session.execute(found).scalar_one()


def get_alike(
    session: ReadSession, actor: Actor, application: Application, public_id: str
) -> Alike:
    """Return one of them by the other's public id; raises `NotFound` for every other."""
    for one in alike_to(session, actor, application):
        if one.other.public_id == public_id:
            return one
    raise NotFound


def _pairs(
    session: ReadSession, actor: Actor, here: ColumnElement[bool], there: InstrumentedAttribute[int]
) -> list[tuple[Likeness, Application]]:
    found = (
        select(Likeness, Application)
        .join(Application, Application.id == there)
        .where(here, readable_to(actor))
        .options(
            joinedload(Application.firm),
            joinedload(Application.challenge).selectinload(Challenge.texts),
        )
    )
    return list(session.execute(found))


def _marks(session: ReadSession, ids: Sequence[int]) -> dict[int, list[LikenessMark]]:
    if not ids:
        return {}
    found = select(LikenessMark).where(LikenessMark.likeness_id.in_(ids))
    marks: dict[int, list[LikenessMark]] = {}
    for row in session.scalars(found.order_by(LikenessMark.id.desc())):
        marks.setdefault(row.likeness_id, []).append(row)
    return marks


MOST_HINTS = 20


def hints_of(session: ReadSession, actor: Actor, application: Application) -> list[Hint]:
    """Return applications of other firms that may be of the same actor, as far as they are read.

    At most twenty, those of the same challenge first.
    """
    own = select(Trace.key).where(Trace.application_id == application.id)
    found = (
        select(Application, Trace.kind)
        .join(Trace, Trace.application_id == Application.id)
        .where(
            Trace.key.in_(own),
            Application.id != application.id,
            Application.firm_id != application.firm_id,
            readable_to(actor),
        )
        .order_by(Application.challenge_id != application.challenge_id, Application.id)
        .options(
            joinedload(Application.firm),
            joinedload(Application.challenge).selectinload(Challenge.texts),
        )
        .limit(MOST_HINTS * len(TraceKind))
    )
    kinds: dict[int, set[TraceKind]] = {}
    others: dict[int, Application] = {}
    for other, kind in session.execute(found):
        others[other.id] = other
        kinds.setdefault(other.id, set()).add(TraceKind(kind))
    hints = [
        Hint(other, tuple(sorted(kinds[number], key=list(TraceKind).index)))
        for number, other in others.items()
        if not _apply_together(application, other)
    ]
    return hints[:MOST_HINTS]


def _apply_together(one: Application, other: Application) -> bool:
    """True where a firm of the one is a firm of the other: that is no second account."""
    return bool({one.firm_id, *one.partner_firms} & {other.firm_id, *other.partner_firms})


def is_read(session: ReadSession, application: Application) -> bool:
    """True once the background has looked for what is like the version that counts."""
    found = select(Reading.version).where(Reading.application_id == application.id)
    return session.execute(found).scalar_one_or_none() == application.current_version


def of_pair(session: ReadSession, ids: Collection[int]) -> list[Likeness]:
    """Return every kept pair with one of these applications, for whoever finds them anew."""
    wanted = sorted(ids)
    found = select(Likeness).where(or_(Likeness.one_id.in_(wanted), Likeness.other_id.in_(wanted)))
    return list(session.scalars(found))


def is_marked(session: ReadSession, likeness: Likeness) -> bool:
    found = select(LikenessMark.id).where(LikenessMark.likeness_id == likeness.id).limit(1)
    return session.execute(found).first() is not None
