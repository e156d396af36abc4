"""The fields of /firms: what may stand before a colon in the box of the directory."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg, say
from govmatch.organisations.places import countries, languages
from govmatch.organisations.showing import SHORT_SIZES
from govmatch.search.fields import TITLE, Field, Fields, Kind
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import terms

Labels = Mapping[str, Mapping[str, str]]
"""Each value with what it is called in each language."""

THEME = Field(
    names={"en": "theme", "de": "thema", "da": "tema"},
    kind=Kind.VALUE,
    looks_in="theme",
    label=msg("Theme"),
    help=msg("Challenges and firms of a theme."),
)
TECHNOLOGY = Field(
    names={"en": "technology", "de": "technologie", "da": "teknologi"},
    kind=Kind.VALUE,
    looks_in="technology",
    label=msg("Technology"),
    help=msg("Challenges and firms of a technology."),
)
COUNTRY = Field(
    names={"en": "country", "de": "land", "da": "land"},
    kind=Kind.VALUE,
    looks_in="country",
    label=msg("Country"),
    help=msg("The country of the authority or the firm."),
)
LANGUAGE = Field(
    names={"en": "lang", "de": "sprache", "da": "sprog"},
    kind=Kind.VALUE,
    looks_in="lang",
    label=msg("Language"),
    help=msg("The language of a text."),
)
NAME = Field(
    names={"en": "title", "de": "titel", "da": "titel"},
    kind=Kind.WORDS,
    looks_in=TITLE,
    label=msg("Title"),
    help=msg("A word or a “phrase” in the title alone."),
)
SIZE = Field(
    names={"en": "size", "de": "größe", "da": "størrelse"},
    kind=Kind.VALUE,
    looks_in="size",
    label=msg("Size"),
)

TABLE = (THEME, TECHNOLOGY, COUNTRY, SIZE, replace(LANGUAGE, looks_in="language"), NAME)


def fields(session: ReadSession, *, typed: str) -> Fields:
    """Return the fields; what themes are called is read only where a colon was typed."""
    plain = _without_terms()
    if ":" not in typed:
        return plain
    return plain.with_values(
        {
            THEME.name: term_labels(session, TermKind.THEME),
            TECHNOLOGY.name: term_labels(session, TermKind.TECHNOLOGY),
        }
    )


@cache
def _without_terms() -> Fields:
    values = {
        COUNTRY.name: in_all(countries),
        LANGUAGE.name: in_all(languages),
        SIZE.name: spoken(SHORT_SIZES),
    }
    return Fields(TABLE, values)


def term_labels(session: ReadSession, kind: TermKind) -> Labels:
    """Return every term of a kind with its labels; one statement."""
    return {term.slug: term.labels for term in terms(session, kind)}


def spoken(names: Mapping[str, Message]) -> Labels:
    """Return messages in all languages."""
    return {value: {lang: say(name, lang) for lang in LANGUAGES} for value, name in names.items()}


def in_all(names: Callable[[Lang], Mapping[str, str]]) -> Labels:
    """Return what values are called in all languages."""
    found: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        for code, name in names(lang).items():
            found.setdefault(code, {})[lang] = name
    return found
