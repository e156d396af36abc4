"""What the points of a challenge say: normalised means, disagreement, how firm a shortlist is."""

from statistics import fmean, median

import numpy as np
import pytest

from govmatch.reviews import scoring
from govmatch.reviews.numbers.disagreement import contested, disagreement
from govmatch.reviews.numbers.normalising import normalise
from govmatch.reviews.numbers.sensitivity import firmness
from govmatch.reviews.numbers.sheets import Given, Sheets
from govmatch.reviews.numbers.told import tell
from govmatch.reviews.numbers.trust import Doubt, trust
from govmatch.reviews.scoring import Weighed
from tests.timing import soonest
from tests.unit.reviews.simulating import CRITERIA, simulate, tau

ONE = [Weighed("fit", 1, None)]
SEEDS = range(8)


def sheets_of(*given: tuple[int, int, int | None]) -> Sheets:
    """Lay out (application, reviewer, points) of one criterion."""
    return Sheets.of([Given(i, r, {"fit": points}) for i, r, points in given], ONE)


def test_marks_and_means_are_those_that_the_ranking_is_made_of() -> None:
    given = simulate(1, applications=12, reviewers=4).given
    sheets = Sheets.of(given, CRITERIA)
    marks = sheets.marks()
    expected = [scoring.weighted_mean(one.points, CRITERIA) for one in given]
    assert sorted(marks) == pytest.approx(sorted(one for one in expected if one is not None))
    for place, application in enumerate(sheets.applications):
        points = [one.points for one in given if one.application == application]
        assert sheets.means()[place] == pytest.approx(scoring.overall(points, CRITERIA))


def test_a_criterion_without_points_is_left_out_of_its_review() -> None:
    criteria = [Weighed("fit", 60, None), Weighed("team", 40, None)]
    given = [Given(1, 1, {"fit": 4, "team": None}), Given(1, 2, {"fit": 2, "team": 5})]
    sheets = Sheets.of([*given, Given(2, 1, {"fit": None, "team": None})], criteria)
    assert sheets.applications == (1,)
    # Whoever left the team out is taken to see it as the other did.
    assert sheets.marks().tolist() == [(4 * 60 + 5 * 40) / 100, (2 * 60 + 5 * 40) / 100]
    assert sheets.means().tolist() == [(3 * 60 + 5 * 40) / 100]


def test_what_is_computed_counts_and_has_no_habits() -> None:
    price = Weighed("price", 50, None)
    given = [Given(i, r, {"fit": i + r}) for i in (1, 2, 3) for r in (0, 2)]
    scored = Sheets.of(given, [Weighed("fit", 50, None)])
    sheets = Sheets.of(given, [Weighed("fit", 50, None)], fixed={price: {1: 5.0, 2: 2.5, 3: 0.0}})
    assert sheets.criteria == ("fit", "price")
    assert sheets.means().tolist() == [(2 + 5) / 2, (3 + 2.5) / 2, (4 + 0) / 2]
    plain, both = normalise(scored), normalise(sheets)
    assert both.shifts.tolist() == plain.shifts.tolist()
    assert both.means == pytest.approx((plain.means + np.array([5.0, 2.5, 0.0])) / 2)
    told = tell(sheets, size=1, order=[0, 1, 2])
    assert told.medians.tolist() == [(2 + 5) / 2, (3 + 2.5) / 2, (4 + 0) / 2]
    assert [one.criterion for one in told.apart] == ["fit"]
    assert {(one.criterion, one.factor) for one in told.firmness.reweighed} == {
        (0, 0.8),
        (0, 1.2),
        (1, 0.8),
        (1, 1.2),
    }


@pytest.mark.parametrize(("applications", "reviewers"), [(200, 40), (60, 10), (24, 6)])
def test_normalised_means_find_the_true_order_better_than_raw_ones(
    applications: int, reviewers: int
) -> None:
    raw, normalised = [], []
    for seed in SEEDS:
        world = simulate(seed, applications=applications, reviewers=reviewers)
        sheets = Sheets.of(world.given, CRITERIA)
        raw.append(tau(world.quality, sheets.means()))
        normalised.append(tau(world.quality, normalise(sheets).means))
    assert fmean(normalised) > fmean(raw) + 0.05
    assert sum(ours > plain for ours, plain in zip(normalised, raw, strict=True)) >= 6


