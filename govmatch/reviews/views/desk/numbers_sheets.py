"""The tables of the page of numbers as files: what the reader sees there, for a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews.views.desk.numbers_rows import (
    Change,
    contested_seen,
    habits_seen,
    weights_of,
    without_of,
)
from govmatch.reviews.views.desk.numbers_told import Told


@dataclass(frozen=True)
class Sheet:
    """A table of numbers; None is an empty cell."""

    title: Message
    head: Sequence[Message]
    rows: Sequence[Sequence[object]]


def _means(told: Told) -> Sheet:
    numbers = told.numbers
    shortlist = set(numbers.firmness.shortlist)
    order = sorted(range(len(told.names)), key=lambda place: numbers.ranks[place])
    rows = [
        [
            numbers.ranks[place],
            told.names[place],
            int(numbers.sheets.reviews_of_each[place]),
            _rounded(numbers.means[place]),
            _rounded(numbers.medians[place]),
            _rounded(numbers.normalised.means[place]),
            _rounded(numbers.normalised.errors[place]),
            numbers.normalised_ranks[place],
            _rounded(numbers.firmness.shares[place]),
            told.visit.say(msg("Yes") if place in shortlist else msg("No")),
        ]
        for place in order
    ]
    head = [
        *(msg("Rank"), msg("Applicant"), msg("Reviews"), msg("Mean"), msg("Median")),
        *(msg("Normalised"), msg("Standard error"), msg("Rank by that")),
        msg("Among the first {top}", top=told.top),
        msg("On the shortlist"),
    ]
    return Sheet(msg("Means, raw and normalised"), head, rows)


def _changes(title: Message, first: Message, found: Sequence[Change]) -> Sheet:
    head = [first, msg("Comes in"), msg("Goes out")]
    return Sheet(title, head, [[one.words, one.enter, one.leave] for one in found])


def _without(told: Told) -> Sheet:
    return _changes(msg("Without one reviewer"), msg("Without"), without_of(told))


def _weights(told: Told) -> Sheet:
    return _changes(msg("With other weights"), msg("Weight"), weights_of(told))


def _criteria(told: Told) -> Sheet:
    rows = [
        [told.label(one.criterion), _rounded(one.deviation), _rounded(one.error), one.applications]
        for one in told.numbers.apart
        if one.criterion in told.criteria
    ]
    head = [msg("Criterion"), msg("Disagreement"), msg("Standard error")]
    return Sheet(msg("Where reviewers disagree"), [*head, msg("Applications compared")], rows)


def _contested(told: Told) -> Sheet:
    rows = [
        [
            told.names[place],
            _rounded(one.lowest),
            _rounded(one.highest),
            _rounded(one.deviation),
        ]
        for place, one in contested_seen(told)
    ]
    head = [msg("Applicant"), msg("Lowest mean"), msg("Highest mean"), msg("Disagreement")]
    return Sheet(msg("The applications with most disagreement"), head, rows)


def _habits(told: Told) -> Sheet:
    normalised, sheets = told.numbers.normalised, told.numbers.sheets
    rows = [
        [
            name,
            int(sheets.reviews_by_each[place]),
            _rounded(normalised.shifts[place]),
            _rounded(normalised.shift_errors[place]),
            _rounded(normalised.stretches[place]),
        ]
        for place, name in habits_seen(told)
    ]
    head = [msg("Reviewer"), msg("Reviews"), msg("Shift (b)"), msg("Standard error")]
    return Sheet(msg("How reviewers score"), [*head, msg("Stretch (a)")], rows)


def _rounded(value: float | None) -> float | None:
    """Return a number to three places, one more than the page shows."""
    return None if value is None else round(float(value), 3)


SHEETS: Mapping[str, Callable[[Told], Sheet]] = {
    "means": _means,
    "without": _without,
    "weights": _weights,
    "criteria": _criteria,
    "contested": _contested,
    "habits": _habits,
}
"""Each table by the name of its file."""
