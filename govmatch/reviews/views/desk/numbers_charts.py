"""What the points of a challenge say, as drawings; the page has each of them as a table too."""

from govmatch.kit.i18n import msg, msgn
from govmatch.kit.records import dataclass
from govmatch.reviews.telling_numbers import share_text
from govmatch.reviews.views.desk.numbers_told import Told
from govmatch.web.bars import Amount, BarChart, bar_chart
from govmatch.web.pairs import Couple, PairChart, pair_chart

MOST_DRAWN = 20
LEVELS = (0, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Charts:
    pairs: PairChart
    shares: BarChart | None
    criteria: BarChart | None


def charts_of(told: Told) -> Charts:
    numbers, say = told.numbers, told.visit.say
    places = sorted(range(len(told.names)), key=lambda place: numbers.ranks[place])[:MOST_DRAWN]
    pairs = pair_chart(
        [
            Couple(
                f"{numbers.ranks[place]}. {told.names[place]}",
                float(numbers.means[place]),
                float(numbers.normalised.means[place]),
            )
            for place in places
        ],
        title=say(msg("Raw and normalised means")),
        description=say(
            msgn(
                "Ring: raw mean. Square: normalised mean. The first {n}; the table below has all.",
                "Ring: raw mean. Square: normalised mean. The first {n}; the table below has all.",
                n=len(places),
            )
        ),
        levels=LEVELS,
    )
    return Charts(pairs, _shares_chart(told), _criteria_chart(told))


def _shares_chart(told: Told) -> BarChart:
    shares, lang = told.numbers.firmness.shares, told.visit.lang
    places = sorted(range(len(told.names)), key=lambda one: (-shares[one], told.numbers.ranks[one]))
    return bar_chart(
        [
            Amount(told.names[one], float(shares[one]), share_text(float(shares[one]), lang))
            for one in places[:MOST_DRAWN]
            if shares[one] > 0
        ],
        title=told.visit.say(msg("How often each application is on the shortlist")),
        description=told.visit.say(
            msg("Share of the draws in which it is among the first {top}.", top=told.top)
        ),
    )


def _criteria_chart(told: Told) -> BarChart | None:
    amounts = [
        Amount(told.label(one.criterion), one.deviation, told.number(one.deviation))
        for one in told.numbers.apart
        if one.deviation is not None
    ]
    if not amounts:
        return None
    return bar_chart(
        amounts,
        title=told.visit.say(msg("Disagreement by criterion")),
        description=told.visit.say(
            msg("How far reviewers of the same application lie apart, in points.")
        ),
    )
