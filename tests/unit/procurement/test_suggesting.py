"""Which routes a value leaves open, and which figures are to be doubted."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from govmatch.procurement.suggesting import OLD_AFTER, Doubt, Reach, Suggestion, suggest
from govmatch.procurement.table import Buyer, Source, Table, Threshold

TODAY = date(2026, 11, 22)
WORDS = {"en": "A", "de": "B", "da": "C"}


def line(procedure: str = "direct", **changes: object) -> Threshold:
    whole = Threshold(
        procedure=procedure,
        buyers=frozenset(),
        least=None,
        limit=1_000,
        includes_limit=False,
        before="",
        currency="EUR",
        labels=WORDS,
        explanations=WORDS,
        source=Source("Law", "https://law.example", TODAY - timedelta(days=30)),
        is_checked=True,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def table(slug: str, *lines: Threshold, **changes: object) -> Table:
    whole = Table(
        slug=slug,
        names=WORDS,
        country="DE",
        regions=(),
        valid_from=date(2026, 1, 1),
        valid_until=None,
        thresholds=lines or (line(),),
        source_path=f"thresholds/{slug}.yaml",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def ask(tables: list[Table], **changes: object) -> Suggestion:
    asked: dict[str, object] = {
        "value": 500,
        "currency": "EUR",
        "country": "DE",
        "region": "Bremen",
        "buyer": Buyer.REGIONAL,
        "on": TODAY,
    }
    return suggest(tables, **{**asked, **changes})  # type: ignore[arg-type]


def ids(found: Suggestion) -> list[str]:
    return [one.id for one in found.open]


def test_a_limit_counts_only_where_it_says_so_and_a_beginning_always() -> None:
    tables = [
        table("t", line(), line("up-to", includes_limit=True), line("on", least=1_000, limit=None))
    ]
    assert ids(ask(tables, value=999)) == ["t/direct", "t/up-to"]
    assert ids(ask(tables, value=1_000)) == ["t/up-to", "t/on"]
    assert ids(ask(tables, value=1_001)) == ["t/on"]


def test_the_region_stands_before_the_country_and_the_country_before_the_union() -> None:
    tables = [
        table("eu", country="EU"), table("land"), table("city", regions=("Bremen",)),
        table("elsewhere", regions=("Saxony",)), table("dk", country="DK"),
    ]  # fmt: skip
    assert ids(ask(tables)) == ["city/direct", "land/direct", "eu/direct"]
    assert ask(tables).reach is Reach.REGION
    assert not ask(tables).lacks_region


def test_a_region_without_figures_gets_those_of_the_country_and_is_told_so() -> None:
    tables = [table("land"), table("city", regions=("Bremen",))]
    found = ask(tables, region="Thuringia")
    assert (ids(found), found.reach, found.lacks_region) == (["land/direct"], Reach.COUNTRY, True)
    assert not ask([table("land")], region="Thuringia").lacks_region


def test_where_nothing_is_known_nothing_is_found_and_nothing_breaks() -> None:
    found = ask([table("dk", country="DK")], country="GB", region="")
    assert (found.options, found.reach, found.lacks_region) == ((), Reach.NOWHERE, False)


def test_a_route_for_one_kind_of_authority_is_for_no_other() -> None:
    tables = [table("t", line(buyers=frozenset({Buyer.CENTRAL})))]
    assert ids(ask(tables, buyer=Buyer.CENTRAL)) == ["t/direct"]
    assert ids(ask(tables, buyer=Buyer.MUNICIPAL)) == []


def test_another_currency_is_compared_with_nothing() -> None:
    found = ask([table("t", line(currency="DKK"), line("ours"))])
    assert ids(found) == ["t/ours"]
    assert [one.id for one in found.foreign] == ["t/direct"]
    assert found.closed == ()


def test_a_route_ends_where_the_one_that_it_stands_before_begins() -> None:
    national = table("land", line("tender", least=100, limit=None, before="eu-wide"))
    union = table("eu", line("eu-wide", least=900, limit=None), country="EU")
    assert ids(ask([national, union], value=899)) == ["land/tender"]
    found = ask([national, union], value=900)
    assert ids(found) == ["eu/eu-wide"]
    assert [one.id for one in found.closed] == ["land/tender"]


def test_a_figure_whose_time_is_over_counts_until_a_newer_one_is_known() -> None:
    old = table("t-2024", valid_from=date(2024, 1, 1), valid_until=date(2025, 12, 31))
    new = table("t-2026")
    assert ids(ask([old])) == ["t-2024/direct"]
    assert ask([old]).open[0].doubts == (Doubt.OVER,)
    assert ask([old]).is_doubtful
    assert ids(ask([old, new])) == ["t-2026/direct"] == ids(ask([new, old]))
    assert not ask([old, new]).is_doubtful


def test_a_figure_of_the_future_does_not_count_yet() -> None:
    tables = [table("t", valid_from=TODAY + timedelta(days=1))]
    assert ids(ask(tables)) == []
    assert ids(ask(tables, on=TODAY + timedelta(days=1))) == ["t/direct"]


def test_an_old_or_unchecked_figure_is_marked() -> None:
    old = Source("Law", "https://law.example", TODAY - OLD_AFTER - timedelta(days=1))
    found = ask([table("t", line(source=old, is_checked=False))])
    assert found.open[0].doubts == (Doubt.OLD, Doubt.UNCHECKED)
    year = replace(old, as_of=TODAY - OLD_AFTER)
    assert ask([table("t", line(source=year))]).open[0].doubts == ()


lines = st.builds(
    line,
    procedure=st.sampled_from(["a", "b", "c"]),
    least=st.none() | st.integers(0, 50),
    limit=st.none() | st.integers(0, 50),
    includes_limit=st.booleans(),
    buyers=st.frozensets(st.sampled_from(Buyer)),
    currency=st.sampled_from(["EUR", "DKK"]),
    before=st.sampled_from(["", "c"]),
)
tables_ = st.lists(
    st.builds(
        table,
        st.sampled_from(["s", "t", "u"]),
        lines,
        lines,
        country=st.sampled_from(["DE", "EU", "DK"]),
        regions=st.sampled_from([(), ("Bremen",), ("Saxony",)]),
        valid_from=st.sampled_from([date(2024, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]),
        valid_until=st.sampled_from([None, date(2025, 12, 31)]),
    ),
    max_size=4,
)


@given(tables_, st.integers(0, 60), st.sampled_from(Buyer), st.sampled_from(["EUR", "DKK"]))
def test_what_is_open_is_open_and_nothing_is_said_twice_or_of_elsewhere(
    every: list[Table], value: int, buyer: Buyer, currency: str
) -> None:
    found = ask(every, value=value, buyer=buyer, currency=currency)
    for one in found.options:
        assert one.table.covers("DE", "Bremen")
        assert one.table.valid_from <= TODAY
        assert not one.threshold.buyers or buyer in one.threshold.buyers
        assert (Doubt.OVER in one.doubts) == (one.table.valid_until is not None)
    for one in found.open:
        assert one.threshold.currency == currency
        assert one.threshold.is_open_to(value)
    procedures = {one.threshold.procedure for one in found.open}
    for one in found.closed:
        assert one.threshold.currency == currency
        is_ended = bool(one.threshold.before)
        assert not one.threshold.is_open_to(value) or is_ended
    assert all(one.threshold.before not in procedures for one in found.open)
    assert all(one.threshold.currency != currency for one in found.foreign)
    assert len({id(one) for one in found.options}) == len(found.options)


@given(tables_, st.integers(0, 60))
def test_the_order_of_the_files_changes_nothing(every: list[Table], value: int) -> None:
    named = [replace(one, slug=f"{one.slug}{place}") for place, one in enumerate(every)]
    assert ask(named, value=value) == ask(named[::-1], value=value)
