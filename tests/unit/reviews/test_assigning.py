"""Assigning by hand: what is given, what is not and why, what can be taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from govmatch.applications.models import Access
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.reviews import actions, queries
from govmatch.reviews.models import Review, State
from govmatch.reviews.queries import Outcome
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import IN_TWO_WEEKS, assign, declare, review_of, score, submitted
from tests.web.reviews.world import Selection
from tests.web.reviews.world import selection as make


def recorded(session: Session) -> list[str]:
    return [type(one.event).__name__ for one in session.info.get("journal", [])]


def test_everything_to_everybody_but_conflicts(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    plan = assign(session, selection, "greta", "lea")
    new = {(one.application.firm.slug, one.person.name) for one in plan.new}
    assert new == {("weser", "Greta"), ("nordlys", "Lea"), ("weser", "Lea")}
    refused = {(one.application.firm.slug, one.person.name): one.outcome for one in plan.refused}
    assert refused == {("nordlys", "Greta"): Outcome.CONFLICT}
    assert recorded(session).count("ReviewAssigned") == 3
    # One mail for each person, whatever they were given.
    assert recorded(session).count("ReviewsAssigned") == 2


def test_assigning_again_keeps_what_is_there(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta", to=["nordlys"])
    before = submitted(session, selection, "greta", "nordlys").public_id
    plan = assign(session, selection, "greta")
    assert [one.outcome for one in plan.pairs] == [Outcome.ALREADY, Outcome.NEW]
    assert review_of(session, selection, "greta", "nordlys").public_id == before


def test_reviews_are_blind_where_the_programme_hides_names(session: Session) -> None:
    for hides, how in ((True, "blind"), (False, "full")):
        nested = session.begin_nested()
        made = make(session, hides_names=hides)
        declare(session, made, "lea")
        assign(session, made, "lea", to=["weser"])
        assert review_of(session, made, "lea", "weser").is_blind is hides
        assert session.scalars(select(Access.how)).all() == [how]
        nested.rollback()


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (ApplicationState.SUBMITTED, Outcome.NEW),
        (ApplicationState.INCOMPLETE, Outcome.NEW),
        (ApplicationState.SHORTLISTED, Outcome.NEW),
        (ApplicationState.INELIGIBLE, Outcome.NOT_IN_STATE),
        (ApplicationState.WITHDRAWN, Outcome.NOT_IN_STATE),
        (ApplicationState.SELECTED, Outcome.NOT_IN_STATE),
    ],
)
def test_only_what_takes_part_is_given(
    session: Session, selection: Selection, state: ApplicationState, outcome: Outcome
) -> None:
    selection.applications["weser"].state = state.value
    plan = assign(session, selection, "lea", to=["weser"])
    assert [one.outcome for one in plan.pairs] == [outcome]


def test_nobody_outside_the_jury_is_given_anything(session: Session, selection: Selection) -> None:
    plan = assign(session, selection, "gro", "hanne", to=["weser"])
    assert {one.outcome for one in plan.pairs} == {Outcome.NOT_ON_JURY}
    assert session.scalars(select(Review)).all() == []


@pytest.mark.parametrize("who", ["astrid", "hanne", "jens", "kim", "ida", "lea", "bo"])
def test_only_a_manager_assigns(session: Session, selection: Selection, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.assign(
            session, [selection.applications["weser"]], [selection.world.lea], due_at=IN_TWO_WEEKS,
            actor=acting(session, selection.world.people[who]), now=NOW, real_now=NOW,
        )  # fmt: skip


def test_nothing_is_given_before_the_opening_or_after_the_decision(
    session: Session, selection: Selection
) -> None:
    selection.challenge.state = ChallengeState.DECIDED.value
    with pytest.raises(NotAllowed):
        assign(session, selection, "lea")
    selection.challenge.state, selection.challenge.opened_at = ChallengeState.PUBLISHED.value, None
    with pytest.raises(NotAllowed):
        assign(session, selection, "lea")
    assert session.scalars(select(Review)).all() == []


def test_a_date_that_has_passed_is_refused(session: Session, selection: Selection) -> None:
    with pytest.raises(Invalid):
        assign(session, selection, "lea", due_at=NOW)


def test_what_nobody_scored_can_be_taken_back(session: Session, selection: Selection) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea")
    eva = acting(session, selection.world.eva)
    actions.unassign(session, review_of(session, selection, "lea", "weser"), actor=eva, now=NOW)
    assert [one.application.firm.slug for one in session.scalars(select(Review))] == ["nordlys"]
    assert len(session.scalars(select(Access)).all()) == 1
    begun = review_of(session, selection, "lea", "nordlys")
    score(session, begun, selection.world.lea)
    with pytest.raises(NotAllowed):
        actions.unassign(session, begun, actor=eva, now=NOW)


def test_what_was_begun_is_set_aside_and_what_was_submitted_counts(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "lea")
    assign(session, selection, "lea")
    eva = acting(session, selection.world.eva)
    begun = review_of(session, selection, "lea", "weser")
    score(session, begun, selection.world.lea, fit=1)
    actions.set_aside(session, begun, "Left the jury", actor=eva, now=NOW)
    assert (begun.state, begun.set_aside_reason) == (State.WITHDRAWN, "Left the jury")
    counting = submitted(session, selection, "lea", "nordlys")
    with pytest.raises(NotAllowed):
        actions.set_aside(session, counting, "I do not like it", actor=eva, now=NOW)
    assert counting.state == State.SUBMITTED


def test_the_preview_takes_as_many_statements_for_many_as_for_one(
    session: Session, selection: Selection
) -> None:
    session.flush()
    applications = list(selection.applications.values())
    people = [selection.world.lea, selection.world.greta, selection.world.finn]
    counted: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *a: counted.append(a[2]))
    queries.preview(session, applications[:1], people[:1], now=NOW)
    one = len(counted)
    queries.preview(session, applications, people, now=NOW)
    assert len(counted) - one == one


def test_moving_the_date_reminds_anew(session: Session, selection: Selection) -> None:
    assign(session, selection, "lea", to=["weser"], due_at=NOW + timedelta(days=2))
    actions.remind(session, now=NOW)
    review = review_of(session, selection, "lea", "weser")
    reminded = review.reminded_at
    eva = acting(session, selection.world.eva)
    actions.move_due(session, review, NOW + timedelta(days=9), actor=eva, now=NOW)
    assert (reminded, review.reminded_at) == (NOW, None)
    assert review.due_at == NOW + timedelta(days=9)
