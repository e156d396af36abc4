"""What `govmatch.matching.alike` says of the constructed set, counted by how pairs were made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from govmatch.matching.alike import (
    BARS,
    Bars,
    Finder,
    Readable,
    compare,
    rarity_of,
    read,
)
from govmatch.matching.likeness import Likeness
from govmatch.matching.names import Thing
from govmatch.matching.profile import Profile
from govmatch.matching.rarity import Rarity
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import shipped
from govmatch.triage.compared import alike
from govmatch.triage.prints import prints
from govmatch.triage.queries.likenesses import (
    ENOUGH_SHARED,
    LEAST_SHARED,
    MOST_COMPARED,
    TELLS_NOTHING,
)
from tests.bench.near_duplicates.building import EXPECTED, Made, Pair, pairs


@dataclass
class Counted:
    """Of some pairs: how many there are, were called near-duplicates, and of the right kind."""

    pairs: int = 0
    called: int = 0
    right_kind: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Judged:
    """All pairs with what was said of them."""

    said: Sequence[tuple[Pair, Likeness]]

    def by_kind(self, *, tuned_on: bool) -> Mapping[Made, Counted]:
        found: dict[Made, Counted] = defaultdict(Counted)
        for pair, likeness in self.said:
            if pair.is_tuned_on == tuned_on:
                one = found[pair.made]
                one.pairs += 1
                one.called += likeness.is_near_duplicate
                one.right_kind += likeness.kind is EXPECTED.get(pair.made)
                one.kinds[likeness.kind or "nothing"] += 1
        return found

    def precision_recall(self, *, tuned_on: bool) -> tuple[float, float]:
        rows = [
            (pair.is_same, likeness.is_near_duplicate)
            for pair, likeness in self.said
            if pair.is_tuned_on == tuned_on
        ]
        right = sum(same and called for same, called in rows)
        called, same = sum(called for _, called in rows), sum(same for same, _ in rows)
        return right / called, right / same


@dataclass(frozen=True)
class Found:
    """What is found among all texts of the set for each section as it is published."""

    sections: int
    wanted: int
    found: int
    wrong: int
    """Called a near-duplicate, and none."""

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / self.wanted


@lru_cache(maxsize=1)
def _bridge() -> Bridge:
    return Bridge.load(shipped("content"))


def readable(profile: Profile) -> Readable:
    return read(profile, bridge=_bridge())


@lru_cache(maxsize=1)
def everything() -> tuple[Sequence[Pair], Mapping[str, Readable], Rarity]:
    """Return the pairs, their texts and how rare the terms of all of them are."""
    made = pairs()
    known = {one.id: one for pair in made for one in (pair.one, pair.other)}
    items = {id_: readable(one) for id_, one in known.items()}
    return made, items, rarity_of(items.values())


def judged(bars: Bars = BARS) -> Judged:
    made, items, rarity = everything()
    return Judged(
        [
            (pair, compare(items[pair.one.id], items[pair.other.id], rarity=rarity, bars=bars))
            for pair in made
        ]
    )


def found_among_all(*, tuned_on: bool) -> Found:
    """Look for each published section among all texts of the set, its own and the changed ones."""
    made, every, rarity = everything()
    parts = [pair for pair in made if "/all/" not in pair.one.id]
    items = {id_: item for id_, item in every.items() if "/all/" not in id_}
    same: dict[str, set[str]] = defaultdict(set)
    for pair in parts:
        if pair.is_same:
            same[pair.one.id].add(pair.other.id)
            same[pair.other.id].add(pair.one.id)

    def load(things: Sequence[Thing]) -> Iterable[Readable]:
        return (items[id_] for _, id_ in things)

    finder = Finder(items.values(), rarity=rarity, load=load)
    asked = sorted({pair.one.id for pair in parts if pair.is_tuned_on == tuned_on})
    wanted = found = wrong = 0
    for id_ in asked:
        stories = _stories(id_)
        called = {
            one.id for one in finder.similar(items[id_], most=30) if one.likeness.is_near_duplicate
        }
        wanted += len(same[id_])
        found += len(called & same[id_])
        # a text made from the same section is no mistake, whether or not it stands in a pair
        wrong += sum(not stories & _stories(other) for other in called - same[id_])
    return Found(len(asked), wanted, found, wrong)


def _stories(id_: str) -> frozenset[tuple[str, str]]:
    """Return challenge and section of a text, and of the text that half of it was put into."""
    slug, number, _, *changed = id_.split("/")
    return frozenset((one, number) for one in (slug, *changed[1:]))


@lru_cache(maxsize=1)
def _prints() -> Mapping[str, frozenset[int]]:
    """Return by what each text but the whole challenges is found again among applications."""
    _, every, _ = everything()
    items = {id_: item for id_, item in every.items() if "/all/" not in id_}
    rarity = Rarity.of(item.terms for item in items.values())
    return {
        id_: frozenset(prints(item.profile.texts[0].text, item.terms.text, rarity=rarity))
        for id_, item in items.items()
    }


def found_by_prints(*, tuned_on: bool) -> Found:
    """Look for each section as triage looks for a new application: by its prints alone."""
    made, every, _ = everything()
    kept = _prints()
    having = Counter(key for keys in kept.values() for key in keys)
    same: dict[str, set[str]] = defaultdict(set)
    for pair in made:
        if pair.is_same and "/all/" not in pair.one.id:
            same[pair.one.id].add(pair.other.id)
            same[pair.other.id].add(pair.one.id)
    wanted = found = wrong = 0
    asked = {p.one.id for p in made if p.is_tuned_on == tuned_on and "/all/" not in p.one.id}
    for id_ in sorted(asked):
        telling = {key for key in kept[id_] if having[key] <= TELLS_NOTHING}
        shared = {other: len(telling & keys) for other, keys in kept.items() if other != id_}
        likely = sorted(
            (other for other, number in shared.items() if number >= LEAST_SHARED),
            key=lambda other: (-shared[other], other),
        )[:MOST_COMPARED]
        if likely and shared[likely[0]] < ENOUGH_SHARED:
            likely = []
        called = {
            other for other, _ in alike(every[id_], likely, lambda ids: [every[one] for one in ids])
        }
        wanted += len(same[id_])
        found += len(called & same[id_])
        wrong += sum(not _stories(id_) & _stories(other) for other in called - same[id_])
    return Found(len(asked), wanted, found, wrong)
