"""Every `select` about meetings of juries, and the ranking with what they agreed on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.interviews import queries as interviews
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession, canonical_json
from govmatch.kit.errors import NotFound
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.panels import rules
from govmatch.panels.models import Panel, PanelItem, PanelMember, PanelScore, State
from govmatch.reviews import queries as reviews
from govmatch.reviews import scoring
from govmatch.reviews.models import SCORING, Review, Score
from govmatch.reviews.models import State as Reviewed
from govmatch.reviews.pricing import Priced
from govmatch.reviews.queries import Juror
from govmatch.reviews.rubric import Rubric, rubric_of


def get_case(session: ReadSession, actor: Actor, slug: str, *, now: datetime) -> Challenge:
    """Return a challenge whose meeting the actor may read or call; raises `NotFound`."""
    challenge = challenges.get_visible(session, actor=actor, now=now, slug=slug)
    panel = panel_of(session, challenge)
    own = rules.member_of(actor, members_of(session, panel)) if panel is not None else None
    if not rules.may_read(actor, challenge, is_member=own is not None):
        raise NotFound
    return challenge


def panel_of(session: ReadSession, challenge: Challenge, *, held: bool = False) -> Panel | None:
    """Return the meeting of a challenge; `held` keeps others from changing it meanwhile."""
    found = select(Panel).where(Panel.challenge_id == challenge.id)
    if held:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def members_of(session: ReadSession, panel: Panel) -> list[PanelMember]:
    """Return who was called, the chair first."""
    found = (
        select(PanelMember)
        .where(PanelMember.panel_id == panel.id)
        .options(joinedload(PanelMember.person))
        .order_by(PanelMember.is_chair.desc(), PanelMember.id)
    )
    return list(session.scalars(found))


def items_of(session: ReadSession, panel: Panel) -> list[PanelItem]:
    """Return the agenda in its order, with the applications and firms."""
    found = (
        select(PanelItem)
        .join(PanelItem.application)
        .options(contains_eager(PanelItem.application).joinedload(Application.firm))
        .where(PanelItem.panel_id == panel.id)
        .order_by(PanelItem.position, PanelItem.id)
    )
    return list(session.scalars(found))


def open_to(session: ReadSession, actor: Actor, items: Iterable[PanelItem]) -> dict[int, str]:
    """Return by application id how the actor sees what is on the agenda; nothing of what is closed.

    Whoever belongs to a firm that applied sees nothing of it either.
    """
    asked = [one.application for one in items]
    own = actor.objects("firm")
    ways = applications.ways_of(session, actor, asked)
    return {
        one.id: ways[one.id]
        for one in asked
        if one.id in ways and one.firm_id not in own and own.isdisjoint(one.partner_firms)
    }


def get_item(session: ReadSession, actor: Actor, panel: Panel, public_id: str) -> PanelItem:
    """Return one item that the actor may read; raises `NotFound`."""
    found = [one for one in items_of(session, panel) if one.public_id == public_id]
    if not found or not open_to(session, actor, found):
        raise NotFound
    return found[0]


def scores_of(session: ReadSession, panel: Panel) -> dict[int, dict[str, PanelScore]]:
    """Return what was agreed on, by item and criterion."""
    found = (
        select(PanelScore)
        .join(PanelItem, PanelItem.id == PanelScore.item_id)
        .where(PanelItem.panel_id == panel.id)
    )
    by_item: dict[int, dict[str, PanelScore]] = defaultdict(dict)
    for one in session.scalars(found.order_by(PanelScore.id)):
        by_item[one.item_id][one.criterion] = one
    return by_item


def barred(
    session: ReadSession, items: Collection[Application], people: Collection[int], *, now: datetime
) -> set[tuple[int, int]]:
    """Return (application, person) that a conflict of interest closes; `now` is the machine's."""
    closed = reviews.closed_among(session, items, people, now=now)
    return {(one.id, person) for one in items for person in people if (one.id, person) in closed}


def jurors(session: ReadSession, challenge: Challenge, *, now: datetime) -> list[Juror]:
    """Return who may be called: the jury, once it has declared its conflicts."""
    return [
        one
        for one in reviews.jury(session, challenge, now=now)
        if one.declared_at is not None or _has_reviewed(session, challenge, one.person.id)
    ]


def _has_reviewed(session: ReadSession, challenge: Challenge, person_id: int) -> bool:
    found = (
        select(Review.id)
        .join(Review.application)
        .where(
            Application.challenge_id == challenge.id,
            Review.person_id == person_id,
            Review.state == Reviewed.SUBMITTED,
        )
    )
    return session.execute(found.limit(1)).first() is not None


def count_open(session: ReadSession, application_ids: Collection[int]) -> int:
    """Return how many reviews of these applications may still come."""
    found = select(Review.id).where(
        Review.application_id.in_(sorted(application_ids)), Review.state.in_(sorted(SCORING))
    )
    return len(session.scalars(found).all())


