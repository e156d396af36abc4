"""Every `select` about questions; `visible_to` first, then what pages ask."""

from govmatch.questions.queries.answering import (
    draft_of,
    get_answer,
    get_for_answering,
    known_firms,
    listed_for_answering,
)
from govmatch.questions.queries.asking import (
    asked_by,
    asker_of,
    exports_of,
    get_own,
    own_questions,
    words_about,
)
from govmatch.questions.queries.due import overdue_challenges, tells, waiting_challenges
from govmatch.questions.queries.public import (
    ANSWERS,
    Shown,
    count_shown,
    declined_openly,
    indexed_ids,
    of_challenge,
    published,
    with_answer,
)
from govmatch.questions.queries.visible import shown_at, visible_among, visible_to

__all__ = [
    "ANSWERS",
    "Shown",
    "asked_by",
    "asker_of",
    "count_shown",
    "declined_openly",
    "draft_of",
    "exports_of",
    "get_answer",
    "get_for_answering",
    "get_own",
    "indexed_ids",
    "known_firms",
    "listed_for_answering",
    "of_challenge",
    "overdue_challenges",
    "own_questions",
    "published",
    "shown_at",
    "tells",
    "visible_among",
    "visible_to",
    "waiting_challenges",
    "with_answer",
    "words_about",
]
