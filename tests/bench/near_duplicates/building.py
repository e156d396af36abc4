"""The constructed set: built from content/challenges and paraphrases.tsv, the same each time.

A text is one section of a challenge in one language. Sections that are much the same in every
challenge (what a pilot offers, what comes after) and lists of data are left out: nobody could say
whether two of them are the same.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from govmatch.matching.likeness import Kind
from govmatch.matching.profile import Profile, Text
from govmatch.search.analysis import LANGUAGES
from govmatch.settings import shipped

PARAPHRASES = Path(__file__).with_name("paraphrases.tsv")
SECTIONS = (0, 1, 2, 4)
"""The problem, what a solution would change, who would use it, constraints."""
OTHERS = 4
"""Other challenges that a section is paired with as unrelated."""
SEED = 20190227

Texts = Mapping[tuple[str, str, int], str]
"""By challenge, language and section."""


class Made(StrEnum):
    """How a pair was made."""

    COPIED = "half of a text in another"
    REORDERED = "sentences in another order"
    TRANSLATED = "translated"
    PARAPHRASED = "told in other words"
    PARAPHRASED_ABROAD = "told in other words of another language"
    SAME_TOPIC = "same topic, different content"
    SAME_TOPIC_ABROAD = "same topic, different content, other language"
    UNRELATED = "another topic"
    WHOLE_TRANSLATED = "whole challenge, translated"
    WHOLE_OTHER = "two whole challenges"
    WHOLE_OTHER_ABROAD = "two whole challenges in two languages"


EXPECTED: Mapping[Made, Kind | None] = {
    Made.COPIED: Kind.SAME_TEXT,
    Made.REORDERED: Kind.SAME_TEXT,
    Made.TRANSLATED: Kind.OTHER_LANGUAGE,
    Made.PARAPHRASED: Kind.OTHER_WORDS,
    Made.PARAPHRASED_ABROAD: Kind.OTHER_LANGUAGE,
    Made.WHOLE_TRANSLATED: Kind.OTHER_LANGUAGE,
}
"""What a pair is that says the same; the others do not."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, how they came about, and the challenge that decides in which half they are."""

    made: Made
    challenge: str
    one: Profile
    other: Profile

    @property
    def is_same(self) -> bool:
        return self.made in EXPECTED

    @property
    def is_tuned_on(self) -> bool:
        return int(hashlib.sha256(self.challenge.encode()).hexdigest(), 16) % 2 == 0


def pairs() -> list[Pair]:
    """Return all pairs."""
    texts, told = sections(), paraphrases()
    makers: tuple[Callable[[Texts], Iterator[Pair]], ...] = (
        _copied,
        _reordered,
        _translated,
        _same_topic,
        _unrelated,
    )
    parts = [*(pair for make in makers for pair in make(texts)), *_paraphrased(texts, told)]
    return [*parts, *_whole()]


def sections() -> Texts:
    """Return the sections of all challenges in all languages, without their headings."""
    found: dict[tuple[str, str, int], str] = {}
    for (slug, language), body in bodies().items():
        parts = re.split(r"^## .*\n", body, flags=re.MULTILINE)[1:]
        found |= {(slug, language, number): parts[number].strip() for number in SECTIONS}
    return found


def bodies() -> dict[tuple[str, str], str]:
    """Return the whole challenges, by name and language."""
    found: dict[tuple[str, str], str] = {}
    for file in sorted((shipped("content") / "challenges").glob("*.md")):
        slug, language, _ = file.name.split(".")
        found[slug, language] = file.read_text("utf-8").split("\n---\n", 1)[1]
    return found


def paraphrases() -> list[tuple[str, str, str]]:
    """Return challenge, language and text of what was told in other words."""
    lines = PARAPHRASES.read_text("utf-8").splitlines()[2:]
    rows = [line.split("\t") for line in lines]
    return [(slug, language, text) for slug, language, text in rows]


def profile(name: str, text: str, language: str) -> Profile:
    return Profile("text", name, (Text(text, language),))


