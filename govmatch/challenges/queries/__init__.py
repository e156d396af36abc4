"""Every `select` about challenges; `visible_to` first, then the questions that pages ask."""

from govmatch.challenges.queries.finding import (
    all_challenges,
    find_by_slug,
    from_need,
    in_files,
    slugs,
)
from govmatch.challenges.queries.form_versions import (
    form_number,
    form_versions,
    has_form_versions,
)
from govmatch.challenges.queries.forms import form_of, programme_form_of, terms_of
from govmatch.challenges.queries.known import known, programme_facts
from govmatch.challenges.queries.lacking import lacking, lacks_route
from govmatch.challenges.queries.moments import next_change, next_change_of, next_midnight
from govmatch.challenges.queries.papers import held_papers
from govmatch.challenges.queries.people import (
    approvers,
    approvers_of_authority,
    managers,
    own_approvers,
    people,
    staff,
    writers,
)
from govmatch.challenges.queries.previews import (
    count_opening,
    link_of_token,
    preview_link,
    preview_links,
)
from govmatch.challenges.queries.reading import (
    amendments,
    differences,
    get_amendment,
    languages,
    last_amendment,
    naming_of,
    shown_changes,
    term_labels,
    terms,
    text_for,
)
from govmatch.challenges.queries.results import is_told, told, told_slugs
from govmatch.challenges.queries.rounds import (
    given_remarks,
    last_submission,
    own_drafts,
    remarks_of,
    submissions,
)
from govmatch.challenges.queries.routing import last_buyer, route_choice, route_choices
from govmatch.challenges.queries.versions import outdated, statement_at, versions
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
    "count_opening",
    "differences",
    "find_by_slug",
    "form_number",
    "form_of",
    "form_versions",
    "from_need",
    "get_amendment",
    "get_visible",
    "given_remarks",
    "has_form_versions",
    "held_papers",
    "in_files",
    "is_told",
    "known",
    "lacking",
    "lacks_route",
    "languages",
    "last_amendment",
    "last_buyer",
    "last_submission",
    "link_of_token",
    "managers",
    "naming_of",
    "next_change",
    "next_change_of",
    "next_midnight",
    "outdated",
    "own_approvers",
    "own_drafts",
    "people",
    "preview_link",
    "preview_links",
    "programme_facts",
    "programme_form_of",
    "public_at",
    "remarks_of",
    "route_choice",
    "route_choices",
    "shown_changes",
    "slugs",
    "staff",
    "statement_at",
    "submissions",
    "term_labels",
    "terms",
    "terms_of",
    "text_for",
    "told",
    "told_slugs",
    "versions",
    "visible_among",
    "visible_to",
    "writers",
]
