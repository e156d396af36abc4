"""Every `select` about challenges; `visible_to` first, then the questions that pages ask."""

from govmatch.challenges.queries.finding import all_challenges, find_by_slug, in_files
from govmatch.challenges.queries.forms import form_of, terms_of
from govmatch.challenges.queries.known import known, programme_facts
from govmatch.challenges.queries.moments import next_change, next_change_of, next_midnight
from govmatch.challenges.queries.people import (
    approvers,
    approvers_of_authority,
    managers,
    own_approvers,
    people,
    writers,
)
from govmatch.challenges.queries.reading import (
    amendments,
    languages,
    last_amendment,
    shown_changes,
    term_labels,
    terms,
    text_for,
)
from govmatch.challenges.queries.results import is_told, told, told_slugs
from govmatch.challenges.queries.visible import (
    get_visible,
    public_at,
    visible_among,
    visible_to,
)

__all__ = [
    "all_challenges",
    "amendments",
    "approvers",
    "approvers_of_authority",
    "find_by_slug",
    "form_of",
    "get_visible",
    "in_files",
    "is_told",
    "known",
    "languages",
    "last_amendment",
    "managers",
    "next_change",
    "next_change_of",
    "next_midnight",
    "own_approvers",
    "people",
    "programme_facts",
    "public_at",
    "shown_changes",
    "term_labels",
    "terms",
    "terms_of",
    "text_for",
    "told",
    "told_slugs",
    "visible_among",
    "visible_to",
    "writers",
]
