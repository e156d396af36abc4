"""The trial's programme is raised for load; the programmes that ship stay as strict."""

from pathlib import Path

import pytest

from govmatch.kit.content import Folder, Problem
from govmatch.programmes.content import ProgrammeData, read_programmes
from govmatch.programmes.models import Programme
from govmatch.programmes.queries import limit, rule_value
from govmatch.programmes.switches import USUAL, Limit, Rule
from govmatch.settings import shipped

TRIAL = Path(__file__).with_name("content")


def programmes_in(folder: Path) -> dict[str, ProgrammeData]:
    problems: list[Problem] = []
    found = read_programmes(Folder(folder), problems)
    assert problems == []
    return found


def as_row(data: ProgrammeData) -> Programme:
    return Programme(slug=data.slug, rules=data.rules, limits=data.limits)


@pytest.fixture(params=sorted(programmes_in(shipped("content"))))
def programme(request: pytest.FixtureRequest) -> Programme:
    """Each programme that ships, as the site asks it for its rules."""
    return as_row(programmes_in(shipped("content"))[request.param])


def test_the_default_programme_is_there() -> None:
    assert "govtech" in programmes_in(shipped("content"))


@pytest.mark.parametrize(
    "rule",
    [
        Rule.SEALED,
        Rule.NAMES_HIDDEN,
        Rule.ONE_APPLICATION_PER_FIRM,
        Rule.CONFLICT_FIRST,
        Rule.FEEDBACK_REQUIRED,
        Rule.RESULTS_PUBLIC,
        Rule.STAFF_MAY_NOT_APPLY,
    ],
)
def test_a_programme_that_ships_keeps_its_rules_on(programme: Programme, rule: Rule) -> None:
    assert rule_value(programme, rule) is True


def test_a_programme_that_ships_opens_by_two_people(programme: Programme) -> None:
    assert rule_value(programme, Rule.OPENING_PEOPLE) == 2


@pytest.mark.parametrize("name", list(Limit))
def test_a_programme_that_ships_has_no_raised_limit(programme: Programme, name: Limit) -> None:
    assert limit(programme, name) <= USUAL[name]


def test_a_programme_that_ships_asks_more_than_one_page() -> None:
    for data in programmes_in(shipped("content")).values():
        assert len(data.form["sections"]) > 1


def test_the_trial_has_a_programme_of_its_own_outside_of_content() -> None:
    trial = programmes_in(TRIAL)
    assert set(trial) == {"load-trial"}
    assert set(trial).isdisjoint(programmes_in(shipped("content")))
    files = [path.relative_to(TRIAL) for path in TRIAL.rglob("*.yaml")]
    assert [path for path in files if (shipped("content") / path).exists()] == []


def test_the_trial_says_openly_which_rules_it_switched_off() -> None:
    row = as_row(programmes_in(TRIAL)["load-trial"])
    assert rule_value(row, Rule.SEALED) is False
    assert rule_value(row, Rule.ONE_APPLICATION_PER_FIRM) is False
    assert limit(row, Limit.SUBMISSIONS_PER_HOUR) > USUAL[Limit.SUBMISSIONS_PER_HOUR]
