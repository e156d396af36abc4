"""Beginning a challenge: for which authority and programme, in which language, with which title."""

from collections.abc import Collection
from typing import cast
from urllib.parse import urlsplit

from govmatch.challenges.rules.fault_of_words import MAX_TITLE
from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.kit.records import dataclass
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values


@dataclass(frozen=True)
class NewDraft:
    authority: str
    programme: str
    lang: Lang
    title: str
    copy: str
    """The short name of the challenge of which it becomes a copy, or empty."""


def read_draft(values: Values, pairs: Collection[tuple[str, str]]) -> tuple[NewDraft, Form]:
    """Return the beginning of a challenge; `pairs` are the (authority, programme) to choose from.

    Both stand in one field, since an authority writes only for programmes in which it takes part.
    """
    reader = Reader(values)
    place = reader.choice("place", {key_of(*pair) for pair in pairs})
    authority, _, programme = place.partition("/")
    lang = cast(Lang, reader.choice("lang", LANGUAGES))
    title = reader.text("title", limit=MAX_TITLE)
    copy = slug_in(reader.text("copy", limit=300, required=False))
    return NewDraft(authority, programme, lang, title, copy), reader.form


def slug_in(text: str) -> str:
    """Return the short name of a challenge in its address, or the text where it is one itself."""
    path = urlsplit(text.strip()).path
    name = path.partition("/challenges/")[2] or path
    return name.strip("/").partition("/")[0].partition(".")[0]


def key_of(authority: str, programme: str) -> str:
    """Return how a pair is named in the form; no short name has a slash."""
    return f"{authority}/{programme}"
