"""What single applications come to with the points that their juries agreed on.

The same arithmetic as `queries.ranking`, for a page of applications of any challenges: who may read
it is asked by the caller, as for the means of the reviews.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.kit.db import ReadSession
from govmatch.panels.models import Panel, PanelItem, PanelScore, State
from govmatch.reviews import queries as reviews
from govmatch.reviews import scoring
from govmatch.reviews.rubric import rubric_of

_Points = Mapping[int, Mapping[str, float]]
"""By application and criterion."""


def means_of(session: ReadSession, application_ids: Collection[int]) -> dict[int, float]:
    """Return the mean from 0 to 5 of each on which a jury agreed and whose minutes all signed.

    What is in no such minutes is left out. One statement where none is; otherwise two more, and two
    for each challenge with a criterion that is computed from prices.
    """
    agreed = _agreed(session, application_ids)
    if not agreed:
        return {}
    given = reviews.points_given(session, agreed)
    means: dict[int, float] = {}
    for challenge, ids in _by_challenge(session, agreed).items():
        rubric = rubric_of(challenge)
        computed = reviews.points_computed(session, challenge) if rubric.computed else {}
        for number in ids:
            used = {one.id for one in rubric.scored} & agreed[number].keys()
            known = {**given.get(number, {}), **computed.get(number, {})}
            known |= {criterion: agreed[number][criterion] for criterion in used}
            mean = scoring.total(known, rubric.weighed) if used else None
            if mean is not None:
                means[number] = mean
    return means


def _agreed(session: ReadSession, application_ids: Collection[int]) -> _Points:
    found = (
        select(PanelItem.application_id, PanelScore.criterion, PanelScore.points)
        .join(PanelScore, PanelScore.item_id == PanelItem.id)
        .join(Panel, Panel.id == PanelItem.panel_id)
        .where(PanelItem.application_id.in_(sorted(application_ids)), Panel.state == State.FROZEN)
    )
    points: dict[int, dict[str, float]] = defaultdict(dict)
    for application_id, criterion, given in session.execute(found):
        points[application_id][criterion] = float(given)
    return points


def _by_challenge(session: ReadSession, ids: Collection[int]) -> dict[Challenge, list[int]]:
    found = (
        select(Application.id, Challenge)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(Application.id.in_(sorted(ids)))
        .options(joinedload(Challenge.programme), joinedload(Challenge.version))
        .order_by(Application.id)
    )
    by_challenge: dict[Challenge, list[int]] = defaultdict(list)
    for number, challenge in session.execute(found):
        by_challenge[challenge].append(number)
    return by_challenge
