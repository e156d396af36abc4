"""What counts: criteria left out, judged beside the others, computed from prices."""

from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import event, select

from govmatch.applications.models import Version
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Invalid
from govmatch.kit.ids import digest
from govmatch.reviews import actions, queries
from govmatch.reviews.actions import Sheet
from govmatch.reviews.models import Review, State
from govmatch.reviews.pricing import priced
from govmatch.reviews.rubric import rubric_of
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of, submitted
from tests.web.reviews.world import Selection

OFFER = {"id": "offer", "type": "money", "currency": "EUR", "criterion": "price",
         "label": {"en": "Offer"}}  # fmt: skip


@pytest.fixture
def review(session: Session, selection: Selection) -> Review:
    for who in ("lea", "greta"):
        declare(session, selection, who)
        assign(session, selection, who)
    return review_of(session, selection, "lea", "nordlys")


def hand_in(session: Session, selection: Selection, review: Review, sheet: Sheet) -> None:
    lea = acting(session, selection.world.people["lea"])
    actions.save(session, review, sheet, revision=review.revision, actor=lea, now=NOW)
    actions.submit(session, review, actor=lea, now=NOW)


def test_a_criterion_that_one_reviewer_leaves_out_counts_by_the_others(
    session: Session, selection: Selection, review: Review
) -> None:
    """And not by the mean of reviews: leaving a hard one out makes no application better."""
    hand_in(session, selection, review, Sheet({"fit": 4}, left={"team": "I know nobody of them"}))
    assert (review.state, review.mean) == (State.SUBMITTED, 4.0)
    submitted(session, selection, "greta", "nordlys", fit=4, team=1)
    first = queries.ranking(session, selection.challenge)[0]
    assert first.criterion_means == {"fit": 4.0, "team": 1.0}
    assert first.mean == pytest.approx(0.6 * 4 + 0.4 * 1)
    assert first.unjudged == ()


def test_a_criterion_that_nobody_judges_is_named(
    session: Session, selection: Selection, review: Review
) -> None:
    hand_in(session, selection, review, Sheet({"fit": 4}, left={"team": "I know nobody of them"}))
    first = queries.ranking(session, selection.challenge)[0]
    assert (first.mean, first.unjudged) == (4.0, ("team",))


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        (Sheet({"fit": 4}), "points-team"),
        (Sheet({"fit": 4, "team": 3}, left={"team": "Not mine"}), "left-team"),
        (Sheet(left={"fit": "Not mine", "team": "Not mine"}), "points-fit"),
    ],
)
def test_each_criterion_has_either_points_or_the_reason_why_not(
    session: Session, selection: Selection, review: Review, sheet: Sheet, field: str
) -> None:
    with pytest.raises(Invalid) as error:
        hand_in(session, selection, review, sheet)
    assert list(error.value.errors) == [field]
    assert review.state == State.DRAFT


def test_an_independent_criterion_is_judged_and_counts_nothing(
    session: Session, selection: Selection, review: Review
) -> None:
    beside = {"id": "charm", "weight": 0, "minimum": None, "independent": True}
    selection.challenge.criteria = [*selection.challenge.criteria, beside]
    with pytest.raises(Invalid) as error:
        hand_in(session, selection, review, Sheet({"fit": 4, "team": 2}))
    assert list(error.value.errors) == ["points-charm"]
    hand_in(session, selection, review, Sheet({"fit": 4, "team": 2, "charm": 3}))
    assert review.mean == pytest.approx(3.2)
    first = queries.ranking(session, selection.challenge)[0]
    assert first.mean == pytest.approx(3.2)
    assert first.criterion_means == {"fit": 4.0, "team": 2.0, "charm": 3.0}


def test_how_sure_a_reviewer_is_stands_with_the_review_and_in_its_digest(
    session: Session, selection: Selection, review: Review
) -> None:
    hand_in(session, selection, review, Sheet({"fit": 4, "team": 2}, confidence="low"))
    assert actions.sheet_of(review).confidence == "low"
    sure = actions.content_hash(review)
    review.confidence = ""
    # As it was made before anybody could say how sure they are: the journal has that digest.
    before = [{"fit": 4, "team": 2}, {}, "", ""]
    assert actions.content_hash(review) == digest(review.salt + canonical_json(before)) != sure


