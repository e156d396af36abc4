"""What the pages of the glossary share: who may change it, and what its parts are called."""

from collections.abc import Mapping

from govmatch.glossary.entries import Entry, WordKind
from govmatch.glossary.rules import EDITORS
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

PATH = "/glossary"
editor = holder_of(*EDITORS)

LANGUAGE_NAMES: Mapping[Lang, Message] = {
    "de": msg("German"),
    "da": msg("Danish"),
    "en": msg("English"),
}
FIELD_LABELS: Mapping[tuple[Lang, WordKind], Message] = {
    ("de", WordKind.WORD): msg("German words"),
    ("de", WordKind.ABBREVIATION): msg("German abbreviations"),
    ("da", WordKind.WORD): msg("Danish words"),
    ("da", WordKind.ABBREVIATION): msg("Danish abbreviations"),
    ("en", WordKind.WORD): msg("English words"),
    ("en", WordKind.ABBREVIATION): msg("English abbreviations"),
}


def in_order(lang: Lang) -> list[Lang]:
    """Return the languages, the reader's first."""
    return [lang, *(other for other in LANGUAGES if other != lang)]


def name_of(entry: Entry, lang: Lang) -> tuple[str, Lang]:
    """Return the word that an entry is called by, in the reader's language where it has one."""
    for one in in_order(lang):
        if words := entry.of(one):
            return words[0], one
    return "–", lang


def address_of(visit: Visit, entry: Entry, *more: str) -> str:
    return visit.url("/".join((PATH, entry.key, *more)))
