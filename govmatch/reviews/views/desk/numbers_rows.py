"""What the points of a challenge say, as rows of tables."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews.telling_numbers import share_text, signed, with_error
from govmatch.reviews.views.desk.numbers_told import Told

if TYPE_CHECKING:
    from govmatch.reviews.numbers.disagreement import Contested

MOST_CONTESTED = 10


@dataclass(frozen=True)
class Row:
    """An application: `share` is that of the draws in which it is on the shortlist."""

    rank: int
    name: str
    url: str
    reviews: int
    mean: str
    median: str
    normalised: str
    normalised_rank: int
    share: str
    is_listed: bool


@dataclass(frozen=True)
class Criterion:
    label: str
    lang: str | None
    deviation: str
    applications: int


@dataclass(frozen=True)
class Habit:
    """How a reviewer scores, beside the others."""

    name: str
    reviews: int
    shift: str
    stretch: str


@dataclass(frozen=True)
class Change:
    """What is done to the points or weights, and who comes in and goes out."""

    words: str
    enter: str
    leave: str


@dataclass(frozen=True)
class ContestedRow:
    name: str
    url: str
    range: str
    deviation: str


def rows_of(told: Told) -> list[Row]:
    numbers, lang = told.numbers, told.visit.lang
    shortlist = set(numbers.firmness.shortlist)
    rows = [
        Row(
            rank=numbers.ranks[place],
            name=name,
            url=told.urls[place],
            reviews=int(numbers.sheets.reviews_of_each[place]),
            mean=told.number(float(numbers.means[place])),
            median=told.number(float(numbers.medians[place])),
            normalised=with_error(
                told.number(float(numbers.normalised.means[place])),
                float(numbers.normalised.errors[place]),
                lang,
            ),
            normalised_rank=numbers.normalised_ranks[place],
            share=share_text(float(numbers.firmness.shares[place]), lang),
            is_listed=place in shortlist,
        )
        for place, name in enumerate(told.names)
    ]
    return sorted(rows, key=lambda row: row.rank)


def criteria_of(told: Told) -> list[Criterion]:
    return [
        Criterion(
            told.criteria[one.criterion].label,
            told.criteria[one.criterion].lang,
            with_error(told.number(one.deviation), one.error, told.visit.lang),
            one.applications,
        )
        for one in told.numbers.apart
        if one.criterion in told.criteria
    ]


def contested_seen(told: Told) -> "list[tuple[int, Contested]]":
    """Return the applications on which reviewers disagree at all, the most first, by place."""
    places = {number: place for place, number in enumerate(told.numbers.sheets.applications)}
    return [(places[one.application], one) for one in told.numbers.contested if one.deviation > 0]


def contested_of(told: Told) -> list[ContestedRow]:
    return [
        ContestedRow(
            told.names[place],
            told.urls[place],
            f"{told.number(one.lowest)}–{told.number(one.highest)}",
            with_error(told.number(one.deviation), one.error, told.visit.lang),
        )
        for place, one in contested_seen(told)[:MOST_CONTESTED]
    ]


def habits_of(told: Told) -> list[Habit]:
    """Return how each reviewer scores; somebody of the jury reads their own line alone."""
    normalised, sheets = told.numbers.normalised, told.numbers.sheets
    lang = told.visit.lang
    return [
        Habit(
            name=name,
            reviews=int(sheets.reviews_by_each[place]),
            shift=with_error(
                signed(float(normalised.shifts[place]), lang),
                float(normalised.shift_errors[place]),
                lang,
            ),
            stretch=told.number(float(normalised.stretches[place])),
        )
        for place, name in habits_seen(told)
    ]


def habits_seen(told: Told) -> list[tuple[int, str]]:
    """Return the reviewers whose habits this reader may see, each by place and name."""
    own, reviewers = told.visit.actor.person_id, told.numbers.sheets.reviewers
    return [
        (place, name)
        for place, name in enumerate(told.people)
        if told.reads_all or reviewers[place] == own
    ]


def count_without_effect(told: Told) -> int:
    """Return how many reviewers could be left out one by one without any change."""
    return sum(not (one.enter or one.leave) for one in told.numbers.firmness.without)


def without_of(told: Told) -> list[Change]:
    return [
        Change(told.people[one.reviewer], told.listed(one.enter), told.listed(one.leave))
        for one in told.numbers.firmness.without
        if one.enter or one.leave
    ]


def count_weights_without_effect(told: Told) -> int:
    """Return how many weights could be a fifth more or less, one by one, without any change."""
    return sum(not (one.enter or one.leave) for one in told.numbers.firmness.reweighed)


def weights_of(told: Told) -> list[Change]:
    """Return the weights that change the shortlist when they are a fifth more or less."""
    found = []
    for one in told.numbers.firmness.reweighed:
        if not (one.enter or one.leave):
            continue
        criterion = told.numbers.sheets.criteria[one.criterion]
        words: Callable[[str], Message] = _more if one.factor > 1 else _less
        name = told.visit.say(words(told.label(criterion)))
        found.append(Change(name, told.listed(one.enter), told.listed(one.leave)))
    return found


def _more(criterion: str) -> Message:
    return msg("{criterion}: a fifth more", criterion=criterion)


def _less(criterion: str) -> Message:
    return msg("{criterion}: a fifth less", criterion=criterion)


def facts_of(told: Told) -> list[tuple[str, str]]:
    """Return what was learnt from the points, as standard deviations."""
    normalised, say, lang = told.numbers.normalised, told.visit.say, told.visit.lang
    spread = normalised.spread
    return [
        (say(msg("Mean of all (m)")), told.number(normalised.middle)),
        (say(msg("Between applications (q)")), told.number(spread.quality**0.5)),
        (say(msg("Between reviewers’ shifts (b)")), told.number(spread.shift**0.5)),
        (say(msg("Between reviewers’ stretches (a)")), told.number(spread.stretch**0.5)),
        (say(msg("The rest (e)")), told.number(spread.rest**0.5)),
        (
            say(msg("Known of the differences between shifts")),
            share_text(normalised.reliability, lang),
        ),
    ]
