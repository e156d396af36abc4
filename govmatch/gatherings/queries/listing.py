"""Gatherings in lists: what everybody sees, what a host sees, what belongs to something else."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import public_at as public_challenge
from govmatch.gatherings.models import (
    Gathering,
    GatheringChallenge,
    GatheringText,
    Registration,
    Seat,
    State,
)
from govmatch.gatherings.queries.visible import hosted_by, public_at
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme

MOST = 3_000
"""Rows that the public list looks at; a site with more than that many events has older ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the filters of the public list ask of one gathering."""

    id: int
    kind: str
    where: frozenset[str]
    """Its country, and «online» where it can be joined so."""
    themes: frozenset[str]
    programme_id: int | None
    starts: datetime
    ends: datetime
    closes: datetime
    """When registration closes, at the latest when it begins."""
    is_cancelled: bool


def public_rows(session: ReadSession, now: datetime) -> list[Row]:
    """Return everything that everybody sees, by its beginning; one statement."""
    columns = (
        Gathering.id,
        Gathering.kind,
        Gathering.mode,
        Gathering.country,
        Gathering.themes,
        Gathering.programme_id,
        Gathering.starts,
        Gathering.ends,
        Gathering.closes,
        Gathering.state,
    )
    found = select(*columns).where(public_at(now)).order_by(Gathering.starts.desc()).limit(MOST)
    rows = [
        Row(
            id=number,
            kind=kind,
            where=frozenset(
                [*([country] if country else []), *(["online"] if mode != "on_site" else [])]
            ),
            themes=frozenset(themes),
            programme_id=programme_id,
            starts=starts,
            ends=ends,
            closes=closes or starts,
            is_cancelled=state == State.CANCELLED,
        )
        for number, kind, mode, country, themes, programme_id, starts, ends, closes, state in (
            session.execute(found)
        )
    ]
    return rows[::-1]


_AS_SHOWN = (
    joinedload(Gathering.authority).load_only(Authority.slug, Authority.names),
    joinedload(Gathering.programme).load_only(Programme.slug, Programme.names),
    selectinload(Gathering.texts).load_only(
        GatheringText.gathering_id, GatheringText.lang, GatheringText.title, GatheringText.summary
    ),
)


def text_rows(session: ReadSession, ids: Collection[int]) -> list[Gathering]:
    """Return gatherings as lists show them, in the order of the ids; two statements."""
    found = session.scalars(select(Gathering).options(*_AS_SHOWN).where(Gathering.id.in_(ids)))
    by_id = {one.id: one for one in found}
    return [by_id[number] for number in ids if number in by_id]


def latest(
    session: ReadSession, now: datetime, *, most: int, among: Collection[int] | None = None
) -> list[Gathering]:
    """Return what was published or changed last, newest first; of all, or of those `among`."""
    found = _among(select(Gathering).options(*_AS_SHOWN).where(public_at(now)), among)
    newest = found.order_by(Gathering.updated_at.desc(), Gathering.id.desc())
    return list(session.scalars(newest.limit(most)))


def _among(found: Select[Gathering], ids: Collection[int] | None) -> Select[Gathering]:
    return found if ids is None else found.where(Gathering.id.in_(ids))


def not_over(
    session: ReadSession, now: datetime, *, most: int, among: Collection[int] | None = None
) -> list[Gathering]:
    """Return what comes or takes place, the next one first; cancelled ones stay in calendars."""
    coming = select(Gathering).where(public_at(now), Gathering.ends > now)
    found = _among(coming.options(*_AS_SHOWN), among)
    return list(session.scalars(found.order_by(Gathering.starts, Gathering.id).limit(most)))


def of_challenge(session: ReadSession, challenge: Challenge, now: datetime) -> list[Gathering]:
    """Return the public gatherings about a challenge, the next one first, then past ones."""
    about = select(GatheringChallenge.gathering_id).where(
        GatheringChallenge.challenge_id == challenge.id
    )
    return _in_order(session, select(Gathering).where(Gathering.id.in_(about)), now)


def of_programme(session: ReadSession, programme: Programme, now: datetime) -> list[Gathering]:
    """Return the public gatherings of a programme, in the same order."""
    found = select(Gathering).where(Gathering.programme_id == programme.id)
    return _in_order(session, found, now)


def _in_order(session: ReadSession, found: Select[Gathering], now: datetime) -> list[Gathering]:
    newest = found.where(public_at(now)).order_by(Gathering.starts.desc()).limit(50)
    rows = list(session.scalars(newest.options(*_AS_SHOWN)))
    coming = [one for one in rows if one.ends > now]
    return [*coming[::-1], *(one for one in rows if one.ends <= now)]


def newest_challenges(session: ReadSession, now: datetime, *, most: int) -> list[int]:
    """Return the ids of the public challenges that a gathering can be about, newest first."""
    found = select(Challenge.id).where(public_challenge(now))
    return list(session.scalars(found.order_by(Challenge.published_at.desc()).limit(most)))


@dataclass(frozen=True)
class Who:
    """How many have a place and how many wait, at one gathering."""

    taken: int
    waiting: int


def hosted(session: ReadSession, actor: Actor) -> list[tuple[Gathering, Who]]:
    """Return what this actor hosts, the latest first, with how many registered."""
    found = (
        select(Gathering)
        .options(*_AS_SHOWN)
        .where(hosted_by(actor))
        .order_by(Gathering.starts.desc(), Gathering.id.desc())
        .limit(500)
    )
    rows = list(session.scalars(found))
    counted = session.execute(
        select(Registration.gathering_id, Registration.seat, func.count())
        .where(Registration.gathering_id.in_([one.id for one in rows]))
        .group_by(Registration.gathering_id, Registration.seat)
    )
    counts = {(number, seat): n for number, seat, n in counted}
    return [
        (one, Who(counts.get((one.id, Seat.TAKEN), 0), counts.get((one.id, Seat.WAITING), 0)))
        for one in rows
    ]
