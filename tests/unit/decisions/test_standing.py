"""Ranking is arithmetic; departing from it is seen."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from govmatch.applications.models import Application
from govmatch.decisions.models import Outcome
from govmatch.decisions.standing import (
    Choice,
    Standing,
    departures,
    first_choices,
    reserves_in_order,
    standings,
)
from govmatch.reviews.pricing import Priced

S, R, N = Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED


@dataclass
class Stand:
    application: Application
    mean: float | None
    count: int = 1
    below_minimum: tuple[str, ...] = ()
    open_reviews: int = 0
    criterion_means: dict[str, float] = field(default_factory=dict)
    price: Priced | None = None
    unjudged: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()


def order(*means: float | None, below: tuple[int, ...] = ()) -> list[Standing]:
    """Return a ranking of applications 1, 2, ... with these means."""
    return standings(
        Stand(
            Application(id=number, alias=number, state="in_review", public_id=f"a{number}"),
            mean,
            below_minimum=("fit",) if number in below else (),
        )
        for number, mean in enumerate(means, 1)
    )


def ids(found: list[Standing]) -> list[int]:
    return [one.application.id for one in found]


def test_the_best_mean_stands_first_and_what_cannot_be_selected_last() -> None:
    found = order(3.0, 5.0, None, 4.0, 4.5, below=(5,))
    assert ids(found) == [2, 4, 1, 5, 3]
    assert [one.rank for one in found] == [1, 2, 3, None, None]


def test_equal_means_share_a_rank() -> None:
    assert [one.rank for one in order(4.0, 4.0, 5.0, 3.0)] == [1, 2, 2, 4]


def test_what_was_decided_or_waits_for_the_formal_check_is_not_ranked() -> None:
    rows = [
        Stand(Application(id=1, alias=1, state=state), 4.0)
        for state in (
            "submitted",
            "incomplete",
            "ineligible",
            "withdrawn",
            "selected",
            "shortlisted",
        )
    ]
    assert len(standings(rows)) == 1


def parted(found: list[Standing], *outcomes: Choice) -> list[tuple[int, int, bool]]:
    choices = dict(enumerate(outcomes, 1))
    return [
        (one.better.application.id, one.worse.application.id, one.is_tie)
        for one in departures(found, choices)
    ]


def test_following_the_ranking_departs_from_nothing() -> None:
    choices = (Choice(S), Choice(R, 1), Choice(R, 2), Choice(N))
    assert parted(order(5.0, 4.0, 3.0, 2.0), *choices) == []


def test_a_worse_mean_that_fares_better_is_found() -> None:
    found = order(5.0, 4.0, 3.0)
    assert parted(found, Choice(N), Choice(S), Choice(N)) == [(1, 2, False)]
    assert parted(found, Choice(S), Choice(R, 2), Choice(R, 1)) == [(2, 3, False)]


def test_equals_that_fare_differently_are_a_tie() -> None:
    assert parted(order(4.0, 4.0), Choice(S), Choice(N)) == [(1, 2, True)]
    assert parted(order(4.0, 4.0), Choice(N), Choice(S)) == [(1, 2, True)]
    assert parted(order(4.0, 4.0), Choice(S), Choice(S)) == []


def test_what_cannot_be_selected_departs_from_nothing() -> None:
    assert parted(order(5.0, 4.0, below=(1,)), Choice(N), Choice(S)) == []


@given(st.lists(st.integers(0, 50), unique=True, max_size=12), st.integers(1, 4))
def test_the_suggestion_needs_no_reason_where_means_differ(means: list[int], places: int) -> None:
    found = order(*(mean / 10 for mean in means))
    assert departures(found, first_choices(found, places)) == []


@given(st.lists(st.sampled_from([S, R, N]), min_size=1, max_size=10))
def test_reserves_are_numbered_without_gaps(outcomes: list[Outcome]) -> None:
    found = order(*(float(len(outcomes) - n) for n in range(len(outcomes))))
    choices = {n: Choice(one, 7 if one is R else None) for n, one in enumerate(outcomes, 1)}
    places = reserves_in_order(choices, found)
    assert sorted(places.values()) == list(range(1, outcomes.count(R) + 1))
