"""Rare words in every private field, and who may ever read each of them.

A word is made of its name, looks like a word to the search, and is nothing that any analysis of a
language would shorten. Who is not named beside it must not meet it on any page.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256

LETTERS = "bcdfghjkmpqtvwxz"
WORDS = re.compile(f"zq[{LETTERS}]{{12}}")

NOBODY: frozenset[str] = frozenset()


def word(name: str) -> str:
    """Return the rare word of that name: the same each time."""
    return "zq" + "".join(LETTERS[byte % 16] for byte in sha256(name.encode()).digest()[:12])


@dataclass
class Canaries:
    """What was planted: each word with its name and its readers."""

    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def plant(self, name: str, readers: str = "") -> str:
        """Return the word to be written into the field `name`, which `readers` may see."""
        return self.watch(word(name), name, readers)

    def watch(self, text: str, name: str, readers: str = "") -> str:
        """Watch for a text that the site made itself, such as the id of a sealed application."""
        assert len(text) >= 10, f"{name}: {text!r} may stand somewhere by chance"
        self.readers[text] = frozenset(readers.split())
        self.names[text] = name
        return text

    def seen_in(self, page: str, who: str) -> list[str]:
        """Return the names of what stands in a page that `who` must not read."""
        low = page.lower()
        words = set(WORDS.findall(low))
        there = (
            text
            for text in self.readers
            if text in words or (self._is_whole(text) and text.lower() in low)
        )
        return sorted(self.names[text] for text in there if who not in self.readers[text])

    @staticmethod
    def _is_whole(text: str) -> bool:
        """False for the rare words, of which one look at a page finds all."""
        return WORDS.fullmatch(text) is None
