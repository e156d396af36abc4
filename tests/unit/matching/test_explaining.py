"""From the explanation alone one knows why a firm fits and what it could add."""

from datetime import date

import pytest

from govmatch.matching.explanation import SharedCode
from govmatch.matching.facts import Verdict
from govmatch.matching.profile import Ask, Fact, Force, Profile
from govmatch.matching.reading import Written
from govmatch.matching.score import WEIGHTS
from tests.unit.matching.profiles import World, profile

CHALLENGE = Profile(
    "challenge",
    "challenge",
    profile("x", "Ortung von Lecks im Wasserleitungsnetz, mit Drohnen").texts,
    codes=("cpv:6541", "cpv:9"),
    asks=(Ask("iso-27001", Force.EVIDENCE),),
)
DANE = profile(
    "dane",
    "Vi finder lækager i vandledninger.",
    language="da",
    codes=("cpv:654",),
    has=(Fact("iso-27001", until=date(2020, 1, 1)),),
)
OTHERS = [profile("printer", "Wir drucken Plakate."), profile("baker", "Wir backen Brot.")]
WORLD = World(CHALLENGE, DANE, *OTHERS)


def test_shared_words_are_shown_as_each_side_wrote_them() -> None:
    found = WORLD.explain("challenge", "dane").words
    pairs = {(word.here[0].words, word.there[0].words) for word in found}
    assert ("Lecks", "lækager") in pairs
    assert ("Wasserleitungsnetz", "vandledninger") in pairs
    assert {written.field for word in found for written in word.there} == {"products"}


def test_what_counts_more_stands_first_and_no_more_is_told_than_counts() -> None:
    explanation = WORLD.explain("challenge", "dane")
    shares = [word.share for word in explanation.words]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= WEIGHTS.text * explanation.match.parts.text + 1e-9


def test_the_nearest_code_of_the_other_is_named_with_what_is_above_both() -> None:
    assert WORLD.explain("challenge", "dane").codes == (
        SharedCode("cpv:6541", "cpv:654", "cpv:654"),
    )


def test_what_the_other_lacks_is_named_as_it_is_written_here() -> None:
    assert Written("Drohnen", "products") in WORLD.explain("challenge", "dane").lacking


def test_what_is_missing_is_told_with_what_ran_out() -> None:
    (finding,) = WORLD.explain("challenge", "dane").findings
    assert finding.verdict is Verdict.MISSING
    assert finding.fact == Fact("iso-27001", until=date(2020, 1, 1))


def test_the_sum_is_that_of_the_list_and_the_same_from_the_other_side() -> None:
    (ranked,) = [match for match in WORLD.rank("challenge") if match.id == "dane"]
    here, there = WORLD.explain("challenge", "dane"), WORLD.explain("dane", "challenge")
    assert here.match.score == pytest.approx(ranked.score)
    assert here.match.score == pytest.approx(there.match.score)
    assert here.match.id == "dane"
    assert there.match.id == "challenge"


def test_two_that_share_nothing_have_nothing_to_show() -> None:
    explanation = WORLD.explain("dane", "printer")
    assert (explanation.words, explanation.codes, explanation.match.parts.text) == ((), (), 0.0)
