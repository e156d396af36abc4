"""Facts compared in columns say what facts compared one by one say."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.matching.facts import balance, compare, is_ruled_out
from govmatch.matching.gathering import columns_of
from govmatch.matching.profile import Ask, Fact, Force, Profile
from tests.unit.matching.profiles import DAY

ends = st.none() | st.integers(0, 4).map(float)
names = st.sampled_from(["country", "budget", "iso"])
values = st.frozensets(st.sampled_from("abc"), max_size=2)
days = st.none() | st.sampled_from([date(2020, 1, 1), DAY, date(2030, 1, 1)])
facts = st.builds(Fact, names, values, ends, ends, days)
asks = st.builds(Ask, names, st.sampled_from(Force), values, ends, ends)
profiles = st.builds(
    Profile,
    st.just("firm"),
    st.just("f"),
    has=st.lists(facts, max_size=4).map(tuple),
    asks=st.lists(asks, max_size=4).map(tuple),
)


@given(profiles, st.lists(profiles, max_size=6), st.data())
def test_whatever_two_have_and_ask_the_columns_judge_as_comparing_does(
    profile: Profile, others: list[Profile], data: st.DataObject
) -> None:
    columns = columns_of(others)
    chosen = data.draw(st.lists(st.sampled_from(range(len(others))))) if others else []
    balances, ruled_out = columns.judge(profile, np.array(chosen, np.int32), on=DAY)
    expected = [compare(profile, others[number], on=DAY) for number in chosen]
    assert balances.tolist() == pytest.approx([balance(one) for one in expected])
    assert ruled_out.tolist() == [is_ruled_out(one) for one in expected]


@given(st.lists(profiles, min_size=1, max_size=4))
def test_facts_and_asks_come_back_as_they_were(known: list[Profile]) -> None:
    columns = columns_of(known)
    back = columns.facts_of(np.arange(len(known), dtype=np.int32)[::-1])
    assert back == [(one.has, one.asks) for one in reversed(known)]
