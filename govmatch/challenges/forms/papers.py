"""Attachments in the form of a change: which go, which get a new file, which are new.

A file cannot stay in a form that is shown again, so what was sent is held on the site, and the
form names it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from govmatch.files.models import StoredFile
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.fields import Reader
from govmatch.web.visit import Values

MOST_PAPERS = 10
NEW = range(1, 4)
"""How many attachments one change adds."""
MAX_TITLE = 200

Held = Mapping[str, StoredFile]
"""Files that are held for this challenge, by the id that the form has."""
Papers = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Place:
    """One attachment in the form; `key` begins the names of its fields."""

    key: str
    paper: Mapping[str, Any] | None
    """What stands there now; None for a new one."""

    @property
    def file(self) -> str:
        return f"{self.key}-file"

    @property
    def held(self) -> str:
        return f"{self.key}-held"


def places(before: Papers) -> list[Place]:
    """Return the places of the form: those that are there, and some for new ones."""
    there = [Place(f"paper-{one['sha256'][:16]}", one) for one in before]
    return [*there, *(Place(f"new{number}", None) for number in NEW)]


def held_ids(values: Values, before: Papers) -> list[str]:
    """Return the ids of held files that a form names."""
    return [named for one in places(before) if (named := values.one(one.held))]


def read_papers(reader: Reader, values: Values, before: Papers, held: Held) -> Papers:
    """Return the attachments as they are to be; what does not fit is named at its field."""
    found: list[Mapping[str, Any]] = []
    for place in places(before):
        file = held.get(reader.text(place.held, limit=40, required=False))
        if values.one(place.held) and file is None:
            reader.wrong(place.file, msg("A file is no longer there. Please choose it again."))
        paper = _new(reader, place, file) if place.paper is None else _old(reader, place, file)
        if paper is None:
            continue
        if wrong := _clash(paper, found):
            reader.wrong(place.file, wrong)
        found.append(paper)
    if len(found) > MOST_PAPERS:
        reader.wrong("papers", msg("At most {n} attachments are possible.", n=MOST_PAPERS))
    return found


def _old(reader: Reader, place: Place, file: StoredFile | None) -> Mapping[str, Any] | None:
    if reader.yes(f"{place.key}-remove", required=False):
        return None
    assert place.paper is not None
    return place.paper if file is None else {**place.paper, **_facts(file)}


def _new(reader: Reader, place: Place, file: StoredFile | None) -> Mapping[str, Any] | None:
    names = {lang: f"{place.key}-title-{lang}" for lang in LANGUAGES}
    typed = {
        lang: reader.text(name, limit=MAX_TITLE, required=False) for lang, name in names.items()
    }
    titles = {lang: text for lang, text in typed.items() if text}
    if file is None:
        if titles:
            reader.wrong(place.file, msg("Please choose a file."))
        return None
    if not titles:
        reader.wrong(next(iter(names.values())), msg("Please give a title."))
    return {**_facts(file), "title": titles}


def _facts(file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }


def _clash(paper: Mapping[str, Any], others: Papers) -> Message | None:
    if any(one["sha256"] == paper["sha256"] for one in others):
        return msg("This file is there already.")
    if any(one["name"] == paper["name"] for one in others):
        return msg("There is another attachment with this file name.")
    return None
