"""What is asked is met, not met, missing or a gate."""

from datetime import date

import pytest

from govmatch.matching.facts import Verdict, balance, compare, is_ruled_out
from govmatch.matching.profile import Ask, Fact, Force
from tests.unit.matching.profiles import DAY, profile

ISO = Ask("iso-27001", Force.EVIDENCE)
COUNTRY = Ask("country", Force.GATE, any_of=frozenset({"de", "dk"}))
BUDGET = Ask("budget", Force.WISH, low=50_000, high=500_000)


def verdict(ask: Ask, *has: Fact) -> Verdict:
    asker, other = profile("asker", asks=(ask,)), profile("other", has=has)
    (finding,) = compare(asker, other, on=DAY)
    assert finding.asker == "asker"
    return finding.verdict


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (10_000, 60_000, Verdict.FOR),
        (500_000, None, Verdict.FOR),
        (None, 40_000, Verdict.AGAINST),
        (600_000, 900_000, Verdict.AGAINST),
        (None, None, Verdict.FOR),
    ],
)
def test_spans_meet_when_they_share_a_number(
    low: float | None, high: float | None, expected: Verdict
) -> None:
    assert verdict(BUDGET, Fact("budget", low=low, high=high)) is expected


def test_a_gate_that_is_known_not_to_be_met_rules_out() -> None:
    assert verdict(COUNTRY, Fact("country", frozenset({"us"}))) is Verdict.GATE
    assert verdict(COUNTRY, Fact("country", frozenset({"us", "dk"}))) is Verdict.FOR


def test_what_is_not_known_is_missing_and_rules_nobody_out() -> None:
    assert verdict(COUNTRY) is Verdict.MISSING
    assert verdict(BUDGET, Fact("size", low=3)) is Verdict.MISSING


def test_evidence_holds_to_its_last_day() -> None:
    assert verdict(ISO, Fact("iso-27001", until=DAY)) is Verdict.FOR
    assert verdict(ISO, Fact("iso-27001", until=date(2026, 2, 28))) is Verdict.MISSING
    assert verdict(ISO) is Verdict.MISSING


def test_a_finding_names_what_the_other_has_even_when_it_ran_out() -> None:
    old = Fact("iso-27001", until=date(2020, 1, 1))
    (finding,) = compare(profile("a", asks=(ISO,)), profile("b", has=(old,)), on=DAY)
    assert finding.fact == old


def test_both_sides_may_ask() -> None:
    firm = profile("firm", asks=(BUDGET,), has=(Fact("country", frozenset({"de"})),))
    challenge = profile("challenge", asks=(COUNTRY,), has=(Fact("budget", low=5, high=9),))
    findings = compare(firm, challenge, on=DAY)
    assert [(one.asker, one.verdict) for one in findings] == [
        ("firm", Verdict.AGAINST),
        ("challenge", Verdict.FOR),
    ]
    assert not is_ruled_out(findings)
    assert balance(findings) == 0.0
    assert balance([]) == 0.0