def test_the_habits_of_reviewers_are_found() -> None:
    world = simulate(3)
    found = normalise(Sheets.of(world.given, CRITERIA))
    assert np.corrcoef(world.shifts, found.shifts)[0, 1] > 0.9
    assert np.corrcoef(world.stretches, found.stretches)[0, 1] > 0.5
    assert found.spread.shift**0.5 == pytest.approx(0.7, abs=0.2)


def test_reviewers_without_habits_cost_the_order_next_to_nothing() -> None:
    lost = []
    for seed in SEEDS:
        world = simulate(seed, shift=0.0, stretch=0.0)
        sheets = Sheets.of(world.given, CRITERIA)
        plain = tau(world.quality, sheets.means())
        lost.append(plain - tau(world.quality, normalise(sheets).means))
    assert fmean(lost) < 0.02


def test_two_reviewers_who_differ_by_two_points_throughout_are_brought_together() -> None:
    given = [(i, r, points + 2 * r) for i, points in enumerate((1, 2, 3) * 4) for r in (0, 1)]
    alone = [(100, 0, 3), (101, 1, 3)]
    sheets = sheets_of(*given, *alone)
    found = normalise(sheets)
    assert found.shifts[1] - found.shifts[0] == pytest.approx(2, abs=0.3)
    strict, mild = found.means[-2:]
    assert sheets.means()[-2:].tolist() == [3, 3]
    assert strict - mild == pytest.approx(2, abs=0.4)


def test_one_review_alone_is_told_as_it_is() -> None:
    found = tell(sheets_of((7, 9, 4)), size=1, order=[0])
    assert found.means.tolist() == found.medians.tolist() == [4.0]
    assert np.isfinite(found.normalised.means).all() and np.isfinite(found.normalised.errors).all()
    assert found.firmness.shares.tolist() == [1.0]
    assert {doubt for doubt, _ in found.trust.doubts} >= {
        Doubt.FEW_APPLICATIONS,
        Doubt.ONE_REVIEWER,
        Doubt.ALONE,
    }
    assert found.trust.is_grave


def test_disagreement_is_the_deviation_within_applications_with_the_error_of_a_jackknife() -> None:
    found = disagreement(sheets_of((1, 1, 1), (1, 2, 3), (2, 1, 4), (2, 2, 4), (3, 1, 5)))[0]
    assert found.applications == 2
    assert found.deviation == pytest.approx((2 / 2) ** 0.5)
    # Without the first nobody disagrees, without the second the deviation is the root of two.
    without = [0.0, 2**0.5]
    middle = fmean(without)
    assert found.error == pytest.approx((sum((one - middle) ** 2 for one in without) / 2) ** 0.5)


def test_disagreement_of_single_reviews_is_not_told() -> None:
    found = disagreement(sheets_of((1, 1, 1), (2, 2, 5)))[0]
    assert (found.applications, found.deviation, found.error) == (0, None, None)


def test_what_is_most_contested_comes_first() -> None:
    sheets = sheets_of((1, 1, 2), (1, 2, 3), (2, 1, 0), (2, 2, 5), (3, 1, 4))
    assert [(one.application, one.lowest, one.highest) for one in contested(sheets)] == [
        (2, 0.0, 5.0),
        (1, 2.0, 3.0),
    ]


def test_what_everybody_puts_first_is_on_the_shortlist_in_every_draw() -> None:
    given = [(1, r, 5) for r in range(4)] + [(2, r, 1) for r in range(4)]
    contested_pair = [(3, 0, 5), (3, 1, 1), (4, 2, 3), (4, 3, 3)]
    found = firmness(sheets_of(*given, *contested_pair), size=2)
    assert found.shares[0] == 1.0
    assert found.shares[1] == 0.0
    assert 0.35 < found.shares[2] < 0.65
    assert found.shares.sum() == pytest.approx(2)


