"""From the words of a query to the question that the ranking takes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from govmatch.search.analysis import LANGUAGES, root
from govmatch.search.readable import Readable, of_language
from govmatch.search.relevance import languages
from govmatch.search.relevance.questions import Asked, Question, build
from govmatch.search.relevance.ranking import Ranking
from govmatch.search.relevance.terms import Splitters, query_terms, read
from govmatch.search.relevance.tuning import DEFAULT

_OF_THE_READER = 0.5
"""How likely the reader's own language is before a word is read; the texts share the rest."""


def written_in(text: str, readable: Readable, lang: str) -> str:
    """Return the language in which a query is most likely written by a reader of `lang`."""
    allowed = readable.allowed
    counts = {
        one: int(np.count_nonzero(readable.view.in_language(one) & allowed.flags))
        for one in LANGUAGES
    }
    every = sum(counts.values()) or 1
    before = {
        one: _OF_THE_READER * (one == lang) + (1 - _OF_THE_READER) * count / every
        for one, count in counts.items()
    }
    return languages.detect(text, before=before)


def question_of(text: str, language: str, splitters: Splitters) -> Question:
    """Return what to look up for the words of a query in this language.

    In texts of the other languages a word has the roots that it has in those.
    """
    question = build(query_terms(text, language=language, splitters=splitters), DEFAULT)
    if question.is_profile:
        return question
    foreign: dict[str, dict[str, None]] = {}
    for words in read(text, language):
        for word in words:
            others = ((one, root(word.plain, one)) for one in LANGUAGES if one != language)
            foreign.setdefault(word.root, {}).update(
                {of_language(own, one): None for one, own in others if own and own != word.root}
            )
    return replace(question, terms=[_also(asked, foreign) for asked in question.terms])


def _also(asked: Asked, foreign: dict[str, dict[str, None]]) -> Asked:
    more: Sequence[str] = tuple(foreign.get(asked.term, ()))
    return replace(asked, spellings=(*asked.spellings, *more)) if more else asked


def ranking_for(readable: Readable) -> Ranking:
    """Return the ranking of what a reader may find; what it works out is kept for the next time."""
    key = readable.allowed.key
    kept = readable.view.snapshot.impacts if key else None
    return Ranking(readable, nearby=readable, kept=kept, key=key)
