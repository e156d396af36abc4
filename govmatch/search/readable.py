"""A generation as the ranking sees it for one reader: only what this reader may find is there."""

from govmatch.kit.records import dataclass
from govmatch.search.arrays import Found, sum_of
from govmatch.search.audience import Allowed
from govmatch.search.form import CONCEPTS, HEADINGS, ROOTS
from govmatch.search.relevance import terms
from govmatch.search.relevance.postings import Impact, Norm, Numbers
from govmatch.search.relevance.tuning import Saturation
from govmatch.search.snapshot import View

FIELDS = {terms.ROOTS: ROOTS, terms.TITLE: HEADINGS}
"""The fields of the index in which the channels of the ranking stand."""


def of_language(root: str, language: str) -> str:
    """Return the term for a root in texts of one language alone."""
    return f"{language}:{root}"


@dataclass(frozen=True, slots=True)
class Readable:
    """What a reader may find, as `relevance.postings.Postings`.

    Rarity, lengths and neighbours are measured without what this reader may not find.
    """

    view: View
    allowed: Allowed

    @property
    def size(self) -> int:
        """Return how many documents there are, those counted that cannot be found."""
        return self.view.size

    @property
    def population(self) -> int:
        """Return how many documents the reader may find."""
        return self.allowed.population

    def postings(self, channel: str, term: str) -> Impact:
        """Return the documents that hold a term, and what it weighs in each.

        A term of `of_language` stands in texts of that language, and in labels of others.
        """
        field = FIELDS[channel]
        found = self.view.postings(field, term)
        language, colon, root = term.partition(":")
        if colon:
            there = self.view.postings(field, root).within(self.view.in_language(language))
            found = sum_of([found, there], self.view.size)
        found = found.within(self.allowed.flags)
        return found.docs, found.scores

    def norm(self, channel: str, shape: Saturation) -> Norm:
        """Return what weights are held against, by the lengths of the documents."""
        snapshot, allowed = self.view.snapshot, self.allowed
        return snapshot.norm(self.view, FIELDS[channel], shape, allowed.flags, allowed.key)

    def sequence(self, document: int) -> Numbers:
        """Return the words of a document in their order."""
        return self.view.sequence(document)

    def terms(self, word: str, *, likeness: float, most: int) -> list[tuple[str, float]]:
        """Return the roots of public texts that are near a word."""
        return self.view.near(word, likeness=likeness, most=most)

    def concept(self, term: str) -> Found:
        """Return the documents that speak of a concept, and how much."""
        return self.view.postings(CONCEPTS, term).within(self.allowed.flags)
