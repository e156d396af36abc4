"""Who stands behind which need, and the top tens of firms."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from govmatch.accounts.models import Person, RoleRow
from govmatch.accounts.queries.holding import in_force
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.needs.given import FIRM, PERSON, FirmFacts, Voices
from govmatch.needs.models import RANKED, Need, Rank, Support
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import firms as organisations
from govmatch.organisations.rules import EDITORS


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand behind a need, and how many firms have it in their top ten."""

    firms: int = 0
    people: int = 0
    ranked: int = 0


def standing(session: ReadSession, ids: Collection[int]) -> dict[int, Standing]:
    """Return the voices for some needs, by id; two statements."""
    by_kind = (
        select(Support.need_id, func.count(Support.firm_id), func.count(Support.person_id))
        .outerjoin(Firm, Firm.id == Support.firm_id)
        .where(Support.need_id.in_(ids), _is_there())
        .group_by(Support.need_id)
    )
    ranked = (
        select(Rank.need_id, func.count())
        .join(Firm, Firm.id == Rank.firm_id)
        .where(Rank.need_id.in_(ids), Firm.closed_at.is_(None))
        .group_by(Rank.need_id)
    )
    in_top = dict(session.execute(ranked).all())
    voices = {need: (firms, people) for need, firms, people in session.execute(by_kind)}
    return {need: Standing(*voices.get(need, (0, 0)), in_top.get(need, 0)) for need in ids}


def _is_there() -> ColumnElement[bool]:
    """A firm that is closed has no voice while it is; the join is an outer one, for people."""
    return Support.firm_id.is_(None) | Firm.closed_at.is_(None)


def own_support(
    session: ReadSession, need: Need, actor: Actor, firms: Collection[Firm]
) -> tuple[bool, set[int]]:
    """Return whether the actor supports a need, and which of these firms do."""
    found = select(Support.person_id, Support.firm_id).where(Support.need_id == need.id)
    rows = session.execute(found).all()
    known = {firm.id for firm in firms}
    own = actor.person_id is not None and any(person == actor.person_id for person, _ in rows)
    return own, {firm for _, firm in rows if firm in known}


def support_of(
    session: ReadSession, need: Need, *, person_id: int | None = None, firm_id: int | None = None
) -> Support | None:
    """Return the voice of a person, or of a firm, for a need."""
    of_whom = Support.firm_id == firm_id if firm_id else Support.person_id == person_id
    return session.scalars(select(Support).where(Support.need_id == need.id, of_whom)).first()


def supports_of(session: ReadSession, need: Need) -> list[Support]:
    """Return every voice for a need, the oldest first."""
    found = select(Support).where(Support.need_id == need.id).order_by(Support.id)
    return list(session.scalars(found))


def supporters(session: ReadSession, need: Need, *, now: datetime) -> list[Person]:
    """Return the people who stand behind a need, or stood behind it until it was merged.

    For a firm that is who gave its voice, as long as they belong to it; nobody is there twice.
    """
    for_it = (Support.need_id == need.id) | (Support.given_to == need.id)
    voices = session.scalars(select(Support).where(for_it)).all()
    firms = {voice.firm_id for voice in voices if voice.firm_id is not None}
    members = select(RoleRow.person_id, RoleRow.object_id).where(
        RoleRow.object_kind == "firm", RoleRow.object_id.in_(firms), in_force(now)
    )
    theirs = {(person, firm) for person, firm in session.execute(members)} if firms else set()
    ids = {
        voice.by for voice in voices if voice.firm_id is None or (voice.by, voice.firm_id) in theirs
    }
    found = select(Person).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    return list(session.scalars(found.order_by(Person.id)))


def writing_firms(session: ReadSession, actor: Actor) -> list[Firm]:
    """Return the open firms for which the actor writes, by name."""
    ids = actor.objects("firm", *EDITORS)
    if not ids:
        return []
    found = select(Firm).where(Firm.id.in_(ids), Firm.closed_at.is_(None))
    return list(session.scalars(found.order_by(Firm.name, Firm.id)))


def top_of(session: ReadSession, firm: Firm, programme_id: int) -> list[int]:
    """Return a firm's most pressing needs of a programme, as ids, the first first."""
    found = select(Rank.need_id).where(Rank.firm_id == firm.id, Rank.programme_id == programme_id)
    return list(session.scalars(found.order_by(Rank.place)))


def ranks_of(session: ReadSession, need: Need) -> list[Rank]:
    """Return the places of a need in the top tens of firms."""
    found = select(Rank).where(Rank.need_id == need.id).order_by(Rank.firm_id)
    return list(session.scalars(found))


def voices(session: ReadSession, programme_id: int) -> Voices:
    """Return all that was given to those needs of a programme that are ranked."""
    states = sorted(state.value for state in RANKED)
    ranked = select(Need.id).where(
        Need.programme_id == programme_id, Need.state.in_(states), Need.hidden_at.is_(None)
    )
    supports = session.execute(
        select(Support.need_id, Support.person_id, Support.firm_id).where(
            Support.need_id.in_(ranked)
        )
    ).all()
    ranks = session.execute(
        select(Rank.firm_id, Rank.need_id, Rank.place).where(Rank.need_id.in_(ranked))
    ).all()
    firms = {firm for _, _, firm in supports if firm} | {firm for firm, _, _ in ranks}
    return Voices(
        needs=list(session.scalars(ranked.order_by(Need.id))),
        supports=[
            ((FIRM, firm) if firm else (PERSON, person or 0), need)
            for need, person, firm in supports
        ],
        ranks=[(firm, need, place) for firm, need, place in ranks],
        firms=_facts(session, sorted(firms)),
    )


_AT_ONCE = 500
"""Firms that one statement names."""


def _facts(session: ReadSession, ids: list[int]) -> dict[int, FirmFacts]:
    """Return what the weights of some firms depend on, by id; closed ones are left out."""
    found: dict[int, FirmFacts] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        topics = organisations.topics_of(session, some)
        sizes = select(Firm.id, Firm.size).where(Firm.id.in_(some), Firm.closed_at.is_(None))
        found |= {
            number: FirmFacts(size, topics[number].themes)
            for number, size in session.execute(sizes)
        }
    return found
