"""Things of several kinds of readers, each with words that nobody else may meet.

Who may find a thing is told by the first letter of its id and never changes, whatever is written.
"""

import random
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from govmatch.search.entry import Change, Entry

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LANGUAGES = ("de", "da", "en")
KINDS = ("challenge", "firm", "application", "pilot", "page")
THEMES = ("invoicing", "mobility", "health", "water", "ethics", "schools", "waste")

CLASSES: Mapping[str, tuple[frozenset[str], frozenset[str], datetime | None]] = {
    "o": (frozenset({"public"}), frozenset(), None),
    "s": (frozenset({"public"}), frozenset(), NOW + timedelta(days=365)),
    "f": (frozenset({"firm:1"}), frozenset(), None),
    "m": (frozenset({"person:7"}), frozenset(), None),
    "t": (frozenset({"role:reviewer"}), frozenset({"person:7"}), None),
    "c": (frozenset({"public"}), frozenset({"person:7"}), None),
}
"""For each first letter: audience, those it is closed to, from when on it is public."""

READERS: Mapping[frozenset[str], str] = {
    frozenset({"public"}): "oc",
    frozenset({"public", "person:7"}): "om",
    frozenset({"public", "person:7", "role:reviewer"}): "om",
    frozenset({"public", "person:8", "role:reviewer"}): "oct",
    frozenset({"public", "firm:1"}): "ocf",
    frozenset({"firm:1"}): "f",
    frozenset({"nobody:at-all"}): "",
    frozenset(): "",
}
"""For each reader the first letters of what may be found."""

CANARY = re.compile(r"zq([osfmtc])[bcdfghjkl]{4}", re.IGNORECASE)

_STEMS = [
    "rechnung",
    "verfahren",
    "vergabe",
    "daten",
    "schule",
    "wasser",
    "verkehr",
    "gesundheit",
    "antrag",
    "amt",
    "förder",
    "straße",
    "regning",
    "udbud",
    "skole",
    "vand",
    "trafik",
    "sundhed",
    "ansøgning",
    "borger",
    "byggesag",
    "affald",
    "miljø",
    "økonomi",
    "invoice",
    "tender",
    "school",
    "water",
    "traffic",
    "health",
    "request",
    "citizen",
    "building",
    "waste",
    "budget",
    "review",
]
_ENDS = ("", "s", "en", "er", "erne", "ung", "ing", "plan", "portal", "stelle", "system", "prüfung")


def word(dice: random.Random) -> str:
    """Return a word of the texts: plain, compound, with hyphen, in capitals, or a number."""
    stem = dice.choice(_STEMS) + dice.choice(_ENDS)
    if dice.random() < 0.5:
        stem = dice.choice(_STEMS) + dice.choice(("", "s", "n")) + stem
    chance = dice.random()
    if chance < 0.1:
        return f"E-{stem.capitalize()}"
    if chance < 0.15:
        return stem.upper()
    return str(dice.randrange(10_000)) if chance < 0.2 else stem


def canary(dice: random.Random, first: str) -> str:
    """Return a word that only things with this first letter hold."""
    return f"zq{first}{''.join(dice.choices('bcdfghjkl', k=4))}"


def entry(dice: random.Random, kind: str, id_: str, lang: str) -> Entry:
    """Return a text of the thing; what it says is chance, who finds it is not."""
    first = id_[0]
    audience, closed, visible_from = CLASSES[first]

    def said(words: int) -> str:
        rare = canary(dice, first) if dice.random() < 0.5 else ""
        return " ".join([*(word(dice) for _ in range(words)), rare])

    opens = NOW + timedelta(days=dice.randint(-300, 300))
    budget = dice.choice((0, 5_000, 20_000, 50_000, 10**6))
    return Entry(
        kind=kind,
        id=id_,
        lang=lang,
        title=said(dice.randint(1, 8)),
        text=said(dice.randint(0, 60)),
        url=f"/{kind}/{id_}",
        audience=audience,
        closed=closed,
        visible_from=visible_from,
        facets={
            "theme": tuple(dice.sample(THEMES, k=dice.randint(0, 3))),
            "authority": (f"{canary(dice, first)[:4]}bbb",) if dice.random() < 0.3 else (),
            "country": (dice.choice(("de", "dk", "se")),),
        },
        dates={"opens": opens, "closes": opens + timedelta(days=dice.randint(1, 90))},
        numbers={"budget_from": budget, "budget_to": budget * 2},
        labels=said(2),
    )


def _first(seed: int, number: int) -> str:
    dice = random.Random(seed * 1_000_003 + number)
    return dice.choices(list(CLASSES), weights=(10, 2, 2, 2, 2, 2))[0]


def thing_of(seed: int, number: int, dice: random.Random) -> Change:
    """Return what a thing of this world says now: its texts are chance, its id is not."""
    first = _first(seed, number)
    kind, id_ = KINDS[number % len(KINDS)], f"{first}{number}"
    chosen = dice.sample(LANGUAGES, k=dice.choice((1, 1, 2, 3)))
    return Change(kind, id_, tuple(entry(dice, kind, id_, lang) for lang in chosen))
