"""Profiles beside their terms, as values of a table: written, read, and told apart."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.matching.profile import Ask, Fact, Force, Profile
from govmatch.matching.reading import Terms


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile without its texts, which `terms` stand for."""

    profile: Profile
    terms: Terms

    @property
    def pair(self) -> tuple[Profile, Terms]:
        return self.profile, self.terms


def facts_of(profile: Profile) -> dict[str, Any]:
    """Return what is kept of a profile beside its terms, as JSON values."""
    return {
        "codes": list(profile.codes),
        "has": [
            [f.name, sorted(f.values), f.low, f.high, f.until.isoformat() if f.until else None]
            for f in profile.has
        ],
        "asks": [[a.name, a.force.value, sorted(a.any_of), a.low, a.high] for a in profile.asks],
    }


def with_facts(kind: str, number: int, facts: Mapping[str, Any]) -> Profile:
    """Return the profile that `facts_of` was made of, without its texts."""
    return Profile(
        kind,
        str(number),
        codes=tuple(facts["codes"]),
        has=tuple(
            Fact(name, frozenset(values), low, high, date.fromisoformat(until) if until else None)
            for name, values, low, high, until in facts["has"]
        ),
        asks=tuple(
            Ask(name, Force(force), frozenset(any_of), low, high)
            for name, force, any_of, low, high in facts["asks"]
        ),
    )


def digest_of(profile: Profile, *, is_proposed: bool, reader: str) -> str:
    """Return the same for what reads the same: a profile, its standing, the words to read it."""
    texts = [asdict(text) for text in profile.texts]
    return digest(canonical_json([texts, facts_of(profile), is_proposed, reader]))
