"""Texts for a large world, put together anew from real ones: paragraphs of other challenges."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from govmatch.kit.markdown import render

SHORTEST, LONGEST = 80, 900  # characters of a paragraph that is taken
TITLE, SUMMARY = 90, 280  # as much as a challenge may have


@dataclass(frozen=True)
class Written:
    """One text in one language; `html` is what its Markdown gives."""

    lang: str
    title: str
    summary: str
    body: str
    html: str


@dataclass
class Texts:
    """Titles and paragraphs by language, and the dice that choose among them."""

    dice: random.Random
    titles: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: dict[str, list[str]] = field(default_factory=dict)

    def add(self, lang: str, title: str, text: str) -> None:
        """Take a title and the paragraphs of a text that are neither lists nor scraps."""
        self.titles.setdefault(lang, []).append(_cut(title, TITLE))
        found = (" ".join(part.split()) for part in text.split("\n\n"))
        kept = [part for part in found if SHORTEST <= len(part) <= LONGEST and part[0].isalnum()]
        self.paragraphs.setdefault(lang, []).extend(kept)

    def write(self, lang: str) -> Written:
        """Return a text of three to nine paragraphs under two headings, in one language."""
        parts = self.dice.choices(self.paragraphs[lang], k=self.dice.randint(3, 9))
        half = len(parts) // 2
        title = self.dice.choice(self.titles[lang])
        pieces = ["## Situation", *parts[:half], "## Goal", *parts[half:]]
        return Written(
            lang,
            title,
            _cut(self.dice.choice(self.paragraphs[lang]), SUMMARY),
            "\n\n".join(pieces),
            "\n".join(_html(piece) for piece in pieces),
        )

    def words(self, lang: str, most: int) -> str:
        """Return a paragraph of at most `most` characters."""
        return _cut(self.dice.choice(self.paragraphs[lang]), most)


@cache
def _html(paragraph: str) -> str:
    return str(render(paragraph))


def _cut(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 2].rpartition(" ")[0] + " …"


def gathered(file: Path, content: Path, dice: random.Random) -> tuple[Texts, str]:
    """Return texts from the shared file, or where it is absent from what ships; and which."""
    texts = Texts(dice)
    if file.is_file():
        source = "../shared/bench/challenges.jsonl"
        for line in file.read_bytes().splitlines():  # as text it would also break at U+2028
            one = json.loads(line)
            texts.add(one["lang"], one["title"], one["text"])
    else:
        source = "content/challenges (../shared is absent)"
        for lang, title, body in _shipped(content):
            texts.add(lang, title, body)
    return texts, source


def _shipped(content: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted((content / "challenges").glob("*.md")):
        lang = path.name.split(".")[-2]
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        title = next(line for line in head.splitlines() if line.startswith("title:"))
        if lang in {"en", "de"}:
            yield lang, title.removeprefix("title:").strip(' "'), body
