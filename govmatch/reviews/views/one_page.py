"""What the page of one review shows: the application, the points, the others' reviews."""

from datetime import datetime

from govmatch.applications import reading
from govmatch.applications.models import How
from govmatch.applications.queries import how_of
from govmatch.applications.reading import Part, Party, Submitted
from govmatch.applications.redaction import Paper
from govmatch.challenges.queries import terms_of
from govmatch.kit.actor import No
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import time_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import rule_reason
from govmatch.programmes.switches import Rule
from govmatch.reviews import actions, queries, rules, scoring
from govmatch.reviews.models import SCORING, Review, State
from govmatch.reviews.queries import Place
from govmatch.reviews.rubric import rubric_of
from govmatch.reviews.showing import (
    CONFIDENCES,
    Compared,
    Criterion,
    compared,
    criteria_of,
    given_rows,
    name_of,
    points_text,
    state_of,
)
from govmatch.reviews.views.access import title_of
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class OtherReview:
    """What somebody else submitted: (criterion, points, comment) in the challenge's order."""

    person: str
    mean: str
    comment: str
    confidence: Message | None
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Running:
    """The weighted mean of what has points so far, and of how many criteria that is."""

    mean: str
    given: int
    of: int


@dataclass(frozen=True)
class About:
    """What stands above a review: whose application, of which challenge, until when, where."""

    name: str
    challenge_title: str
    challenge_lang: str | None
    challenge_url: str
    path: str
    place: Place
    previous_url: str | None
    next_url: str | None
    due: datetime
    zone: str
    is_overdue: bool
    state: Message
    kind: str
    is_blind: bool
    why_blind: str
    names_url: str
    """Where names that were revealed are read after declaring anew; empty where there are none."""


@dataclass(frozen=True)
class May:
    """What the reviewer may do with it now."""

    score: bool
    why_not: Message | None
    take_up: bool
    declare: bool


@dataclass(frozen=True)
class ReviewPage:
    """One review. `differing` holds what is kept where another window saved something else."""

    about: About
    may: May
    sections: list[Part]
    consortium: list[Party]
    papers: list[Paper]
    is_held: bool
    """Somebody still checks that the copy without names names nobody."""
    written_in: str
    passages: dict[str, list[tuple[str, str]]]
    criteria: list[Criterion]
    is_submitted: bool
    is_abstained: bool
    abstain_reason: str
    form: Form
    labels: dict[str, str]
    """What the fields of criteria are called where their messages stand alone."""
    revision: int
    saved_when: str
    running: Running
    own_mean: str
    own_rows: list[tuple[str, str, str]]
    own_confidence: Message | None
    confidences: list[tuple[str, Message]]
    others: list[OtherReview]
    compared: list[Compared]
    differing: list[tuple[str, str]]
    is_warning: bool
    """A save by itself met another window's: only the line is answered, and says so."""


def path_of(review: Review) -> str:
    return f"/reviews/{review.public_id}"


def shown(
    visit: Visit,
    review: Review,
    form: Form,
    *,
    differing: list[tuple[str, str]] | None = None,
    revision: int | None = None,
    status: int = 200,
) -> Answer:
    lang = visit.lang
    may = _may(visit, review)
    criteria = criteria_of(review.application.challenge, lang)
    read = _read(visit, review)
    parts = read.parts if read else []
    others = queries.submitted_by_others(visit.db, review)
    own_points = actions.sheet_of(review).points
    values = ReviewPage(
        about=_about(visit, review),
        may=may,
        sections=parts,
        consortium=read.consortium if read else [],
        papers=read.papers if read else [],
        is_held=read is not None and read.is_held,
        written_in=read.lang if read else "",
        passages=_passages(parts),
        criteria=criteria,
        is_submitted=review.state == State.SUBMITTED,
        is_abstained=review.state == State.ABSTAINED,
        abstain_reason=review.abstain_reason,
        form=form,
        labels={
            f"{kind}-{one.id}": one.label
            for one in criteria
            for kind in ("points", "comment", "left")
        },
        revision=review.revision if revision is None else revision,
        saved_when=time_text(review.saved_at, visit.lang, visit.zone, now=visit.now)
        if review.saved_at
        else "",
        running=_running(visit, review),
        own_mean=points_text(review.mean, lang),
        own_rows=given_rows(criteria, actions.sheet_of(review), lang),
        own_confidence=_confidence(review.confidence),
        confidences=[(value, label) for value, label in CONFIDENCES.items()],
        others=[_other(visit, one, criteria) for one in others],
        compared=compared(criteria, own_points, [one.points for one in others], lang)
        if others
        else [],
        differing=differing or [],
        is_warning=visit.fragment and bool(differing),
    )
    return page(
        visit, "reviews/one.html", values, block="saved", status=status, main_form=may.score
    )


