"""What is kept of a profile comes back as it was, and is told apart by its digest."""

from datetime import date

from govmatch.matching.keeping import digest_of, facts_of, with_facts
from govmatch.matching.profile import Ask, Fact, Force, Profile, Text

WHOLE = Profile(
    "firm",
    "7",
    texts=(Text("Rechnungen", "de", "products", 1.5),),
    codes=("cpv:48444000", "theme:invoicing"),
    has=(
        Fact("evidence:iso-27001", frozenset({"iso-27001"}), until=date(2027, 1, 31)),
        Fact("budget:EUR", low=1000, high=5000.5),
    ),
    asks=(Ask("place", Force.WISH, frozenset({"DE", "DK"})), Ask("budget:EUR", Force.GATE, low=1)),
)


def test_what_is_kept_of_a_profile_is_all_but_its_texts() -> None:
    back = with_facts("firm", 7, facts_of(WHOLE))
    assert back == Profile("firm", "7", codes=WHOLE.codes, has=WHOLE.has, asks=WHOLE.asks)


def test_a_digest_changes_with_everything_that_a_match_hangs_on() -> None:
    def of(one: Profile, *, is_proposed: bool = True, reader: str = "r") -> str:
        return digest_of(one, is_proposed=is_proposed, reader=reader)

    others = (
        Profile("firm", "7", (Text("Anderes", "de", "products", 1.5),), WHOLE.codes, WHOLE.has),
        Profile("firm", "7", WHOLE.texts, WHOLE.codes[:1], WHOLE.has, WHOLE.asks),
        Profile("firm", "7", WHOLE.texts, WHOLE.codes, WHOLE.has[1:], WHOLE.asks),
        Profile("firm", "7", WHOLE.texts, WHOLE.codes, WHOLE.has, WHOLE.asks[:1]),
    )
    digests = {of(one) for one in (WHOLE, *others)}
    assert len(digests | {of(WHOLE, is_proposed=False), of(WHOLE, reader="s")}) == 7
    assert of(WHOLE) == of(WHOLE)
