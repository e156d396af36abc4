"""Profiles made in a line, and what is needed to compare them."""

from collections.abc import Sequence
from datetime import date

from govmatch.matching.explanation import Explanation, explain
from govmatch.matching.pool import Pool
from govmatch.matching.profile import Ask, Fact, Profile, Text
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Reader
from govmatch.matching.score import Match
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import shipped

DAY = date(2026, 3, 1)
BRIDGE = Bridge.load(shipped("content"))


def parents(code: str) -> Sequence[str]:
    """Return the codes above: `cpv:abc` stands under `cpv:ab` and `cpv:a`."""
    tree, _, name = code.partition(":")
    return [f"{tree}:{name[:length]}" for length in range(len(name) - 1, 0, -1)]


READER = Reader(BRIDGE, parents=parents)


def profile(
    id_: str,
    text: str = "",
    *,
    kind: str = "firm",
    language: str = "de",
    codes: tuple[str, ...] = (),
    has: tuple[Fact, ...] = (),
    asks: tuple[Ask, ...] = (),
) -> Profile:
    return Profile(kind, id_, (Text(text, language, "products"),), codes, has, asks)


class World:
    """Some profiles that are compared with each other."""

    def __init__(self, *profiles: Profile) -> None:
        self.terms = {one.id: READER.read(one) for one in profiles}
        self.profiles = {one.id: one for one in profiles}
        self.rarity = Rarity.of(self.terms.values())

    def rank(self, id_: str, *, most: int = 50, on: date = DAY) -> list[Match]:
        known = [(one, self.terms[key]) for key, one in self.profiles.items()]
        pool = Pool(known, rarity=self.rarity)
        return pool.rank(self.profiles[id_], self.terms[id_], on=on, most=most)

    def ids(self, id_: str, *, most: int = 50) -> list[str]:
        return [match.id for match in self.rank(id_, most=most)]

    def explain(self, here: str, there: str, *, on: date = DAY) -> Explanation:
        one, other = ((self.profiles[key], self.terms[key]) for key in (here, there))
        return explain(one, other, rarity=self.rarity, parents=parents, on=on)
