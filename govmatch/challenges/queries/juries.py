"""How often people sit on juries, as a programme limits it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from govmatch.accounts.models import RoleRow
from govmatch.accounts.rules import JURY_ROLES
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession


def other_rounds(
    session: ReadSession, challenge: Challenge, person_ids: Collection[int], *, now: datetime
) -> dict[int, int]:
    """Return by person on the juries of how many other rounds of the programme they sit or sat.

    Whoever left a jury before its applications were opened did not sit on it. A challenge without
    a round counts for itself. `now` is the machine's time.
    """
    found = (
        select(RoleRow.person_id, Challenge.round_id, Challenge.id)
        .join(Challenge, Challenge.id == RoleRow.object_id)
        .where(
            RoleRow.object_kind == "challenge",
            RoleRow.role.in_(sorted(JURY_ROLES)),
            RoleRow.person_id.in_(sorted(person_ids)),
            Challenge.programme_id == challenge.programme_id,
            Challenge.id != challenge.id,
            or_(
                RoleRow.until.is_(None),
                RoleRow.until > now,
                RoleRow.until > Challenge.opened_at,
            ),
        )
    )
    rounds: dict[int, set[tuple[str, int]]] = {}
    for person_id, round_id, challenge_id in session.execute(found):
        one = ("round", round_id) if round_id is not None else ("challenge", challenge_id)
        if challenge.round_id is None or one != ("round", challenge.round_id):
            rounds.setdefault(person_id, set()).add(one)
    return {person_id: len(ones) for person_id, ones in rounds.items()}
