"""The site's own pages in the index."""

from collections.abc import Iterable

from govmatch.explore.pages_on_disk import all_pages
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.search.entry import Entry
from govmatch.search.indexed import Indexed


def _slugs(background: Background) -> list[str]:
    return sorted({slug for slug, _ in all_pages(background.settings)})


def ids(background: Background, _session: ReadSession) -> Iterable[int]:
    """Pages are counted in the order of their names."""
    return range(len(_slugs(background)))


def entries(background: Background, _session: ReadSession, number: int) -> list[Entry]:
    slug = _slugs(background)[number]
    return [
        Entry(
            kind="page",
            id=str(number),
            lang=page.lang,
            title=page.title,
            text=f"{page.description} {page.text}",
            url=f"/pages/{slug}",
        )
        for (page_slug, _), page in all_pages(background.settings).items()
        if page_slug == slug
    ]


INDEXED = {"page": Indexed(ids, entries, from_files=True)}
