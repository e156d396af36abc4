"""What a jury is told to talk about: where reviewers part, and what is near the border."""

from dataclasses import dataclass
from typing import Any

import pytest

from govmatch.applications.models import Application
from govmatch.panels.agenda import Suggested, suggested
from govmatch.panels.rules import faults_of_call, missing_for
from govmatch.reviews.numbers.disagreement import contested, disagreement
from govmatch.reviews.numbers.sheets import Given, Sheets
from govmatch.reviews.scoring import Weighed

CRITERIA = [Weighed("fit", 60, 2), Weighed("team", 40, None)]


@dataclass
class Stand:
    application: Application
    mean: float | None


def agenda(points: dict[int, list[tuple[int, int]]], *, places: int = 9) -> list[Suggested]:
    """Return the agenda where reviewers gave these points for fit and team, best first."""
    given = [
        Given(number, reviewer, {"fit": fit, "team": team})
        for number, several in points.items()
        for reviewer, (fit, team) in enumerate(several)
    ]
    sheets = Sheets.of(given, CRITERIA)
    stands = [
        Stand(Application(id=number), 5.0 - place / 10 if points[number] else None)
        for place, number in enumerate(points)
    ]
    return suggested(stands, contested(sheets), disagreement(sheets), places=places)


def test_the_widest_disagreement_stands_first_with_its_standard_error() -> None:
    found = agenda({1: [(3, 5), (3, 1)], 2: [(4, 3), (0, 3)]})
    assert [one.application.id for one in found] == [2, 1]
    assert [one.disagreement for one in found] == pytest.approx([2.4 / 2**0.5, 1.6 / 2**0.5])
    assert [one.error for one in found] == pytest.approx([1.2, 0.8])
    assert [one.wide for one in found] == [("fit",), ("team",)]


def test_it_is_the_disagreement_of_the_page_of_the_numbers() -> None:
    given = {1: [(5, 1), (2, 4), (0, 3)], 2: [(3, 3), (4, 1)]}
    sheets = Sheets.of(
        [
            Given(number, reviewer, {"fit": fit, "team": team})
            for number, several in given.items()
            for reviewer, (fit, team) in enumerate(several)
        ],
        CRITERIA,
    )
    told = [(one.application, one.deviation, one.error) for one in contested(sheets)]
    shown = [(one.application.id, one.disagreement, one.error) for one in agenda(given)]
    assert shown == told


def test_only_what_is_as_far_apart_as_usual_in_the_challenge_is_wide() -> None:
    found = agenda({1: [(0, 3), (5, 3)], 2: [(0, 3), (5, 3)], 3: [(2, 3), (4, 3)]})
    assert [(one.application.id, one.wide) for one in found] == [
        (1, ("fit",)),
        (2, ("fit",)),
        (3, ()),
    ]


def test_unity_far_from_the_border_is_not_suggested() -> None:
    unity = {number: [(3, 3), (3, 3)] for number in range(1, 7)}
    near = [one.application.id for one in agenda(unity, places=3) if one.is_suggested]
    assert near == [2, 3, 4, 5]
    few = {number: unity[number] for number in (1, 2)}
    assert not any(one.is_suggested for one in agenda(few, places=3))


def test_a_single_review_comes_last_and_nothing_is_said_of_disagreement() -> None:
    found = agenda({1: [(5, 5)], 2: [(4, 4), (4, 4)]})
    assert [(one.application.id, one.disagreement) for one in found] == [(2, 0.0), (1, None)]
    assert not found[1].is_suggested


def test_what_nobody_reviewed_is_not_discussed() -> None:
    assert agenda({1: []}) == []


def test_one_point_apart_is_no_disagreement() -> None:
    [one] = agenda({1: [(0, 0), (1, 1)]})
    assert one.disagreement == pytest.approx(0.5**0.5)
    assert not one.is_suggested


def test_a_conflict_takes_somebody_out_of_the_quorum_of_that_application_alone() -> None:
    barred = {(11, 2)}
    assert missing_for({1: 10, 2: 11}, {1, 2}, barred, quorum=2) == [2]
    assert missing_for({1: 10, 2: 11}, {1, 2, 3}, barred, quorum=2) == []


def test_a_call_is_refused_for_what_is_wrong_with_it() -> None:
    right: dict[str, Any] = {
        "people": (1, 2),
        "chair": 1,
        "items": (10,),
        "quorum": 2,
        "barred": set(),
    }
    assert faults_of_call(**right, has_place=True) == {}
    assert set(faults_of_call(**right, has_place=False)) == {"place"}
    assert set(faults_of_call(**{**right, "chair": 3}, has_place=True)) == {"chair"}
    assert set(faults_of_call(**{**right, "items": ()}, has_place=True)) == {"items"}
    closed = {**right, "people": (1, 2, 3), "barred": {(10, 1)}}
    assert set(faults_of_call(**closed, has_place=True)) == {"chair"}
    assert set(faults_of_call(**{**right, "barred": {(10, 2)}}, has_place=True)) == {"members"}
