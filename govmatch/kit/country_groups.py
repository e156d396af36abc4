"""The groups of countries that eligibility may name, by ISO 3166-1 alpha-2 codes."""

from collections.abc import Iterable

# Article 52 of the Treaty on European Union; the United Kingdom left on 31 January 2020.
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
# Agreement on the European Economic Area, article 126: the EU with Iceland, Liechtenstein, Norway.
EEA = EU | {"IS", "LI", "NO"}

GROUPS = {"EU": EU, "EEA": EEA}


def countries_in(codes: Iterable[str]) -> frozenset[str]:
    """Return the countries that a list of countries and groups stands for."""
    found: frozenset[str] = frozenset()
    for code in codes:
        found |= GROUPS.get(code, frozenset({code}))
    return found
