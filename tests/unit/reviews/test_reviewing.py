"""Saving, submitting, leaving, taking up again; what counts, and what others see."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.applications.models import State as ApplicationState
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.journal import rows_about, seal
from govmatch.reviews import actions, queries
from govmatch.reviews.actions import Sheet
from govmatch.reviews.models import NEXT_STATES, Review, State
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of, score, submitted
from tests.web.reviews.world import Selection


@pytest.fixture
def review(session: Session, selection: Selection) -> Review:
    """Lea's review of Nordlys; Greta has the same applications."""
    for who in ("lea", "greta"):
        declare(session, selection, who)
    assign(session, selection, "lea", "greta")
    return review_of(session, selection, "lea", "nordlys")


def test_a_draft_is_kept_unfinished(session: Session, selection: Selection, review: Review) -> None:
    score(session, review, selection.world.lea, fit=None, team=1)
    assert review.state == State.DRAFT
    assert actions.sheet_of(review).points == {"fit": None, "team": 1}
    assert review.mean is None


def test_a_save_on_an_old_page_overwrites_nothing(
    session: Session, selection: Selection, review: Review
) -> None:
    score(session, review, selection.world.lea, fit=2)
    lea = acting(session, selection.world.lea)
    with pytest.raises(Conflict):
        actions.save(session, review, Sheet({"fit": 5}), revision=1, actor=lea, now=NOW)
    assert actions.sheet_of(review).points["fit"] == 2


def test_points_for_what_is_no_criterion_are_left_out(
    session: Session, selection: Selection, review: Review
) -> None:
    lea = acting(session, selection.world.lea)
    sheet = Sheet({"fit": 3, "charm": 5})
    actions.save(session, review, sheet, revision=1, actor=lea, now=NOW)
    assert actions.sheet_of(review).points == {"fit": 3, "team": None}


def test_what_is_missing_is_named_at_the_submission(
    session: Session, selection: Selection, review: Review
) -> None:
    lea = acting(session, selection.world.lea)
    sheet = Sheet({"fit": 5, "team": None})
    actions.save(session, review, sheet, revision=1, actor=lea, now=NOW)
    with pytest.raises(Invalid) as caught:
        actions.submit(session, review, actor=lea, now=NOW)
    assert set(caught.value.errors) == {"comment-fit", "points-team"}
    assert review.state == State.DRAFT


def test_a_submitted_review_has_its_weighted_mean_and_a_hash(
    session: Session, selection: Selection, review: Review
) -> None:
    score(session, review, selection.world.lea, fit=5, team=0)
    actions.submit(session, review, actor=acting(session, selection.world.lea), now=NOW)
    assert review.mean == 3.0
    (recorded,) = [
        one.event.data() for one in session.info["journal"]
        if type(one.event).__name__ == "ReviewSubmitted"
    ]  # fmt: skip
    assert recorded["content_hash"] == actions.content_hash(review)
    assert set(recorded) == {"review_id", "person_id", "content_hash"}


def test_others_are_hidden_until_the_own_is_in(
    session: Session, selection: Selection, review: Review
) -> None:
    submitted(session, selection, "greta", "nordlys", fit=2)
    assert queries.submitted_by_others(session, review) == []
    score(session, review, selection.world.lea)
    assert queries.submitted_by_others(session, review) == []
    lea = acting(session, selection.world.lea)
    actions.submit(session, review, actor=lea, now=NOW)
    (other,) = queries.submitted_by_others(session, review)
    assert (other.person, other.points["fit"]) == ("Greta", 2)
    actions.take_up(session, review, actor=lea, now=NOW)
    assert queries.submitted_by_others(session, review) == []


def test_taken_up_again_it_does_not_count_until_it_is_in(
    session: Session, selection: Selection, review: Review
) -> None:
    submitted(session, selection, "lea", "nordlys")
    actions.take_up(session, review, actor=acting(session, selection.world.lea), now=NOW)
    summary = queries.summaries(session, [review.application_id])[review.application_id]
    assert (summary.mean, summary.done, summary.assigned, summary.open) == (None, 0, 2, 2)
    assert actions.sheet_of(review).points == {"fit": 4, "team": 3}


def test_left_to_the_others_and_taken_up_after_all(
    session: Session, selection: Selection, review: Review
) -> None:
    lea = acting(session, selection.world.lea)
    with pytest.raises(Invalid):
        actions.abstain(session, review, "", actor=lea, now=NOW)
    actions.abstain(session, review, "Not my field", actor=lea, now=NOW)
    assert queries.count_open(session, selection.challenge) == 3
    with pytest.raises(NotAllowed):
        score(session, review, selection.world.lea)
    actions.take_up(session, review, actor=lea, now=NOW)
    assert review.state == State.ASSIGNED
    score(session, review, selection.world.lea)
    assert review.state == State.DRAFT


