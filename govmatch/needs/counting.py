"""From voices to ballots, and from ballots to what a score is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import field

import numpy as np

from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.needs.given import FIRM, PERSON, Part, Voices, Voter
from govmatch.needs.stability import Ballots
from govmatch.needs.survey import FULL, Counting, points_of_place


@dataclass(frozen=True, slots=True)
class Counted:
    """Ballots ready to be ranked, with what each score is made of and a digest of all of it."""

    ballots: Ballots
    parts: Mapping[int, list[Part]]
    """By need id."""
    firms: int
    digest: str


@dataclass(slots=True)
class _Rows:
    voter: list[int] = field(default_factory=list)
    need: list[int] = field(default_factory=list)
    points: list[int] = field(default_factory=list)


def count(voices: Voices, counting: Counting) -> Counted:
    """Return the ballots and the parts of every score; the same voices give the same digest.

    A firm's points count times its weight by size and by sector, in whole hundredths: a weight of
    150 % by 80 % is 120 %, of which the rest below one hundredth of a point is cut.
    """
    given = _given(voices)
    number = {need: position for position, need in enumerate(voices.needs)}
    rows, parts = _Rows(), {need: dict[tuple[object, ...], Part]() for need in voices.needs}
    for position, (voter, needs) in enumerate(given.items()):
        for need, (has_voice, place) in needs.items():
            part = _part(parts[need], voter, voices, counting)
            score = _add(part, has_voice=has_voice, place=place)
            rows.voter.append(position)
            rows.need.append(number[need])
            rows.points.append(score)
    ballots = Ballots(
        len(voices.needs),
        len(given),
        np.array(rows.voter, np.int64),
        np.array(rows.need, np.int64),
        np.array(rows.points, np.int64),
    )
    kept = {need: sorted(found.values(), key=_order) for need, found in parts.items()}
    said = [list(voices.needs), list(given), rows.voter, rows.need, rows.points]
    stamp = digest(canonical_json([said, counting.as_data()]))
    return Counted(ballots, kept, sum(kind == FIRM for kind, _ in given), stamp)


def _given(voices: Voices) -> dict[Voter, dict[int, tuple[bool, int | None]]]:
    """Return for each voter, in one order, what they gave: (a voice, a place) by need."""
    known = set(voices.needs)
    found: dict[Voter, dict[int, tuple[bool, int | None]]] = {}
    for voter, need in voices.supports:
        if need in known and _counts(voter, voices):
            found.setdefault(voter, {})[need] = (True, None)
    for firm, need, place in voices.ranks:
        if need in known and firm in voices.firms:
            of_firm = found.setdefault((FIRM, firm), {})
            of_firm[need] = (need in of_firm, place)
    return {voter: dict(sorted(found[voter].items())) for voter in sorted(found)}


def _counts(voter: Voter, voices: Voices) -> bool:
    return voter[0] == PERSON or voter[1] in voices.firms


def _part(
    parts: dict[tuple[object, ...], Part], voter: Voter, voices: Voices, counting: Counting
) -> Part:
    kind, number = voter
    if kind == PERSON:
        return parts.setdefault((PERSON,), Part(PERSON, points=counting.person_points))
    facts = voices.firms[number]
    by_size, by_sector = counting.weight(facts.size, facts.themes)
    key = (FIRM, facts.size or "", by_size, by_sector)
    new = Part(FIRM, facts.size or "", by_size, by_sector, points=counting.firm_points)
    return parts.setdefault(key, new)


def _add(part: Part, *, has_voice: bool, place: int | None) -> int:
    """Add one voter's ballot to a line of the sum, and return its hundredths of a point."""
    of_rank = points_of_place(place) if place is not None else 0
    of_voice = part.points if has_voice else 0
    part.voices += has_voice
    part.ranked += place is not None
    part.rank_points += of_rank
    score = (of_voice + of_rank) * part.by_size * part.by_sector // FULL
    part.score += score
    return score


def _order(part: Part) -> tuple[str, int, int, str]:
    """People last, heavy firms first."""
    return part.kind, -part.by_size, -part.by_sector, part.size


def total(parts: Iterable[Part]) -> int:
    """Return what the lines add up to, in hundredths of a point."""
    return sum(part.score for part in parts)
