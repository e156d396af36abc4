"""The terms there are, and how they are called."""

from collections.abc import Collection

from sqlalchemy import select

from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, pick
from govmatch.kit.records import dataclass
from govmatch.taxonomy.models import Term, TermKind


def terms(session: ReadSession, kind: TermKind) -> list[Term]:
    """Return the terms of a kind in the order of their file."""
    found = select(Term).where(Term.kind == kind.value).order_by(Term.position, Term.slug)
    return list(session.scalars(found))


def slugs(session: ReadSession, kind: TermKind) -> frozenset[str]:
    return frozenset(session.scalars(select(Term.slug).where(Term.kind == kind.value)))


def labels(session: ReadSession, kind: TermKind, lang: Lang) -> dict[str, str]:
    """Return what each term is called in `lang`, by slug, in the order of the file."""
    return {term.slug: pick(term.labels, lang)[0] for term in terms(session, kind)}


def all_labels(
    session: ReadSession, kind: TermKind, wanted: Collection[str]
) -> dict[str, dict[str, str]]:
    """Return what some terms are called in every language, by slug."""
    found = select(Term.slug, Term.labels).where(Term.kind == kind.value, Term.slug.in_(wanted))
    return dict(session.execute(found).all())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the themes with what stands below it."""

    term: Term
    children: list[Term]


def headings(session: ReadSession, kind: TermKind) -> list[Heading]:
    """Return the terms without a parent, each with its children; a flat list has only headings."""
    every = terms(session, kind)
    return [
        Heading(top, [term for term in every if term.parent == top.slug])
        for top in every
        if top.parent is None
    ]


def with_children(session: ReadSession, kind: TermKind, wanted: Collection[str]) -> frozenset[str]:
    """Return the slugs given and those of the terms below them."""
    below = select(Term.slug).where(Term.kind == kind.value, Term.parent.in_(wanted))
    return frozenset(wanted) | frozenset(session.scalars(below))
