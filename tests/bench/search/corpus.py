"""Many documents of about 200 words in three languages, put together anew from real ones."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SEED = 20190227
THEMES = tuple(f"theme-{number}" for number in range(12))
COUNTRIES = ("de", "dk", "at", "se")
WORDS = 200
_PIECE = 40  # words that stay together, so that phrases of the originals occur
_LETTERS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Document:
    """One document; `number` counts from 0."""

    number: int
    lang: str
    title: str
    text: str
    theme: str
    country: str


@dataclass(frozen=True)
class Corpus:
    """`size` documents; iterating gives the same ones each time."""

    size: int
    bench: Path

    def __iter__(self) -> Iterator[Document]:
        dice = random.Random(SEED)
        pieces = _pieces(self.bench)
        languages = sorted(pieces)
        for number in range(self.size):
            lang = dice.choice(languages)
            parts = dice.choices(pieces[lang], k=WORDS // _PIECE)
            yield Document(
                number=number,
                lang=lang,
                title=" ".join(dice.choice(pieces[lang]).split()[:7]),
                text=" ".join(parts),
                theme=dice.choice(THEMES),
                country=dice.choice(COUNTRIES),
            )


@lru_cache(maxsize=1)
def _pieces(bench: Path) -> dict[str, list[str]]:
    """Return pieces of `_PIECE` words by language; KeyError-free: only languages that are there."""
    found: dict[str, list[str]] = {}
    files = [*sorted(bench.glob("search/*/docs.jsonl")), bench / "challenges.jsonl"]
    for file in filter(Path.is_file, files):
        for line in file.read_bytes().splitlines():
            one = json.loads(line)
            if one["lang"] not in {"de", "da", "en"}:
                continue
            words = one["text"].split()
            for start in range(0, len(words) - _PIECE, _PIECE):
                found.setdefault(one["lang"], []).append(" ".join(words[start : start + _PIECE]))
    if not found:
        raise FileNotFoundError(f"{bench} holds no texts; name the folder with DATA=")
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every engine: the same words in the same order."""

    one: tuple[str, ...]
    two: tuple[tuple[str, str], ...]
    five: tuple[tuple[tuple[str, ...], str], ...]
    phrases: tuple[tuple[str, ...], ...]
    prefixes: tuple[str, ...]


def questions(corpus: Corpus, number: int) -> Asked:
    """Return `number` questions of each kind, of words that the texts use, common and rare."""
    dice = random.Random(SEED + 1)
    texts = [text for texts in _pieces(corpus.bench).values() for text in texts]

    def words(most: int) -> tuple[str, ...]:
        while True:
            text = dice.choice(texts)
            found = list(dict.fromkeys(word.lower() for word in _LETTERS.findall(text)))
            if len(found) >= most:
                return tuple(dice.sample(found, most))

    return Asked(
        one=tuple(words(1)[0] for _ in range(number)),
        two=tuple(_pair(words(2)) for _ in range(number)),
        five=tuple((words(5), dice.choice(COUNTRIES)) for _ in range(number)),
        phrases=tuple(_in_a_row(dice.choice(texts), dice) for _ in range(number)),
        prefixes=tuple(words(1)[0][:4] for _ in range(number)),
    )


def _pair(words: tuple[str, ...]) -> tuple[str, str]:
    return words[0], words[1]


def _in_a_row(text: str, dice: random.Random) -> tuple[str, ...]:
    runs = [run.split() for run in re.findall(r"[^\W\d_]+(?: [^\W\d_]+)+", text)]
    run = max(runs, key=len, default=text.split()[:2])
    start = dice.randrange(max(1, len(run) - 2))
    return tuple(word.lower() for word in run[start : start + 3])
