"""A pool stays right when profiles change, when it lies in a file, and past many gates."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.matching.counts import Counts
from govmatch.matching.facts import compare, is_ruled_out
from govmatch.matching.pool import Pool
from govmatch.matching.profile import Ask, Fact, Force, Profile
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms
from govmatch.matching.score import Match, matched
from tests.unit.matching.profiles import DAY, READER, World, profile

GATE = Ask("country", Force.GATE, any_of=frozenset({"dk"}))
DANISH, AMERICAN = (Fact("country", frozenset({code})) for code in ("dk", "us"))
ASKING = Profile("challenge", "c", profile("c", "Lecks im Wasserleitungsnetz").texts, asks=(GATE,))
WORDS = ("Wasser", "Leitung", "Leck", "Rechnung", "Schule", "Brot", "Peppol", "Drohne")


def firms(number: int) -> list[Profile]:
    return [
        profile(f"f{one:03}", " ".join(WORDS[one % n] for n in (3, 5, 8)), codes=(f"cpv:{one}",))
        for one in range(number)
    ]


def read(profiles: list[Profile]) -> list[tuple[Profile, Terms]]:
    return [(one, READER.read(one)) for one in profiles]


def pool_of(profiles: list[Profile], rarity: Rarity) -> Pool:
    return Pool(iter(read(profiles)), rarity=rarity)


def found(pool: Pool, *, most: int = 50, on: date = DAY) -> list[Match]:
    return pool.rank(ASKING, READER.read(ASKING), on=on, most=most)


RARITY = Rarity.of(terms for _, terms in read([*firms(60), ASKING]))


def test_a_gate_that_rules_out_nearly_all_leaves_the_others_found() -> None:
    text = "Lecks im Wasserleitungsnetz"
    out = [profile(f"out-{n:04}", text, has=(AMERICAN,)) for n in range(3_000)]
    far = [profile(f"in-{n}", f"{text} Brot Schule Rechnung", has=(DANISH,)) for n in range(3)]
    known = [ASKING, *out, *far, profile("baker", "Brot backen")]
    pool = pool_of(known, Rarity.of(terms for _, terms in read(known)))
    assert [match.id for match in found(pool, most=3)] == ["in-0", "in-1", "in-2"]
    assert [match.id for match in found(pool, most=2)] == ["in-0", "in-1"]


def test_a_wish_lifts_who_stands_behind_hundreds_by_words_alone() -> None:
    wish = Ask("region", Force.WISH, any_of=frozenset({"bremen"}))
    asking = Profile("challenge", "c", ASKING.texts, asks=(wish,))
    away = Fact("region", frozenset({"kassel"}))
    near = Fact("region", frozenset({"bremen"}))
    text = " ".join(f"Leck Wasserleitungsnetz Wort{n}" for n in range(2))
    many = [profile(f"away-{n:03}", text, has=(away,)) for n in range(500)]
    last = profile("near", f"{text} und", has=(near,))
    known = [asking, *many, last, profile("baker", "Brot backen")]
    pool = pool_of(known, Rarity.of(terms for _, terms in read(known)))
    assert pool.rank(asking, READER.read(asking), on=DAY, most=1)[0].id == "near"


def test_scores_are_the_same_without_findings() -> None:
    known = [profile(f"f{n}", "Leck", has=(DANISH,) if n % 2 else ()) for n in range(9)]
    pool = pool_of([*known, profile("baker", "Brot")], RARITY)
    full = found(pool)
    lean = pool.rank(ASKING, READER.read(ASKING), on=DAY, findings=False)
    assert [one.id for one in lean] == [one.id for one in full]
    assert [one.score for one in lean] == pytest.approx([one.score for one in full])
    assert {one.findings for one in lean} == {()}
    assert full[0].findings[0].fact == DANISH


def test_a_changed_pool_answers_as_one_that_was_made_anew() -> None:
    before, after = firms(60), firms(60)
    changed = profile("f007", "Lecks in Wasserleitungen", has=(DANISH,))
    new = profile("new", "Lecks im Wasserleitungsnetz", has=(DANISH,))
    after = [changed if one.id == "f007" else one for one in after if one.id != "f002"]
    pool = pool_of(before, RARITY)
    old = found(pool)
    pool.change(changed, READER.read(changed))
    pool.change(new, READER.read(new))
    pool.remove("firm", "f002")
    pool.remove("firm", "never there")
    anew = pool_of([*after, new], RARITY)
    assert found(pool) == found(anew) != old
    assert (len(pool), len(anew), pool.changed) == (60, 60, 3)
    pool.remove("firm", "new")
    pool.change(before[2], READER.read(before[2]))
    pool.change(before[7], READER.read(before[7]))
    assert found(pool) == old
    assert len(pool) == 60


def test_a_pool_in_a_file_answers_as_it_did(tmp_path: Path) -> None:
    has = (DANISH, Fact("size", low=3, until=date(2027, 1, 2)))
    asks = (Ask("budget", Force.WISH, high=5.5),)
    known = [*firms(60), Profile("firm", "æøå", ASKING.texts, ("cpv:1",), has, asks)]
    pool = pool_of(known, RARITY)
    pool.save(tmp_path / "pool")
    opened = Pool.open(tmp_path / "pool")
    assert found(opened) == found(pool)
    assert found(opened)[0].id == "æøå"
    assert found(opened)[0].findings == tuple(compare(ASKING, known[-1], on=DAY))
    opened.change(firms(1)[0], READER.read(firms(1)[0]))
    with pytest.raises(ValueError, match="1 profiles have changed"):
        opened.save(tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pool"]


def test_a_file_that_is_not_whole_or_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pool"
    pool_of(firms(5), RARITY).save(path)
    whole = path.read_bytes()
    for broken in (b"", whole[:10], whole[:40], whole[:-1], whole + b"x", b"x" + whole[1:]):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match=r"pool is not|empty file"):
            Pool.open(path)


def test_packed_counts_say_what_the_counts_said() -> None:
    packed = Rarity(RARITY.profiles, *(Counts.of(dict(one)) for one in counted(RARITY)))
    terms = READER.read(profile("f", "Wasser Leitung Zwieback", codes=("cpv:12", "cpv:9999")))
    assert packed.text_vector(terms) == RARITY.text_vector(terms)
    assert packed.code_vector(terms) == RARITY.code_vector(terms)
    nothing = Rarity(0, Counts.of({}), Counts.of({}))
    assert set(nothing.text_vector(terms)) == set(terms.text)


def counted(rarity: Rarity) -> tuple[dict[str, int], dict[str, int]]:
    assert isinstance(rarity.text, dict)
    assert isinstance(rarity.codes, dict)
    return rarity.text, rarity.codes


asks = st.builds(
    Ask, st.sampled_from("ab"), st.sampled_from(Force), st.frozensets(st.sampled_from("xy"))
)
facts = st.builds(Fact, st.sampled_from("ab"), st.frozensets(st.sampled_from("xy")))
made = st.tuples(
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.lists(asks, max_size=2).map(tuple),
    st.lists(facts, max_size=2).map(tuple),
)


@given(st.lists(made, min_size=1, max_size=9), st.integers(1, 4))
def test_the_best_are_those_that_comparing_every_pair_finds(
    drawn: list[tuple[list[str], tuple[Ask, ...], tuple[Fact, ...]]], most: int
) -> None:
    known = [
        Profile("firm", str(n), profile("f", " ".join(words)).texts, has=has, asks=asks)
        for n, (words, asks, has) in enumerate(drawn)
    ]
    world = World(*known)
    everything = [
        matched("firm", other.id, text=part.text, codes=part.codes, findings=findings)
        for other in known[1:]
        if (part := world.explain("0", other.id).match.parts).text > 0
        if not is_ruled_out(findings := compare(known[0], other, on=DAY))
    ]
    expected = sorted((one.score for one in everything), reverse=True)[:most]
    assert [one.score for one in world.rank("0", most=most)] == pytest.approx(expected)
