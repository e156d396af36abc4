"""What Babel knows of our languages, without what the site never asks it for.

Babel keeps all that CLDR says of a language: 8 MB for three of them, most of it the names of five
thousand provinces and the words for furlongs. What is left out here and asked for nevertheless is
an error at once, a KeyError with the name of what is missing.
"""

from collections.abc import Iterable

from babel import localedata

_NEVER_ASKED_FOR = (
    "compact_currency_formats", "compact_decimal_formats", "compound_unit_patterns",
    "currency_unit_patterns", "date_fields", "datetime_skeletons",
    "interval_formats", "scripts", "unit_display_names", "unit_patterns", "variants",
)  # fmt: skip
_COUNTRY = 2  # letters of its code


def lighten(names: Iterable[str]) -> None:
    """Have Babel keep of these locales only what is asked for; of territories the countries.

    Those that others are made of stand first: a locale begins as a copy of the one above it.
    """
    for name in names:
        known = localedata.load(name)
        for part in _NEVER_ASKED_FOR:
            known.pop(part, None)
        if "territories" in known:
            all_of_them = known["territories"].items()
            known["territories"] = {k: text for k, text in all_of_them if len(k) == _COUNTRY}
