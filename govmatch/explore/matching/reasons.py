"""Why a challenge and a firm fit, as lines of a page: for, against, missing, gate.

Both sides read the same lines; beside what is missing stands where in the profile it is mended.
"""

from datetime import date

from govmatch.challenges.models import Challenge
from govmatch.explore.matching.codes_in_words import shared_codes, unsaid_codes
from govmatch.explore.matching.facts_in_words import Line, lines_of
from govmatch.explore.matching.levels import Level, level_of
from govmatch.explore.matching.naming import Names
from govmatch.explore.matching.words_in_words import SharedWords, shared_words, unsaid_words
from govmatch.kit.records import dataclass
from govmatch.matching.explanation import explain
from govmatch.matching.facts import Verdict
from govmatch.matching.keeping import Kept
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Parents
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import foreign


@dataclass(frozen=True)
class Seeing:
    """What every match of one page is put into words with."""

    names: Names
    parents: Parents
    today: date


@dataclass(frozen=True)
class Reasons:
    """A match in words."""

    level: Level
    words: tuple[SharedWords, ...]
    words_lang: str | None
    """The language of the firm's words where it is not the reader's."""
    for_: tuple[Line, ...]
    against: tuple[Line, ...]
    missing: tuple[Line, ...]
    gates: tuple[Line, ...]


def reasons_of(
    asked: Kept, firms: Kept, *, challenge: Challenge, firm: Firm, rarity: Rarity, seeing: Seeing
) -> Reasons:
    """Say why a challenge and a firm fit: `asked` is the one's profile, `firms` the other's."""
    names = seeing.names
    found = explain(asked.pair, firms.pair, rarity=rarity, parents=seeing.parents, on=seeing.today)
    said: dict[Verdict, list[Line]] = {verdict: [] for verdict in Verdict}
    for verdict, line in lines_of(found.findings, challenge=challenge, firm=firm, lang=names.lang):
        said[verdict].append(line)
    return Reasons(
        level=level_of(found.match.score),
        words_lang=foreign(firm, names.lang),
        words=tuple(shared_words(found.words, asked.terms, firms.terms, rarity, names)),
        for_=(*shared_codes(found.codes, names), *said[Verdict.FOR]),
        against=tuple(said[Verdict.AGAINST]),
        missing=(
            *said[Verdict.MISSING],
            *unsaid_codes(challenge, firms.profile, names),
            *unsaid_words(asked.terms, firms.terms, firms.profile.codes, rarity, names),
        ),
        gates=tuple(said[Verdict.GATE]),
    )
