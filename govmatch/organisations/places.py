"""Countries and languages: their names in the reader's language, in the order of the names."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale

from govmatch.kit.countries import country_codes
from govmatch.kit.formats import LOCALES
from govmatch.kit.i18n import LANGUAGES as OURS
from govmatch.kit.i18n import Lang
from govmatch.organisations.names import fold

LANGUAGES: tuple[str, ...] = (
    "da", "de", "en",
    "bg", "cs", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nl",
    "no", "pl", "pt", "ro", "sk", "sl", "sv", "uk",
)  # fmt: skip
"""Languages in which a firm may work: those of this site, the EU, its neighbours, and Ukrainian."""


@lru_cache(maxsize=3)
def countries(lang: Lang) -> dict[str, str]:
    """Return the name of every country by its code, in the order of the names."""
    known = Locale.parse(LOCALES[lang]).territories
    found = {code: str(known[code]) for code in country_codes()}
    return dict(sorted(found.items(), key=lambda item: fold(item[1])))


@lru_cache(maxsize=3)
def languages(lang: Lang) -> dict[str, str]:
    """Return the name of every language a firm may name; those of this site come first."""
    known = Locale.parse(LOCALES[lang]).languages
    names = {code: str(known[code])[:1].upper() + str(known[code])[1:] for code in LANGUAGES}
    ours = {code: names.pop(code) for code in LANGUAGES[:3]}
    return ours | dict(sorted(names.items(), key=lambda item: fold(item[1])))


def country_name(code: str, lang: Lang) -> str:
    return countries(lang).get(code, code)


def language_name(code: str, lang: Lang) -> str:
    return languages(lang).get(code, code)


def language_in_words(code: str, lang: Lang) -> str:
    """Return a language as it is written inside a sentence: «på dansk», «auf Dänisch»."""
    return str(Locale.parse(LOCALES[lang]).languages.get(code, code))


def named_languages(reader: Lang) -> list[tuple[Lang, str]]:
    """Return our languages, called as the reader calls them inside a sentence."""
    return [(code, language_in_words(code, reader)) for code in OURS]


def language_list(codes: Sequence[str], lang: Lang) -> str:
    """Return languages in one line, written as in a sentence: «Dansk, engelsk» in Danish."""
    known = Locale.parse(LOCALES[lang]).languages
    names = [str(known.get(code, code)) for code in codes]
    return ", ".join([language_name(codes[0], lang), *names[1:]]) if names else ""
