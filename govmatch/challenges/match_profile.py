"""What matching is told of a challenge: its words in all its languages, its codes, whom it asks."""

from collections.abc import Iterator

from govmatch.challenges.models import Challenge
from govmatch.kit.country_groups import countries_in
from govmatch.kit.markdown import words_of
from govmatch.matching.profile import Ask, Fact, Force, Profile, Text
from govmatch.organisations.match_profile import region_of

KIND = "challenge"
TEXTS = {"title": 2.0, "summary": 1.5, "body": 1.0}
"""The fields whose words count, and how much; a field is named with its language: `body.de`."""


def match_profile(challenge: Challenge) -> Profile:
    """Return what is matched of a challenge."""
    return Profile(
        KIND,
        str(challenge.id),
        texts=tuple(_texts(challenge)),
        codes=(
            *(f"cpv:{code}" for code in challenge.cpv),
            *(f"{term.kind}:{term.slug}" for term in challenge.terms),
        ),
        has=tuple(_has(challenge)),
        asks=tuple(_asks(challenge)),
    )


def _texts(challenge: Challenge) -> Iterator[Text]:
    """Yield its texts; one in three languages weighs no more than one in one."""
    there = [text for text in challenge.texts if text.title]
    for field, weight in TEXTS.items():
        for text in there:
            words = words_of(text.html) if field == "body" else getattr(text, field)
            if words:
                yield Text(words, text.lang, f"{field}.{text.lang}", weight / len(there))


def _has(challenge: Challenge) -> Iterator[Fact]:
    authority = challenge.authority
    yield Fact("place", frozenset({authority.country}))
    if authority.region:
        yield Fact("region", frozenset({region_of(authority)}))
    if challenge.budget_max is not None:
        low = challenge.budget_min or challenge.budget_max
        yield Fact(f"budget:{challenge.currency}", low=low, high=challenge.budget_max)


def _asks(challenge: Challenge) -> Iterator[Ask]:
    """Yield what it asks of a firm: the two hard gates of eligibility, and what can be added."""
    limits = challenge.eligibility
    if countries := limits.get("countries"):
        yield Ask("country", Force.GATE, countries_in(countries))
    if sizes := limits.get("size"):
        yield Ask("size", Force.GATE, frozenset(sizes))
    if languages := limits.get("languages"):
        yield Ask("languages", Force.WISH, frozenset(languages))
    for kind in limits.get("requires", ()):
        yield Ask(f"evidence:{kind}", Force.EVIDENCE, frozenset({kind}))