def _of(texts: Texts, slug: str, language: str, number: int) -> Profile:
    return profile(f"{slug}/{number}/{language}", texts[slug, language, number], language)


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.!?])\s+|\n- |\n\n", text) if one.strip()]


def _copied(texts: Texts) -> Iterator[Pair]:
    """Yield a text, and a section of another challenge into which half of it was taken over."""
    slugs = sorted({slug for slug, _, _ in texts})
    for (slug, language, number), text in texts.items():
        other = slugs[(slugs.index(slug) + 1) % len(slugs)]
        host, taken = _sentences(texts[other, language, number]), _sentences(text)
        half = taken[: max(2, len(taken) // 2)]
        middle = len(host) // 2
        mixed = " ".join([*host[:middle], *half, *host[middle:]])
        made = profile(f"{slug}/{number}/{language}/into/{other}", mixed, language)
        yield Pair(Made.COPIED, slug, _of(texts, slug, language, number), made)


def _reordered(texts: Texts) -> Iterator[Pair]:
    dice = random.Random(SEED)
    for (slug, language, number), text in texts.items():
        parts = _sentences(text)
        dice.shuffle(parts)
        made = profile(f"{slug}/{number}/{language}/reordered", " ".join(parts), language)
        yield Pair(Made.REORDERED, slug, _of(texts, slug, language, number), made)


def _translated(texts: Texts) -> Iterator[Pair]:
    for slug, number in sorted({(slug, number) for slug, _, number in texts}):
        for one, other in combinations(LANGUAGES, 2):
            first, second = (_of(texts, slug, language, number) for language in (one, other))
            yield Pair(Made.TRANSLATED, slug, first, second)


def _same_topic(texts: Texts) -> Iterator[Pair]:
    """Yield different sections of one challenge, in one language and across languages."""
    for slug in sorted({slug for slug, _, _ in texts}):
        for one, other in combinations(SECTIONS, 2):
            for here in LANGUAGES:
                for there in LANGUAGES:
                    made = Made.SAME_TOPIC if here == there else Made.SAME_TOPIC_ABROAD
                    first, second = _of(texts, slug, here, one), _of(texts, slug, there, other)
                    yield Pair(made, slug, first, second)


def _unrelated(texts: Texts) -> Iterator[Pair]:
    dice = random.Random(SEED)
    slugs = sorted({slug for slug, _, _ in texts})
    for slug, language, number in texts:
        for other in dice.sample([one for one in slugs if one != slug], k=OTHERS):
            there = dice.choice(LANGUAGES)
            first, second = _of(texts, slug, language, number), _of(texts, other, there, number)
            yield Pair(Made.UNRELATED, slug, first, second)


def _paraphrased(texts: Texts, told: list[tuple[str, str, str]]) -> Iterator[Pair]:
    for slug, language, text in told:
        made = profile(f"{slug}/0/{language}/told", text, language)
        for there in LANGUAGES:
            kind = Made.PARAPHRASED if there == language else Made.PARAPHRASED_ABROAD
            yield Pair(kind, slug, _of(texts, slug, there, 0), made)
        for number in SECTIONS[1:]:
            other = _of(texts, slug, language, number)
            yield Pair(Made.SAME_TOPIC, slug, other, made)


def _whole() -> Iterator[Pair]:
    """Yield every two whole challenges, in one language and in two; those of one name translated.

    A pair of two challenges belongs to the half of the first: each is its first in some pairs.
    """
    every = list(bodies().items())
    for ((slug, here), one), ((name, there), other) in combinations(every, 2):
        first = profile(f"{slug}/all/{here}", one, here)
        second = profile(f"{name}/all/{there}", other, there)
        if slug == name:
            yield Pair(Made.WHOLE_TRANSLATED, slug, first, second)
        else:
            made = Made.WHOLE_OTHER if here == there else Made.WHOLE_OTHER_ABROAD
            yield Pair(made, slug, first, second)
