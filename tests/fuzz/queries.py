"""Queries of chance: grammatical ones, those with a slip, and noise."""

import random
import unicodedata
from collections.abc import Callable

from tests.fuzz.world import CLASSES, KINDS, LANGUAGES, THEMES, canary, word

_MARKS = "\"*()[]{}~^:-–+|&!\\/<>=.,;'’„“”«»#%_@\0\t\n\r "
_FIELDS = [
    "title",
    "kind",
    "lang",
    "theme",
    "thema",
    "tema",
    "technology",
    "authority",
    "behörde",
    "country",
    "state",
    "status",
    "closes",
    "frist",
    "opens",
    "age",
    "alter",
    "alder",
    "budget",
    "nofield",
]
_ODD = (
    "\u200d",  # joins
    "\u200b",
    "\u202e",  # right to left
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\ud800",  # half of a pair
    "\udfff",
    "\ufffd",
    "\u0301",
    "\u0300\u0308\u0327",
    "\U0001f469\u200d\U0001f4bb",
    "ß",
    "ﬁ",
    "İ",
    "ſ",
    "Ω",
    "\u1e9e",
    "\U000e0041",
)


def query(dice: random.Random) -> str:
    """Return something that somebody may type or send, at most a little over the size cap."""
    chance = dice.random()
    if chance < 0.55:
        return grammatical(dice)
    if chance < 0.8:
        return _harmed(dice, grammatical(dice))
    return _noise(dice)


def grammatical(dice: random.Random) -> str:
    """Return one to eight clauses as the help page explains them."""
    clauses = [
        _clause(dice) for _ in range(dice.choices((1, 2, 3, 5, 8, 24), (8, 6, 4, 2, 1, 1))[0])
    ]
    joints = (" ", " ", " ", " OR ", " ODER ", " og ")
    return "".join(clause + dice.choice(joints) for clause in clauses).strip()


def _clause(dice: random.Random) -> str:
    makers: tuple[Callable[[], str], ...] = (
        lambda: word(dice),
        lambda: word(dice),
        lambda: _slip(dice, word(dice)),
        lambda: f'"{" ".join(word(dice) for _ in range(dice.randint(1, 6)))}"',
        lambda: f"-{word(dice)}",
        lambda: f"{word(dice)[: dice.randint(1, 6)]}*",
        lambda: canary(dice, dice.choice(list(CLASSES))),
        lambda: f"zq{dice.choice(list(CLASSES))}{dice.choice(('', 'b', 'cd'))}*",
        lambda: _field(dice),
    )
    return dice.choice(makers)()


def _field(dice: random.Random) -> str:
    name = dice.choice(_FIELDS)
    values: tuple[Callable[[], str], ...] = (
        lambda: dice.choice(THEMES),
        lambda: dice.choice(KINDS),
        lambda: dice.choice(LANGUAGES),
        lambda: canary(dice, dice.choice(list(CLASSES))),
        lambda: f"{word(dice)[:4]}*",
        lambda: f'"{word(dice)} {word(dice)}"',
        lambda: _bound(dice),
        lambda: f"{_bound(dice)}..{_bound(dice)}",
        lambda: dice.choice(("open", "offen", "lukket", "*", "", "-", "..", ">", "<=")),
    )
    return f"{dice.choice(('', '-'))}{name}:{dice.choice(values)()}"


def _bound(dice: random.Random) -> str:
    sign = dice.choice(("", "", ">", "<", ">=", "<="))
    number = dice.choice((0, 7, 50_000, 10**12, 10**40, dice.randrange(10**6)))
    forms = (
        f"{number}{dice.choice(('', 'd', 'w', 'm', 'y', 'k', 'm', ' EUR', 'kr', ',-', '.000'))}",
        f"{dice.randint(0, 9_999_999)}-{dice.randint(0, 99)}-{dice.randint(0, 99)}",
        f"20{dice.randint(0, 99):02}-{dice.randint(1, 12):02}",
        f"{dice.randint(0, 40)}.{dice.randint(0, 20)}.{dice.randint(0, 3000)}",
        "9" * dice.randint(1, 400),
        "-1",
        "1e999",
        "٣٤",
    )
    return sign + dice.choice(forms)


def _slip(dice: random.Random, text: str) -> str:
    """Return the text with one or two letters left out, doubled, swapped or others."""
    letters = list(text)
    for _ in range(dice.randint(1, 2)):
        at = dice.randrange(len(letters))
        letters[at : at + 1] = dice.choice((["e"], [], [letters[at]] * 2, ["n", letters[at]]))
        if not letters:
            return text
    return "".join(letters)


def _harmed(dice: random.Random, text: str) -> str:
    """Return the text with pieces cut, doubled, or marks and odd characters put between."""
    for _ in range(dice.randint(1, 6)):
        at, to = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
        text = dice.choice(
            (
                text[:at] + text[to:],
                text[:to] + text[at:to] * dice.choice((1, 1, 9)) + text[to:],
                text[:at] + dice.choice(_MARKS) * dice.choice((1, 1, 2, 40)) + text[at:],
                text[:at] + dice.choice(_ODD) * dice.choice((1, 1, 30)) + text[at:],
                unicodedata.normalize(dice.choice(("NFD", "NFKC")), text),
                text.swapcase(),
            )
        )[:520]
    return text


def _noise(dice: random.Random) -> str:
    length = dice.choice((1, 2, 5, 20, 100, 500, 501, 520))
    planes = ((0, 0x7F), (0, 0xFF), (0x300, 0x36F), (0x590, 0x7FF), (0x2000, 0x206F))
    low, high = dice.choice((*planes, (0x4E00, 0x4EFF), (0xD800, 0xDFFF), (0x1F300, 0x1F6FF)))
    if dice.random() < 0.5:
        return "".join(dice.choice(_MARKS + "ab1Ä") for _ in range(length))
    return "".join(chr(dice.randint(low, high)) for _ in range(length))
