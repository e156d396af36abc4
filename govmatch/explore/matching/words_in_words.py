"""Which words of two texts met, as both wrote them; and which the profile could have too."""

import re
from collections.abc import Iterable, Iterator, Sequence

from govmatch.explore.matching.facts_in_words import Line
from govmatch.explore.matching.naming import SECTIONS, Names
from govmatch.kit.formats import quoted
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching.explanation import SharedWord
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms, Written
from govmatch.search.bridge.concepts import SPELLING

MOST_SHARED = 6
USUAL = 0.3
"""The share of all profiles from which on a word says nothing of two of them."""
FEW = 3
"""So many profiles may always share a word: a small site has few."""
LEAST_SHARE = 0.3
"""Of what the first word counts; those that count less are words that stand everywhere."""
MOST_UNSAID = 3
TELLING = 0.085
"""The least weight, of 1 for the whole text, of a word that a challenge is about."""
RARE = 0.15
"""The share of all profiles that may speak of it: what more say says nothing of anybody."""
CENTRAL = ("title.", "summary.")
"""Where the words stand that a challenge is about; the others may be details of an example."""
_SAME_BEGINNING = 4
"""Letters that two forms of one word share."""


@dataclass(frozen=True)
class Met:
    """A word of the firm in quotation marks, and the challenge's where it is another one."""

    ours: str
    theirs: str = ""

    def __str__(self) -> str:
        return f"{self.ours} ({self.theirs})" if self.theirs else self.ours


@dataclass(frozen=True)
class SharedWords:
    """Words that both use, as the firm writes them, from one section of its profile."""

    section: Message
    words: tuple[Met, ...]


def shared_words(
    shared: Sequence[SharedWord], asked: Terms, firms: Terms, rarity: Rarity, names: Names
) -> Iterator[SharedWords]:
    """Yield the words that count most by section; in brackets the challenge's, where another."""
    told: dict[str, tuple[str, Met]] = {}
    lang = _told_in(asked, names)
    telling = [word for word in shared if not _is_usual(_term(word, asked, firms), rarity)]
    least = LEAST_SHARE * max((word.share for word in telling), default=0.0)
    for word in (word for word in telling or shared[:1] if word.share >= least):
        ours = word.there[0]
        told.setdefault(_beginning(ours), (ours.field, _met(ours, word.here, lang, names)))
    chosen = list(told.values())[:MOST_SHARED]
    for field, title in SECTIONS.items():
        if words := tuple(met for section, met in chosen if section == field):
            yield SharedWords(title, words)


def _term(word: SharedWord, asked: Terms, firms: Terms) -> str:
    """Return what two words have in common."""
    both = (term for term, written in firms.written.items() if written == word.there)
    return next((term for term in both if asked.written.get(term) == word.here), "")


def _is_usual(term: str, rarity: Rarity) -> bool:
    return rarity.text.get(term, 0) > max(FEW, USUAL * rarity.profiles)


def _met(ours: Written, theirs: Sequence[Written], lang: str, names: Names) -> Met:
    """Return a word of the firm, with the challenge's where it is not a form of the same.

    That is told in `lang` alone: a word of a third language would say nothing to a reader.
    """
    mine = quoted(ours.words, names.lang)
    if any(_beginning(one) == _beginning(ours) for one in theirs):
        return Met(mine)
    known = [one for one in theirs if _lang(one) == lang]
    return Met(mine, quoted(known[0].words, names.lang)) if known else Met(mine)


def _beginning(word: Written) -> str:
    return word.words.casefold()[:_SAME_BEGINNING]


def _told_in(asked: Terms, names: Names) -> str:
    """Return the reader's language where the challenge has it, else one that it has."""
    spoken = {_lang(one) for written in asked.written.values() for one in written}
    return names.lang if names.lang in spoken else min(spoken, default=names.lang)


def _lang(word: Written) -> str:
    """Return the language of a challenge's word, which stands at the end of its field."""
    return word.field.rpartition(".")[2]


def unsaid_words(
    asked: Terms, firms: Terms, codes: Iterable[str], rarity: Rarity, names: Names
) -> Iterator[Line]:
    """Yield what the challenge is about and the profile does not speak of: it may be so yet.

    `codes` are those of the profile: what their labels name is said, if not in its texts.
    """
    weights = rarity.text_vector(asked)
    said = frozenset(word for code in codes for word in _folded(names.of_code(code)))
    words: dict[str, str] = {}
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        if weights[term] < TELLING or len(words) == MOST_UNSAID:
            break
        if term in firms.text or term.startswith(SPELLING) or not _is_rare(term, rarity):
            continue
        central = [
            one
            for one in asked.written.get(term, ())
            if one.field.startswith(CENTRAL) and one.field.endswith(f".{names.lang}")
            if not said.issuperset(_folded(one.words))
        ]
        if central:
            words.setdefault(_beginning(central[0]), quoted(central[0].words, names.lang))
    if words:
        unsaid = ", ".join(words.values())
        yield Line(
            msg("The challenge is about {words}; the profile does not speak of it.", words=unsaid),
            "/edit/offer",
            msg("If you do it, say so"),
        )


def _folded(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def _is_rare(term: str, rarity: Rarity) -> bool:
    return rarity.text.get(term, 0) <= RARE * rarity.profiles
