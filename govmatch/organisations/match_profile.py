"""What matching is told of a firm: its own words, its codes, what it has. Never a person.

Who belongs to a firm, its name, its town, its website and its number stay out: none of them says
what it can do. So does the year in which it was founded.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from govmatch.matching.profile import Ask, Fact, Force, Text
from govmatch.matching.profile import Profile as MatchProfile
from govmatch.organisations.models import Authority, EvidenceKind, Firm
from govmatch.organisations.profile import Profile
from govmatch.organisations.regions import region_key

KIND = "firm"
TEXTS = {"summary": 1.5, "products": 1.0, "references": 0.7}
"""The fields whose words count, and how much: those of the summary most."""


def match_profile(profile: Profile) -> MatchProfile:
    """Return what is matched of a firm's profile."""
    firm, topics = profile.firm, profile.topics
    return MatchProfile(
        KIND,
        str(firm.id),
        texts=tuple(_texts(firm)),
        codes=(
            *(f"cpv:{code}" for code in profile.codes.cpv),
            *(f"theme:{slug}" for slug in topics.themes),
            *(f"technology:{slug}" for slug in topics.technologies),
        ),
        has=tuple(_has(profile)),
        asks=tuple(_asks(firm)),
    )


def _texts(firm: Firm) -> Iterator[Text]:
    for field, weight in TEXTS.items():
        if text := getattr(firm, field):
            yield Text(text, firm.text_lang, field, weight)


def _has(profile: Profile) -> Iterator[Fact]:
    firm = profile.firm
    return facts_of(
        country=firm.country,
        size=firm.size or "",
        languages=firm.languages,
        is_registered=bool(firm.registration),
        evidence=[(one.kind, one.valid_until) for one in profile.evidence],
    )


def facts_of(
    *,
    country: str,
    size: str,
    languages: Collection[str],
    is_registered: bool,
    evidence: Iterable[tuple[str, date | None]],
) -> Iterator[Fact]:
    """Yield what a firm has, as matching is told of it; `evidence` with the last day of each."""
    yield Fact("country", frozenset({country}))
    if size:
        yield Fact("size", frozenset({size}))
    if languages:
        yield Fact("languages", frozenset(languages))
    for kind, until in evidence:
        yield evidence_fact(kind, until)
    if is_registered:
        yield evidence_fact(EvidenceKind.COMPANY_REGISTRATION)


def evidence_fact(kind: str, until: date | None = None) -> Fact:
    return Fact(f"evidence:{kind}", frozenset({kind}), until=until)


def _asks(firm: Firm) -> Iterator[Ask]:
    """Yield what is nearer to a firm: wishes that decide between neighbours only."""
    yield Ask("place", Force.WISH, frozenset({firm.country}))
    if firm.region:
        yield Ask("region", Force.WISH, frozenset({region_of(firm)}))


def region_of(place: Firm | Authority) -> str:
    """Return a region with its country, however it is written."""
    return f"{place.country}:{region_key(place.country, place.region)}"