@dataclass(frozen=True)
class Given:
    """The points of one reviewer; `points` by criterion, with the comments."""

    name: str
    points: Mapping[str, int | None]
    comments: Mapping[str, str]
    before: Mapping[str, int | None] | None
    """The points before the interview; None without an interview, or without a review by then."""


def given_to(session: ReadSession, application_id: int) -> list[Given]:
    """Return the points that count for an application, as each reviewer gave them."""
    found = (
        select(Review)
        .where(Review.application_id == application_id, Review.state == Reviewed.SUBMITTED)
        .order_by(Review.id)
    )
    rows = list(session.scalars(found))
    names = names_by_id(session, [one.person_id for one in rows])
    scores: dict[int, list[Score]] = defaultdict(list)
    ids = [one.id for one in rows]
    for one in session.scalars(select(Score).where(Score.review_id.in_(ids))):
        scores[one.review_id].append(one)
    earlier = interviews.earlier_of(session, application_id)
    return [
        Given(
            before=earlier[row.id].points if row.id in earlier else None,
            name=names.get(row.person_id, ""),
            points={one.criterion: one.points for one in scores[row.id]},
            comments={one.criterion: one.comment for one in scores[row.id] if one.comment},
        )
        for row in rows
    ]


def minutes_digest(
    panel: Panel,
    members: Iterable[PanelMember],
    items: Iterable[PanelItem],
    scores: Mapping[int, Mapping[str, PanelScore]],
) -> str:
    """Return the SHA-256 over salt and minutes: what members sign, and what the journal keeps."""
    content: dict[str, Any] = {
        "starts": panel.starts.isoformat(),
        "place": panel.place,
        "video": panel.video,
        "quorum": panel.quorum,
        "remarks": panel.remarks,
        "present": sorted(one.person_id for one in members if one.is_present),
        "items": [
            {
                "application": one.application_id,
                "note": one.note,
                "points": {
                    key: [score.points, score.reason]
                    for key, score in sorted(scores.get(one.id, {}).items())
                },
            }
            for one in sorted(items, key=lambda one: one.id)
        ],
    }
    return digest(panel.salt + canonical_json(content))


@dataclass(frozen=True, slots=True)
class Agreed:
    """An application in the ranking, with what the jury agreed on in place of the means.

    `reviewed` is the mean of the reviews alone, `agreed` the criteria that the jury decided; all
    else as in `reviews.queries.Ranked`.
    """

    application: Application
    mean: float | None
    criterion_means: Mapping[str, float]
    count: int
    below_minimum: tuple[str, ...]
    open_reviews: int
    price: Priced | None
    unjudged: tuple[str, ...]
    reviewed: float | None
    agreed: tuple[str, ...]


def ranking(session: ReadSession, challenge: Challenge) -> list[Agreed]:
    """Return the ranking of the reviews, with the consensus of the jury where there is one.

    A criterion that the jury agreed on has its points instead of the mean of the reviews; the
    others keep their means, and the whole is weighted as published. It counts from the moment at
    which everybody has signed. Two statements more than the ranking of the reviews.
    """
    points = agreed_points(session, challenge)
    rubric = rubric_of(challenge)
    found = (
        _agreed(one, points.get(one.application.id, {}), rubric)
        for one in reviews.ranking(session, challenge)
    )
    return sorted(found, key=_order)


def _order(one: Agreed) -> tuple[bool, float, int, int]:
    is_unscored = one.mean is None
    return (is_unscored, -(one.mean or 0.0), one.application.alias or 0, one.application.id)


def agreed_points(session: ReadSession, challenge: Challenge) -> dict[int, dict[str, int]]:
    """Return the points that signed minutes hold, by application and criterion."""
    found = (
        select(PanelItem.application_id, PanelScore.criterion, PanelScore.points)
        .join(PanelScore, PanelScore.item_id == PanelItem.id)
        .join(Panel, Panel.id == PanelItem.panel_id)
        .where(Panel.challenge_id == challenge.id, Panel.state == State.FROZEN)
    )
    points: dict[int, dict[str, int]] = defaultdict(dict)
    for application_id, criterion, given in session.execute(found):
        points[application_id][criterion] = given
    return points


def _agreed(one: reviews.Ranked, points: Mapping[str, int], rubric: Rubric) -> Agreed:
    used = {each.id: float(points[each.id]) for each in rubric.scored if each.id in points}
    means = {**one.criterion_means, **used}
    return Agreed(
        application=one.application,
        mean=scoring.total(means, rubric.weighed) if used else one.mean,
        criterion_means=means,
        count=one.count,
        below_minimum=scoring.below_minimum(means, rubric.weighed),
        open_reviews=one.open_reviews,
        price=one.price,
        unjudged=tuple(name for name in one.unjudged if name not in used),
        reviewed=one.mean,
        agreed=tuple(used),
    )