def test_a_price_is_the_lowest_divided_by_the_own() -> None:
    found = priced({1: Decimal(40_000), 2: Decimal(50_000), 3: None, 4: Decimal(0)})
    assert [found[n].share for n in (1, 2, 3, 4)] == [1, Fraction(4, 5), 0, 0]
    assert [(found[n].percent, found[n].points) for n in (1, 2, 3)] == [(100, 5), (80, 4), (0, 0)]
    assert priced({1: None})[1].points == 0


def ask_for_prices(session: Session, selection: Selection, **prices: str) -> None:
    challenge = selection.challenge
    price = {"id": "price", "formula": "lowest-over-own", "label": {"en": "Price"},
             "formula_text": {"en": "Lowest by own"}, "weight": 50}  # fmt: skip
    programme = selection.world.programmes["long"]
    programme.criteria = [*programme.criteria, price]
    weights = {"fit": 30, "team": 20, "price": 50}
    challenge.criteria = [{"id": one, "weight": n, "minimum": 3 if one == "price" else None}
                          for one, n in weights.items()]  # fmt: skip
    challenge.currency, challenge.questions = "EUR", [OFFER]
    for name, amount in prices.items():
        found = select(Version).where(Version.application_id == selection.applications[name].id)
        version = session.scalars(found).one()
        currency = "DKK" if amount.startswith("DKK") else "EUR"
        offer = {"amount": amount.removeprefix("DKK"), "currency": currency}
        version.answers = {**version.answers, "offer": offer}
    session.flush()


def test_the_price_is_computed_for_the_ranking_and_scored_by_nobody(
    session: Session, selection: Selection, review: Review
) -> None:
    ask_for_prices(session, selection, nordlys="40000.00", weser="80000.00")
    rubric = rubric_of(selection.challenge)
    assert [one.id for one in rubric.by_hand] == ["fit", "team"]
    sheet = Sheet({"fit": 4, "team": 4, "price": 5})
    hand_in(session, selection, review, sheet)
    assert actions.sheet_of(review).points == {"fit": 4, "team": 4}
    assert review.mean == 4.0
    submitted(session, selection, "lea", "weser", fit=4, team=4)
    first, second = queries.ranking(session, selection.challenge)
    assert first.criterion_means == {"fit": 4.0, "team": 4.0, "price": 5.0}
    assert second.criterion_means["price"] == 2.5
    assert (first.mean, second.mean) == (4.5, 3.25)
    assert second.price is not None and second.price.percent == 50
    assert (first.below_minimum, second.below_minimum) == ((), ("price",))


def test_a_price_that_cannot_be_compared_gets_nothing_and_lowers_nobody_elses(
    session: Session, selection: Selection, review: Review
) -> None:
    """In another currency, or left out."""
    ask_for_prices(session, selection, nordlys="40000.00", weser="DKK1.00")
    first, second = queries.ranking(session, selection.challenge)
    points = {one.application.firm.slug: one.criterion_means for one in (first, second)}
    assert points == {"nordlys": {"price": 5.0}, "weser": {"price": 0.0}}
    assert (first.mean, second.mean) == (None, None), "a price alone is no review"


def test_what_is_computed_alone_is_what_the_ranking_has_in_two_statements(
    session: Session, selection: Selection
) -> None:
    without = selection.challenge
    assert queries.points_computed(session, [without]) == {}
    ask_for_prices(session, selection, nordlys="40000.00", weser="80000.00")
    ranked = {
        one.application.id: dict(one.criterion_means)
        for one in queries.ranking(session, selection.challenge)
    }
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    found = queries.points_computed(session, [selection.challenge])
    event.remove(engine, "before_cursor_execute", note)
    assert found == ranked
    assert sorted(one["price"] for one in found.values()) == [2.5, 5.0]
    assert len(seen) == 2
