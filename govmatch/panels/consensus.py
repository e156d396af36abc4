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

MOST_NAMED = 1_000
"""Of more applications than these, all that juries agreed on are read: they are the fewer."""

_Points = Mapping[int, Mapping[str, float]]
"""By application and criterion."""


def means_of(
    session: ReadSession, application_ids: Collection[int], *, but_of: Collection[int] = ()
) -> dict[int, float]:
    """Return the mean from 0 to 5 of each on which a jury agreed and whose minutes all signed.

    What is in no such minutes is left out, and what is of the challenges `but_of`. One statement
    where none is; otherwise two more, and two where a criterion is computed from prices.
    """
    agreed = _agreed(session, application_ids)
    if not agreed:
        return {}
    given = reviews.points_given(session, agreed)
    cases = _by_challenge(session, agreed, but_of)
    computed = reviews.points_computed(session, cases)
    means: dict[int, float] = {}
    for challenge, ids in cases.items():
        rubric = rubric_of(challenge)
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
        .where(Panel.state == State.FROZEN)
    )
    if len(application_ids) <= MOST_NAMED:
        found = found.where(PanelItem.application_id.in_(sorted(application_ids)))
    wanted = frozenset(application_ids)
    points: dict[int, dict[str, float]] = defaultdict(dict)
    for application_id, criterion, given in session.execute(found):
        if application_id in wanted:
            points[application_id][criterion] = float(given)
    return points


def _by_challenge(
    session: ReadSession, ids: Collection[int], but_of: Collection[int]
) -> dict[Challenge, list[int]]:
    found = (
        select(Application.id, Challenge)
        .join(Challenge, Challenge.id == Application.challenge_id)
        .where(Application.id.in_(sorted(ids)), Application.challenge_id.not_in(sorted(but_of)))
        .options(joinedload(Challenge.programme), joinedload(Challenge.version))
        .order_by(Application.id)
    )
    by_challenge: dict[Challenge, list[int]] = defaultdict(list)
    for number, challenge in session.execute(found):
        by_challenge[challenge].append(number)
    return by_challenge
