"""What is kept of a ranking: the best, what a gate rules out, and what opinions take off."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.matching import queries
from govmatch.matching.facts import compare, is_ruled_out
from govmatch.matching.keeping import Kept
from govmatch.matching.models import Opinion, Reason
from govmatch.matching.score import Match, matched

if TYPE_CHECKING:
    from govmatch.matching.pool import Pool

MOST = 50
"""Matches that are kept for one thing."""
MOST_RULED_OUT = 20
"""Those beside them that a gate rules out, of what would fit as well."""
LEAST_NEAR = 0.17
"""What texts and codes must be worth for a thing to be counted as near (`explore` calls from there
on what fits at least in part)."""
REACH = 2_000
"""How many are looked at where a thing may stand in the lists of others."""
COUNTED_DOWN = frozenset({Reason.TOPIC.value})
"""The opinions that say something of others that are alike, and not of this one alone."""
ALIKE = 0.6
"""How alike of 1 another must be to lose all that an opinion takes off; less, and it loses less."""
MOST_LOWERED = 0.8
"""The share of its score that a match can lose by opinions."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A match with what its reader's opinions take off, and whether a gate rules it out."""

    match: Match
    is_ruled_out: bool
    lowered: float = 0.0

    @property
    def place(self) -> tuple[float, str]:
        """Return what orders a list: what fits best and is not counted down comes first."""
        return -(self.match.score - self.lowered), self.match.id


def find(
    session: ReadSession, one: Kept, pool: "Pool", kind: str, *, on: date, most: int = MOST
) -> list[Proposal]:
    """Return what fits a profile, of those of a kind that may be proposed; best first.

    Also what a gate rules out, so that it can be said why: the pool is asked once more without the
    facts of the profile, and those of what it did not find before are compared here.
    """
    fitting = pool.rank(*one.pair, on=on, most=most, findings=False)
    known = {match.id for match in fitting}
    bare = replace(one.profile, has=(), asks=())
    near = pool.rank(bare, one.terms, on=on, most=most + MOST_RULED_OUT, findings=False)
    others = [match for match in near if match.id not in known]
    facts = queries.facts_of(session, kind, [int(match.id) for match in others])
    found = [Proposal(match, is_ruled_out=False) for match in fitting]
    for match in others:
        if other := facts.get(int(match.id)):
            findings = compare(one.profile, other, on=on)
            if is_ruled_out(findings):
                parts = {"text": match.parts.text, "codes": match.parts.codes}
                made = matched(kind, match.id, findings=findings, **parts)
                found.append(Proposal(made, is_ruled_out=True))
    return sorted(found, key=lambda proposal: proposal.place)


def lowered(proposals: Iterable[Proposal], alike: Mapping[str, float]) -> list[Proposal]:
    """Return a list in its new order once what is alike to the set aside is counted down."""
    found = [
        replace(one, lowered=max(one.match.score, 0.0) * alike.get(one.match.id, 0.0))
        for one in proposals
    ]
    return sorted(found, key=lambda proposal: proposal.place)


def alike(
    session: ReadSession, opinions: Collection[Opinion], pool: "Pool", kind: str, *, on: date
) -> dict[str, float]:
    """Return for each thing of a kind the share of its score that these opinions take off."""
    ids = [one.other_id for one in opinions if one.reason in COUNTED_DOWN]
    found: dict[str, float] = {}
    for one in queries.kept_of(session, kind, ids).values():
        bare = replace(one.profile, has=(), asks=())
        for match in pool.rank(bare, one.terms, on=on, most=REACH, findings=False):
            share = MOST_LOWERED * min(1.0, max(match.score, 0.0) / ALIKE)
            found[match.id] = max(share, found.get(match.id, 0.0))
    return found


def best(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return those that are kept, of a list that is in order."""
    ordered = list(proposals)
    fitting = [one for one in ordered if not one.is_ruled_out][:MOST]
    return [*fitting, *[one for one in ordered if one.is_ruled_out][:MOST_RULED_OUT]]
