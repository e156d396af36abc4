"""What stands above a code in whichever taxonomy: `cpv:48444000`, `theme:invoicing`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from govmatch.kit.db import ReadSession
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import Term, TermKind

CPV = "cpv:"
THEME = f"{TermKind.THEME.value}:"
TECHNOLOGY = f"{TermKind.TECHNOLOGY.value}:"

Parents = Callable[[str], Sequence[str]]


def theme_parents(session: ReadSession) -> dict[str, str]:
    """Return the heading of each theme that stands under one, by slug."""
    found = select(Term.slug, Term.parent).where(
        Term.kind == TermKind.THEME.value, Term.parent.is_not(None)
    )
    return {slug: parent for slug, parent in session.execute(found) if parent is not None}


def parents(session: ReadSession, content_dir: Path) -> Parents:
    """Return what finds the codes above a code, nearest first; technologies stand side by side."""
    codes, headings = cpv.codes(content_dir), theme_parents(session)

    def above(code: str) -> Sequence[str]:
        if code.startswith(CPV):
            return [CPV + parent for parent in codes.parents(code.removeprefix(CPV))]
        found: list[str] = []
        slug = headings.get(code.removeprefix(THEME)) if code.startswith(THEME) else None
        while slug and THEME + slug not in found:
            found.append(THEME + slug)
            slug = headings.get(slug)
        return found

    return above
