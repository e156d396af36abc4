"""Beginning a challenge: for which authority and programme, in which language, with which title."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from govmatch.challenges.rules.fault_of_words import MAX_TITLE
from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values


@dataclass(frozen=True)
class NewDraft:
    authority: str
    programme: str
    lang: Lang
    title: str


def read_draft(values: Values, pairs: Collection[tuple[str, str]]) -> tuple[NewDraft, Form]:
    """Return the beginning of a challenge; `pairs` are the (authority, programme) to choose from.

    Both stand in one field, since an authority writes only for programmes in which it takes part.
    """
    reader = Reader(values)
    place = reader.choice("place", {key_of(*pair) for pair in pairs})
    authority, _, programme = place.partition("/")
    lang = cast(Lang, reader.choice("lang", LANGUAGES))
    title = reader.text("title", limit=MAX_TITLE)
    return NewDraft(authority, programme, lang, title), reader.form


def key_of(authority: str, programme: str) -> str:
    """Return how a pair is named in the form; no short name has a slash."""
    return f"{authority}/{programme}"