def test_nobody_scores_for_another(session: Session, selection: Selection, review: Review) -> None:
    for who in ("greta", "finn", "eva", "hanne", "bo"):
        with pytest.raises(NotAllowed):
            score(session, review, selection.world.people[who])


@pytest.mark.parametrize(
    "state", [ApplicationState.WITHDRAWN, ApplicationState.INELIGIBLE, ApplicationState.INCOMPLETE]
)
def test_what_takes_no_part_is_not_to_do(
    session: Session, selection: Selection, review: Review, state: ApplicationState
) -> None:
    lea = acting(session, selection.world.lea)
    assert queries.count_own(session, lea, is_done=False) == 2
    review.application.state = state.value
    session.flush()
    assert queries.count_own(session, lea, is_done=False) == 1
    with pytest.raises(NotAllowed):
        score(session, review, selection.world.lea)


def test_a_decision_waits_for_open_reviews_and_then_stops_them(
    session: Session, selection: Selection, review: Review
) -> None:
    eva = acting(session, selection.world.eva)
    lea = acting(session, selection.world.lea)
    for who in ("lea", "greta"):
        submitted(session, selection, who, "nordlys")
    submitted(session, selection, "greta", "weser")
    with pytest.raises(Conflict):
        actions.freeze(session, selection.challenge, actor=eva, now=NOW)
    left = review_of(session, selection, "lea", "weser")
    actions.abstain(session, left, "Not my field", actor=lea, now=NOW)
    actions.freeze(session, selection.challenge, actor=eva, now=NOW)
    session.expire_all()
    for one in (review, left):
        with pytest.raises(NotAllowed):
            actions.take_up(session, one, actor=lea, now=NOW)
    assert assign(session, selection, "finn", to=["weser"]).new == []
    actions.declare_conflict(session, review, "Noticed late", actor=lea, now=NOW)
    assert review.state == State.WITHDRAWN
    actions.thaw(session, selection.challenge, actor=eva, now=NOW)
    session.expire_all()
    actions.take_up(session, left, actor=lea, now=NOW)
    assert left.state == State.ASSIGNED


def test_the_ranking_is_by_mean_and_names_what_is_below_the_minimum(
    session: Session, selection: Selection, review: Review
) -> None:
    submitted(session, selection, "lea", "nordlys", fit=2, team=5)
    submitted(session, selection, "greta", "nordlys", fit=3, team=5)
    submitted(session, selection, "lea", "weser", fit=5, team=1)
    first, second = queries.ranking(session, selection.challenge)
    # 60 of fit and 40 of team: (3.2 + 3.8) / 2 before 3.4.
    assert [one.application.firm.slug for one in (first, second)] == ["nordlys", "weser"]
    assert (first.mean, second.mean, first.open_reviews) == (3.5, 3.4, 0)
    by_firm = {one.application.firm.slug: one for one in (first, second)}
    assert by_firm["nordlys"].below_minimum == ("fit",)
    assert by_firm["nordlys"].criterion_means == {"fit": 2.5, "team": 5.0}
    assert (by_firm["weser"].count, by_firm["weser"].open_reviews) == (1, 1)
    assert by_firm["weser"].below_minimum == ()


def test_no_way_of_acting_leaves_the_table_of_states() -> None:
    assert set(NEXT_STATES) == set(State)
    ended = NEXT_STATES[State.WITHDRAWN] | NEXT_STATES[State.RECUSED]
    assert State.SUBMITTED not in ended  # only its reviewer brings points back


def test_reminders_go_out_once_before_and_once_after_the_date(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea", due_at=NOW + timedelta(days=10))
    done = submitted(session, selection, "lea", "nordlys")

    def told(days: int) -> list[tuple[bool, tuple[int, ...]]]:
        session.info.pop("journal", None)
        actions.remind(session, now=NOW + timedelta(days=days))
        return [
            (one.event.is_overdue, one.event.review_ids) for one in session.info.get("journal", [])
        ]

    open_one = review_of(session, selection, "lea", "weser").id
    assert told(6) == []
    assert told(8) == [(False, (open_one,))]
    assert told(9) == []
    assert told(11) == [(True, (open_one,))]
    assert told(12) == []
    assert done.reminded_at is None


def test_a_manager_reminds_again_after_a_day_and_the_site_still_does_before_the_date(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea", due_at=NOW + timedelta(days=10))
    eva = acting(session, selection.world.eva)

    def press(hours: int) -> int:
        seal(session)
        return actions.remind_now(
            session, selection.challenge, None, actor=eva, now=NOW + timedelta(hours=hours)
        )

    assert press(0) == 1
    with pytest.raises(Conflict):
        press(23)
    assert press(25) == 1
    assert {row.actor_id for row in rows_about(session, "challenge", selection.challenge.id)} >= {
        selection.world.eva.id
    }
    open_ones = session.scalars(select(Review).where(Review.reminded_at.is_not(None)))
    assert list(open_ones) == []
