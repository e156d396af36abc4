"""All pairs at once say what asking one after another says, in both directions."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from govmatch.matching.all_pairs import AllPairs, Task, rank_all
from govmatch.matching.names import Thing
from govmatch.matching.pool import Pool
from govmatch.matching.profile import Ask, Fact, Force, Profile
from govmatch.matching.rarity import Rarity
from govmatch.matching.score import Match
from tests.unit.matching.profiles import DAY, READER, profile

WORDS = ("Wasser", "Leitung", "Leck", "Rechnung", "Schule", "Brot", "Peppol", "Drohne")
GATE = Ask("country", Force.GATE, any_of=frozenset({"dk"}))
COUNTRIES = tuple(Fact("country", frozenset({code})) for code in ("dk", "us"))


def text(number: int) -> str:
    return " ".join(WORDS[number * step % len(WORDS)] for step in (1, 3, 5) if number % step < 4)


FIRMS = [
    (one, READER.read(one))
    for n in range(120)
    for one in [profile(f"f{n:03}", text(n), codes=(f"cpv:{n}",), has=(COUNTRIES[n % 2],))]
]
ASKING = [
    (one, READER.read(one))
    for n in range(30)
    for one in [
        Profile(
            "challenge",
            f"c{n:02}",
            profile("c", text(n * 7 + 1)).texts,
            (f"cpv:{n}1",),
            asks=(GATE,) if n % 3 else (),
        )
    ]
]
RARITY = Rarity.of(terms for _, terms in (*FIRMS, *ASKING))


def found(file: Path, *, processes: int, told: list[tuple[int, int]]) -> AllPairs:
    return rank_all(
        ASKING,
        file,
        Task(on=DAY, most=10, most_back=4),
        processes=processes,
        told=lambda done, total: told.append((done, total)),
    )


def scores(pairs: Iterable[tuple[Thing, list[Match]]]) -> dict[str, list[float]]:
    return {id_: [round(match.score, 5) for match in matches] for (_, id_), matches in pairs}


@pytest.mark.parametrize("processes", [1, 2])
def test_both_directions_are_what_each_would_be_told(tmp_path: Path, processes: int) -> None:
    there, back = Pool(FIRMS, rarity=RARITY), Pool(ASKING, rarity=RARITY)
    there.save(tmp_path / "firms")
    told: list[tuple[int, int]] = []
    pairs = found(tmp_path / "firms", processes=processes, told=told)
    assert scores(pairs.for_asking()) == {
        one.id: [round(match.score, 5) for match in there.rank(one, terms, on=DAY, most=10)]
        for one, terms in ASKING
    }
    assert scores(pairs.for_pool()) == {
        one.id: [round(match.score, 5) for match in back.rank(one, terms, on=DAY, most=4)]
        for one, terms in FIRMS
    }
    assert told == [(done, 30) for done in range(1, 31)]


def test_every_match_has_the_parts_that_its_pair_has(tmp_path: Path) -> None:
    there = Pool(FIRMS, rarity=RARITY)
    there.save(tmp_path / "firms")
    pairs = found(tmp_path / "firms", processes=1, told=[])
    known = {
        (one.id, match.id): pytest.approx(parts_of(match))
        for one, terms in ASKING
        for match in there.rank(one, terms, on=DAY, most=len(FIRMS))
    }
    for (_, id_), matches in pairs.for_asking():
        assert all(parts_of(match) == known[id_, match.id] for match in matches)
    for (_, id_), matches in pairs.for_pool():
        assert all(parts_of(match) == known[match.id, id_] for match in matches)


def parts_of(match: Match) -> tuple[float, float, float]:
    return match.parts.text, match.parts.codes, match.parts.facts


def test_nobody_asking_leaves_nothing_for_anybody(tmp_path: Path) -> None:
    Pool(FIRMS, rarity=RARITY).save(tmp_path / "firms")
    pairs = rank_all([], tmp_path / "firms", Task(on=DAY, most=10, most_back=4))
    assert list(pairs.for_asking()) == []
    assert all(not matches for _, matches in pairs.for_pool())


def test_a_process_that_cannot_work_is_told_and_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="has ended"):
        found(tmp_path / "missing", processes=2, told=[])