def test_the_same_points_give_the_same_shares() -> None:
    sheets = Sheets.of(simulate(5, applications=30, reviewers=6).given, CRITERIA)
    assert (firmness(sheets, size=6).shares == firmness(sheets, size=6).shares).all()


def test_who_tips_the_shortlist_is_named() -> None:
    sheets = sheets_of((1, 1, 5), (1, 2, 2), (2, 1, 3), (2, 2, 3))
    found = firmness(sheets, size=1)
    assert found.shortlist == (0,)
    assert [(sheets.reviewers[one.reviewer], one.enter, one.leave) for one in found.without] == [
        (1, (1,), (0,)),
        (2, (), ()),
    ]


def test_an_application_that_one_person_alone_reviewed_keeps_its_mean_without_them() -> None:
    found = firmness(sheets_of((1, 1, 5), (2, 2, 3), (2, 1, 3)), size=1)
    assert all(one.enter == () for one in found.without)


def test_a_weight_that_tips_the_shortlist_is_named() -> None:
    criteria = [Weighed("fit", 50, None), Weighed("team", 50, None)]
    given = [Given(1, 1, {"fit": 5, "team": 2}), Given(2, 1, {"fit": 2, "team": 5})]
    found = firmness(Sheets.of(given, criteria), size=1, order=[0, 1])
    changed = {(one.criterion, one.factor): one.enter for one in found.reweighed}
    assert found.shortlist == (0,)
    assert changed == {(0, 0.8): (1,), (0, 1.2): (), (1, 0.8): (), (1, 1.2): (1,)}


def test_equal_means_stand_in_the_given_order() -> None:
    sheets = sheets_of((1, 1, 3), (2, 1, 3), (3, 1, 4))
    assert tell(sheets, size=2, order=[1, 0, 2]).ranks == (3, 2, 1)
    assert firmness(sheets, size=2, order=[1, 0, 2]).shortlist == (1, 2)


def test_reviews_that_fall_apart_are_told() -> None:
    left = [(i, r, 3 + i % 2) for i in range(6) for r in (1, 2)]
    right = [(10 + i, r, 2 + i % 3) for i in range(6) for r in (3, 4, 5)]
    sheets = sheets_of(*left, *right)
    found = trust(sheets, normalise(sheets))
    assert (Doubt.APART, 2) in found.doubts
    assert [[sheets.reviewers[one] for one in part] for part in found.parts] == [[3, 4, 5], [1, 2]]
    assert found.is_grave
    linked = sheets_of(*left, *right, (0, 5, 3))
    assert Doubt.APART not in dict(trust(linked, normalise(linked)).doubts)


def test_many_overlaps_leave_no_doubt() -> None:
    world = simulate(2)
    sheets = Sheets.of(world.given, CRITERIA)
    assert trust(sheets, normalise(sheets)).doubts == ()


def test_two_reviews_of_each_person_are_too_few_to_know_them() -> None:
    world = simulate(2, applications=10, reviewers=10, each=2)
    sheets = Sheets.of(world.given, CRITERIA)
    doubts = dict(trust(sheets, normalise(sheets)).doubts)
    assert doubts[Doubt.FEW_BY_ONE] == 10


def test_medians_are_those_of_each_applications_reviews() -> None:
    sheets = sheets_of((1, 1, 0), (1, 2, 4), (1, 3, 5), (2, 1, 2), (2, 2, 3))
    found = tell(sheets, size=1, order=[0, 1])
    assert found.medians.tolist() == [median([0, 4, 5]), median([2, 3])]


def test_two_hundred_applications_take_no_three_tenths_of_a_second() -> None:
    given = simulate(4).given
    _, seconds = soonest(
        lambda: tell(Sheets.of(given, CRITERIA), size=6, order=list(range(200))), under=0.3
    )
    assert seconds < 0.3
