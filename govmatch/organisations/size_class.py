"""The size class of a firm from its figures (Recommendation 2003/361/EC, annex, article 2).

Fewer people than the ceiling, and turnover or balance sheet total at most that of the class, in the
last closed year, with partner and linked enterprises counted in (articles 3 to 6).
"""

from govmatch.organisations.models import Size

CEILINGS = (
    (Size.MICRO, 10, 2_000_000, 2_000_000),
    (Size.SMALL, 50, 10_000_000, 10_000_000),
    (Size.MEDIUM, 250, 50_000_000, 43_000_000),
)
"""Class, people it must stay below, most turnover and most balance sheet total in euros."""


def size_class(people: int, *, turnover: int | None, balance: int | None) -> Size:
    """Return the class; one of the two amounts is enough, and the lower class counts."""
    for size, below, most_turnover, most_balance in CEILINGS:
        fits_turnover = turnover is not None and turnover <= most_turnover
        fits_balance = balance is not None and balance <= most_balance
        if people < below and (fits_turnover or fits_balance):
            return size
    return Size.LARGE
