"""Which challenges a feed or a calendar is of: those of the filters of the public list."""

from collections.abc import Mapping

from govmatch.challenges.public_list import FACETS, PublicList, public_list
from govmatch.kit.i18n import pick
from govmatch.organisations.queries.authorities import names_of
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels
from govmatch.web.visit import Visit

MOST_WISHES = 20


def known(visit: Visit) -> PublicList:
    return public_list(
        visit.db,
        public_id=visit.public_id,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )


def wishes(visit: Visit, *, without: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Return the chosen values by facet; one that no challenge has gives nothing."""
    chosen = {
        facet: list(dict.fromkeys(visit.query.all(facet)))[:MOST_WISHES]
        for facet in FACETS
        if facet not in without
    }
    return {facet: values for facet, values in chosen.items() if values}


def called(visit: Visit, title: str, wanted: Mapping[str, list[str]]) -> str:
    """Return the title with the themes and authorities that were chosen."""
    themes = all_labels(visit.db, TermKind.THEME, wanted.get("theme", []))
    authorities = names_of(visit.db, wanted.get("authority", []))
    names = [pick(texts, visit.lang)[0] for texts in (*themes.values(), *authorities.values())]
    return f"{title}: {', '.join(names)}" if names else title
