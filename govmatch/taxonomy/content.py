"""Themes and technologies as content/taxonomy says them."""

from collections.abc import Mapping

from govmatch.kit.content import Folder, Place, Problem, Wrong, read_yaml
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.taxonomy.models import TermKind

FILES: Mapping[TermKind, str] = {TermKind.THEME: "themes", TermKind.TECHNOLOGY: "technologies"}
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TermData:
    """One term; `position` is its place in the file, by which terms are shown."""

    kind: TermKind
    slug: str
    parent: str | None
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    position: int


def read_terms(folder: Folder, kind: TermKind, problems: list[Problem]) -> list[TermData] | None:
    """Return the terms of one kind, or None when their file is wrong; `problems` then says how."""
    word = FILES[kind]
    try:
        tree = read_yaml(folder.read(f"taxonomy/{word}.yaml"))
    except Wrong as wrong:
        problems.append(wrong.problem)
        return None
    before = len(problems)
    top = Place.top(tree, problems)
    top.only((word,))
    places = top.needed(word).items(low=1, high=MOST)
    found = [
        _term(place, kind, position) for position, place in enumerate(places) if place.is_mapping()
    ]
    _check_slugs(places, found)
    return found if len(problems) == before else None


def _term(place: Place, kind: TermKind, position: int) -> TermData:
    place.only(("slug", "parent", "label", "description"))
    return TermData(
        kind=kind,
        slug=place.needed("slug").slug(),
        parent=place.child("parent").slug() or None,
        labels=place.needed("label").texts(limit=120),
        descriptions=place.child("description").texts(limit=500),
        position=position,
    )


def _check_slugs(places: list[Place], terms: list[TermData]) -> None:
    """Note slugs given twice, parents that are not there, and parents that have a parent."""
    by_slug: dict[str, TermData] = {}
    for place, term in zip(places, terms, strict=False):
        if term.slug in by_slug:
            place.child("slug").wrong(
                msg("{slug} stands here a second time.", slug=term.slug),
                msg("Keep one of the two."),
            )
        by_slug.setdefault(term.slug, term)
    for place, term in zip(places, terms, strict=False):
        parent = by_slug.get(term.parent or "")
        if term.parent and (parent is None or parent.parent is not None):
            place.child("parent").wrong(
                msg("{slug} is no heading of this file.", slug=term.parent),
                msg("Name a term of this file that has no parent itself."),
            )
