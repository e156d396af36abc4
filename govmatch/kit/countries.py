"""Codes of countries (ISO 3166-1 alpha-2)."""

from functools import cache

from govmatch.kit.formats import locale

# What CLDR names beside countries: groups, unknown and made-up regions, and islands and exclaves
# whose codes are kept free for other purposes only.
_NO_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of all countries, as CLDR knows them."""
    names = map(str, locale("en").territories)
    return frozenset(name for name in names if len(name) == 2 and name.isalpha()) - _NO_COUNTRIES
