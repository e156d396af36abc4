"""Points for prices by the published formula: lowest price / own price x 100. Pure.

The lowest price of all admitted applications gets 100 of 100, the others their share of it; divided
by 20 that are points from 0 to 5, like those of every other criterion.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from govmatch.kit.records import dataclass

HUNDRED = 100
_PER_POINT = 20


@dataclass(frozen=True, slots=True)
class Priced:
    """What an application asks, the lowest that any asks, and what follows from both.

    `amount` is None where there is no price that can be compared; that gets nothing.
    """

    amount: Decimal | None
    lowest: Decimal | None

    @property
    def share(self) -> Fraction:
        """Return the share of the lowest price in the own one, from 0 to 1, exactly."""
        if self.amount is None or self.lowest is None:
            return Fraction(0)
        return Fraction(self.lowest) / Fraction(self.amount)

    @property
    def percent(self) -> float:
        """Return lowest price / own price x 100."""
        return float(self.share * HUNDRED)

    @property
    def points(self) -> float:
        """Return the same from 0 to 5."""
        return float(self.share * HUNDRED / _PER_POINT)


def priced(prices: Mapping[int, Decimal | None]) -> dict[int, Priced]:
    """Return the points of all prices; a price of nothing or less cannot be compared."""
    known = {key: price if price is not None and price > 0 else None
             for key, price in prices.items()}  # fmt: skip
    lowest = min((price for price in known.values() if price is not None), default=None)
    return {key: Priced(price, lowest) for key, price in known.items()}
