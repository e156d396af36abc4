"""Working out the ranking of a programme's needs, in the background, and keeping it."""

import time
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete

from govmatch.kit.db import Session
from govmatch.needs.models import Place, Ranking
from govmatch.needs.queries import last_event, latest, rankings_to_drop, rules_of, voices

if TYPE_CHECKING:
    from govmatch.needs.counting import Counted
    from govmatch.needs.stability import Standings


def rank(session: Session, programme_id: int, *, now: datetime) -> Ranking | None:
    """Keep the ranking that follows from the voices of now; None where it is that of before.

    It is no act of anybody, so it stands in no journal; its digest and its seed let everybody with
    the same ballots work it out again. Rankings of which no sitting speaks go with it.
    """
    # The site knows this action and has no use for numpy.
    from govmatch.needs.counting import count  # noqa: PLC0415
    from govmatch.needs.stability import stand  # noqa: PLC0415

    journal_id = last_event(session)
    started = time.process_time()
    rules = rules_of(session, programme_id)
    given = voices(session, programme_id)
    counted = count(given, rules.counting)
    before = latest(session, programme_id)
    if before is not None and before.digest == counted.digest:
        before.journal_id = journal_id
        before.checked_at = now
        return None
    seed = counted.digest[:16]
    found = stand(counted.ballots, seed=int(seed, 16))
    ranking = Ranking(
        programme_id=programme_id,
        at=now,
        checked_at=now,
        journal_id=journal_id,
        digest=counted.digest,
        seed=seed,
        draws=found.draws,
        missing=found.missing,
        ballots=counted.ballots.voters,
        firms=counted.firms,
        survey=rules.counting.as_data(),
        milliseconds=0,
    )
    session.add(ranking)
    session.flush()
    session.add_all(_places(ranking.id, list(given.needs), counted, found))
    ranking.milliseconds = round((time.process_time() - started) * 1000)
    session.flush()
    for old in rankings_to_drop(session, programme_id, newest=ranking.id):
        session.execute(delete(Place).where(Place.ranking_id == old.id))
        session.execute(delete(Ranking).where(Ranking.id == old.id))
    return ranking


def _places(
    ranking_id: int, needs: list[int], counted: "Counted", found: "Standings"
) -> list[Place]:
    return [
        Place(
            ranking_id=ranking_id,
            need_id=need,
            place=int(found.places[position]),
            score=int(found.scores[position]),
            in_top=int(found.in_top[position]),
            best=int(found.best[position]),
            worst=int(found.worst[position]),
            parts=[part.as_data() for part in counted.parts[need]],
        )
        for position, need in enumerate(needs)
    ]
