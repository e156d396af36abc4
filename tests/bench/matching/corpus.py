"""Many firms and challenges in three languages: texts put together anew, with codes and facts."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from govmatch.matching.profile import Ask, Fact, Force, Profile, Text
from govmatch.matching.reading import Reader, Terms
from govmatch.search.analysis import LANGUAGES
from govmatch.search.bridge.concepts import Bridge, Sighting
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

DAY = date(2026, 1, 1)
SEED = 20190227
PIECES = 5
"""Pieces of a text that a profile is made of."""
_WORDS = 40
"""Words of a piece: they stay together, so that phrases of the originals occur."""
_MOST_PIECES = 3_000
"""Of each language, so that reading them is not what is measured."""
_COUNTRIES = ("de", "dk", "at", "se", "us")
_REGIONS = tuple(f"region-{number}" for number in range(30))
_EVIDENCE = ("iso-27001", "iso-9001", "bitv", "vdra")

Read = tuple[Profile, Terms]


class Remembering(Bridge):
    """A bridge that reads no text twice."""

    def __init__(self, *args: object) -> None:
        """Take what a bridge takes."""
        super().__init__(*args)  # type: ignore[arg-type]
        self._read = cache(self._read_once)

    def read(self, text: str, language: str) -> Iterator[Sighting]:
        """Yield what the text speaks of."""
        yield from self._read(text, language)

    def _read_once(self, text: str, language: str) -> tuple[Sighting, ...]:
        return tuple(super().read(text, language))


@dataclass(frozen=True)
class World:
    """Firms and challenges; iterating over them gives the same ones each time."""

    firms_number: int
    challenges_number: int
    data: Path

    def firms(self) -> Iterator[Read]:
        """Yield the firms with their terms."""
        yield from self._made("firm", self.firms_number, SEED)

    def challenges(self) -> Iterator[Read]:
        """Yield the challenges with their terms."""
        yield from self._made("challenge", self.challenges_number, SEED + 1)

    def _made(self, kind: str, number: int, seed: int) -> Iterator[Read]:
        dice = random.Random(seed)
        reader, codes, pieces = _reader(), _codes(), _pieces(self.data)
        facts = {"firm": _of_firm, "challenge": _of_challenge}[kind]
        for one in range(number):
            language = dice.choice(sorted(pieces))
            texts = tuple(Text(text, language) for text in dice.choices(pieces[language], k=PIECES))
            has, asks = facts(dice)
            taken = tuple(f"cpv:{code}" for code in dice.choices(codes, k=dice.randint(1, 4)))
            profile = Profile(kind, f"{kind}-{one:06}", texts, taken, has, asks)
            yield profile, reader.read(profile)


def _of_firm(dice: random.Random) -> tuple[tuple[Fact, ...], tuple[Ask, ...]]:
    has = [
        Fact("country", frozenset({dice.choice(_COUNTRIES)})),
        Fact("region", frozenset(dice.sample(_REGIONS, k=dice.randint(1, 3)))),
        Fact("people", low=(people := float(dice.randint(1, 900))), high=people),
    ]
    has += [
        Fact(name, until=date(dice.randint(2024, 2029), 6, 30))
        for name in dice.sample(_EVIDENCE, k=dice.randint(0, 2))
    ]
    least = float(dice.randint(1, 50) * 5_000)
    return tuple(has), (Ask("budget", Force.WISH, low=least, high=least * 20),)


def _of_challenge(dice: random.Random) -> tuple[tuple[Fact, ...], tuple[Ask, ...]]:
    most = float(dice.randint(2, 60) * 10_000)
    asks = [
        Ask("country", Force.GATE, any_of=frozenset(dice.sample(_COUNTRIES, k=2))),
        Ask("region", Force.WISH, any_of=frozenset({dice.choice(_REGIONS)})),
        Ask("people", Force.WISH, high=250.0),
        Ask(dice.choice(_EVIDENCE), Force.EVIDENCE),
    ]
    return (Fact("budget", low=most / 2, high=most),), tuple(asks)


@lru_cache(maxsize=1)
def _reader() -> Reader:
    codes = cpv.codes(shipped("content"))

    @cache
    def above(code: str) -> Sequence[str]:
        return [f"cpv:{one}" for one in codes.parents(code.removeprefix("cpv:"))]

    return Reader(Remembering.load(shipped("content")), parents=above)


@lru_cache(maxsize=1)
def _codes() -> list[str]:
    codes = cpv.codes(shipped("content"))
    found = (codes.find(str(digit), "en", most=len(codes)) for digit in range(10))
    return sorted({code for pairs in found for code, _ in pairs})


@lru_cache(maxsize=1)
def _pieces(data: Path) -> dict[str, list[str]]:
    """Return pieces of texts by language."""
    found: dict[str, list[str]] = {}
    files = ("search/*/docs.jsonl", "matching*/*.jsonl", "challenges.jsonl")
    for file in (file for pattern in files for file in sorted(data.glob(pattern))):
        for line in file.read_bytes().splitlines():
            row = json.loads(line)
            words = row["text"].split() if row.get("lang") in LANGUAGES else []
            for start in range(0, len(words) - _WORDS, _WORDS):
                piece = " ".join(words[start : start + _WORDS])
                found.setdefault(row["lang"], []).append(piece)
    if not found:
        raise FileNotFoundError(f"{data} holds no texts; name the folder with DATA=")
    dice = random.Random(SEED)
    return {
        language: dice.sample(texts, k=min(len(texts), _MOST_PIECES))
        for language, texts in sorted(found.items())
    }
