"""How much of what matching looks at a profile says, and what would add most to it.

Points are hundredths of the whole. Those of texts and codes were measured: the part of its score
that a field brings a firm of the demonstration with the challenges that fit it best (Shapley values
over all orders of filling in, `tests/bench/matching/fields.py`); together they are 80. The other 20
are what challenges ask for, which decides between neighbours in a list and may rule a firm out.
"""

from collections.abc import Mapping
from datetime import date

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.profile import Profile
from govmatch.organisations.rules import is_in_date

POINTS: Mapping[str, int] = {
    "summary": 24,
    "products": 24,
    "references": 10,
    "themes": 8,
    "technologies": 7,
    "cpv": 7,
    "size": 6,
    "evidence": 6,
    "languages": 5,
    "registration": 3,
}
ENOUGH: Mapping[str, int] = {"summary": 15, "products": 60, "references": 25}
"""Words from which on a text says enough to be found by; one of fewer counts in proportion."""
WHOLE = sum(POINTS.values())


@dataclass(frozen=True, slots=True)
class Level:
    """From how many points on a profile is called so."""

    least: int
    words: Message


LEVELS = (
    Level(80, msg("Strong: most of what matching looks at is there")),
    Level(50, msg("Good: a few more fields bring better matches")),
    Level(20, msg("A beginning: challenges are found by a part of what you do")),
    Level(0, msg("Weak: there is little to find challenges by")),
)


def missing_points(profile: Profile, *, today: date) -> dict[str, int]:
    """Return what each field that is not full would add, by its name; the most first."""
    left = {name: round(POINTS[name] * (1 - share)) for name, share in _shares(profile, today)}
    return {name: left[name] for name in sorted(left, key=lambda name: -left[name]) if left[name]}


def _shares(profile: Profile, today: date) -> list[tuple[str, float]]:
    """Return how full each field is, from 0 to 1."""
    texts = vars(profile.offer)
    there = {
        "themes": profile.topics.themes,
        "technologies": profile.topics.technologies,
        "cpv": profile.codes.cpv,
        "size": profile.basics.size,
        "languages": profile.basics.languages,
        "registration": profile.basics.registration,
        "evidence": [one for one in profile.evidence if is_in_date(one, on=today)],
    }
    return [
        *((name, min(1.0, len(texts[name].split()) / enough)) for name, enough in ENOUGH.items()),
        *((name, float(bool(said))) for name, said in there.items()),
    ]


def level_of(points: int) -> Level:
    """Return what a profile of so many points is called."""
    return next(level for level in LEVELS if points >= level.least)
