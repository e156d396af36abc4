"""Rankings as they were worked out, and how a programme counts."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.needs.models import Need, Opinion, Place, Ranking, Sitting, Survey
from govmatch.needs.survey import USUAL, Counting, Rules


def rules_of(session: ReadSession, programme_id: int) -> Rules:
    """Return what a programme has set for its survey, or the usual."""
    row = session.get(Survey, programme_id)
    if row is None:
        return USUAL
    counting = Counting(row.person_points, row.firm_points, row.sizes, row.sectors)
    return Rules(counting, row.closes, row.chambers_vote)


def counting_of(ranking: Ranking) -> Counting:
    """Return the points and weights that held when a ranking was worked out."""
    return Counting(**ranking.survey)


def latest(session: ReadSession, programme_id: int) -> Ranking | None:
    """Return the newest ranking of a programme, without its places."""
    found = select(Ranking).where(Ranking.programme_id == programme_id)
    return session.scalars(found.order_by(Ranking.id.desc()).limit(1)).first()


def places(session: ReadSession, ranking: Ranking | None) -> dict[int, Place]:
    """Return where each need stands in a ranking, by id, the first first."""
    if ranking is None:
        return {}
    found = select(Place).where(Place.ranking_id == ranking.id)
    rows = session.scalars(found.order_by(Place.place, Place.need_id))
    return {place.need_id: place for place in rows}


def place_of(session: ReadSession, ranking: Ranking, need: Need) -> Place | None:
    return session.get(Place, (ranking.id, need.id))


def rankings_to_drop(session: ReadSession, programme_id: int, *, newest: int) -> list[Ranking]:
    """Return the rankings of a programme before the newest of which no sitting speaks."""
    found = select(Ranking).where(
        Ranking.programme_id == programme_id, Ranking.id < newest, Ranking.is_kept.is_(False)
    )
    return list(session.scalars(found))


def last_event(session: ReadSession) -> int:
    """Return the last journal row about needs or their surveys, 0 where there is none."""
    found = select(func.max(JournalRow.id)).where(
        JournalRow.subject_kind.in_(("need", "need_survey"))
    )
    return session.execute(found).scalar() or 0


def surveyed(session: ReadSession) -> list[int]:
    """Return the programmes that have needs, as ids."""
    found = select(Need.programme_id).group_by(Need.programme_id).order_by(Need.programme_id)
    return list(session.scalars(found))


@dataclass(frozen=True, slots=True)
class Heard:
    """A sitting with what its members said."""

    sitting: Sitting
    opinions: Sequence[Opinion]


def sittings(session: ReadSession, programme_id: int) -> list[Heard]:
    """Return every sitting about a programme's needs, the newest first; two statements."""
    rows = session.scalars(
        select(Sitting)
        .options(selectinload(Sitting.ranking))
        .where(Sitting.programme_id == programme_id)
        .order_by(Sitting.number.desc())
    ).all()
    said = session.scalars(
        select(Opinion).where(Opinion.sitting_id.in_([one.id for one in rows])).order_by(Opinion.id)
    ).all()
    return [Heard(one, [o for o in said if o.sitting_id == one.id]) for one in rows]


def find_sitting(session: ReadSession, public_id: str) -> Sitting | None:
    return session.scalars(select(Sitting).where(Sitting.public_id == public_id)).first()


def opinions(session: ReadSession, sitting: Sitting) -> list[Opinion]:
    found = select(Opinion).where(Opinion.sitting_id == sitting.id)
    return list(session.scalars(found.order_by(Opinion.id)))


def running(session: ReadSession, programme_id: int) -> Sitting | None:
    """Return the sitting that has no outcome yet."""
    found = select(Sitting).where(Sitting.programme_id == programme_id, Sitting.outcome.is_(None))
    return session.scalars(found).first()


def decided(session: ReadSession, programme_id: int) -> Sitting | None:
    """Return the last sitting that accepted or changed a list: its list holds."""
    found = select(Sitting).where(
        Sitting.programme_id == programme_id, Sitting.outcome.in_(("accepted", "changed"))
    )
    return session.scalars(found.order_by(Sitting.number.desc()).limit(1)).first()


def sittings_so_far(session: ReadSession, programme_id: int) -> int:
    found = select(func.max(Sitting.number)).where(Sitting.programme_id == programme_id)
    return session.execute(found).scalar() or 0