def _about(visit: Visit, review: Review) -> About:
    application = review.application
    challenge = application.challenge
    place = queries.place_of(visit.db, visit.actor, review)
    title, title_lang = title_of(challenge, visit)
    state, kind = state_of(review, application)
    return About(
        name=name_of(review, visit.lang),
        challenge_title=title,
        challenge_lang=title_lang,
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        path=path_of(review),
        place=place,
        previous_url=visit.url(f"/reviews/{place.previous}") if place.previous else None,
        next_url=visit.url(f"/reviews/{place.next}") if place.next else None,
        due=review.due_at,
        zone=visit.zone,
        is_overdue=rules.is_to_do(review, application) and review.due_at <= visit.now,
        state=state,
        kind=kind,
        is_blind=review.is_blind,
        why_blind=rule_reason(terms_of(challenge), Rule.NAMES_HIDDEN, visit.lang),
        names_url=visit.url(f"/reviews/challenges/{challenge.slug}/names")
        if review.is_blind and application.names_shown_at is not None
        else "",
    )


def _may(visit: Visit, review: Review) -> May:
    ruling = rules.may_score(visit.actor, review, declared=True)
    return May(
        score=bool(ruling),
        why_not=ruling.reason if isinstance(ruling, No) and review.state in SCORING else None,
        take_up=bool(rules.may_take_up(visit.actor, review, declared=True)),
        declare=bool(rules.may_declare_conflict(visit.actor, review)),
    )


def _read(visit: Visit, review: Review) -> Submitted | None:
    """Return what was submitted; None where it was left to the others.

    Names stay hidden where this review is blind, also to somebody who could see them elsewhere.
    Raises `NotFound` where the application is closed to the reviewer.
    """
    if review.state == State.ABSTAINED:
        return None
    how = how_of(visit.db, visit.actor, review.application)
    if how is None:
        raise NotFound
    return reading.submitted(
        visit.db, review.application,
        how=How.BLIND if review.is_blind else how, lang=visit.lang, url=visit.url,
    )  # fmt: skip


def _passages(parts: list[Part]) -> dict[str, list[tuple[str, str]]]:
    """Return by criterion what the application says to it: (label, place on the page)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in (row for part in parts for row in part.rows):
        if row.question.criterion:
            place = (row.label.text, f"#answer-{row.question.id}")
            found.setdefault(row.question.criterion, []).append(place)
    return found


def _confidence(value: str) -> Message | None:
    return CONFIDENCES.get(value)


def _running(visit: Visit, review: Review) -> Running:
    criteria = rubric_of(review.application.challenge).scored
    points = actions.sheet_of(review).points
    given = sum(points.get(one.id) is not None for one in criteria)
    mean = scoring.running_mean(points, criteria)
    return Running(points_text(mean, visit.lang), given, len(criteria))


def _other(visit: Visit, one: queries.Named, criteria: list[Criterion]) -> OtherReview:
    sheet = actions.sheet_of(one.review)
    return OtherReview(
        person=one.person or visit.say(msg("Somebody of the jury")),
        mean=points_text(one.review.mean, visit.lang),
        comment=sheet.comment,
        confidence=_confidence(sheet.confidence),
        rows=given_rows(criteria, sheet, visit.lang),
    )
