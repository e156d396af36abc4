"""How many firms could answer a challenge: those that are about the same, and what each meets."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Text, select, type_coerce

from govmatch.challenges.models import Challenge
from govmatch.explore.bands import Counted, counted
from govmatch.explore.queries.matches import CHALLENGE, FIRM
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.matching import queries
from govmatch.matching.facts import Finding, Verdict, answers
from govmatch.matching.keeping import digest_of
from govmatch.matching.profile import Force, Profile
from govmatch.organisations.match_profile import facts_of
from govmatch.organisations.models import Evidence, Firm, Size
from govmatch.organisations.queries import firms_visible_to

NO_SIZE = ""
_IN_ONE = 1_000
"""Firms that one statement names."""


@dataclass(frozen=True)
class Answering:
    """What may be said of the firms that could answer.

    `asked` names what was asked of them: the same for the same draft.
    """

    counted: Counted
    asked: str


def answering(
    session: ReadSession, challenge: Challenge, *, actor: Actor, on: date
) -> Answering | None:
    """Return how many listed firms fit a challenge now; None until it was read for matching.

    What it is about is compared as it was last read; who is listed, has switched matching off and
    meets what is asked is of this moment.
    """
    known = queries.kept(session, CHALLENGE, challenge.id)
    near = queries.near(session, CHALLENGE, challenge.id)
    if known is None or near is None:
        return None
    asked = digest(digest_of(known.profile, is_proposed=False, reader=""))[:16]
    kinds = Counter(_listed(session, near, actor=actor))
    return Answering(_counted(known.profile, kinds, on=on), asked)


class Kind(NamedTuple):
    """What of a firm decides whether it meets what is asked; many firms are of one kind."""

    country: str
    size: str
    languages: str
    """As they are kept: a list as JSON."""
    is_registered: bool
    evidence: frozenset[tuple[str, date | None]]


def _listed(session: ReadSession, ids: Sequence[int], *, actor: Actor) -> Iterator[Kind]:
    """Yield the kind of each firm among these that wants to be found."""
    for start in range(0, len(ids), _IN_ONE):
        some = ids[start : start + _IN_ONE]
        evidence: dict[int, list[tuple[str, date | None]]] = {}
        shown = select(Evidence.firm_id, Evidence.kind, Evidence.valid_until)
        for number, kind, until in session.execute(shown.where(Evidence.firm_id.in_(some))):
            evidence.setdefault(number, []).append((kind, until))
        found = select(
            Firm.id, Firm.country, Firm.size, type_coerce(Firm.languages, Text), Firm.registration
        ).where(
            Firm.id.in_(some),
            firms_visible_to(actor),
            Firm.is_public,
            Firm.matching,
            Firm.closed_at.is_(None),
        )
        for number, country, size, languages, registration in session.execute(found):
            has = frozenset(evidence.get(number, ()))
            yield Kind(country, size or NO_SIZE, languages, bool(registration), has)


def _profile(kind: Kind) -> Profile:
    facts = facts_of(
        country=kind.country,
        size=kind.size,
        languages=json.loads(kind.languages),
        is_registered=kind.is_registered,
        evidence=kind.evidence,
    )
    return Profile(FIRM, "", has=tuple(facts))


def _counted(asking: Profile, kinds: Mapping[Kind, int], *, on: date) -> Counted:
    names = {force: [one.name for one in asking.asks if one.force is force] for force in Force}
    gates, lacking = Counter[str](), Counter[str]()
    countries, sizes = Counter[str](), Counter[str]()
    for kind, firms in kinds.items():
        findings = list(answers(asking, _profile(kind), on))
        shut = [one.ask.name for one in findings if one.verdict is Verdict.GATE]
        if not shut:
            countries[kind.country] += firms
            sizes[kind.size] += firms
            lacking.update(dict.fromkeys(_lacking(findings), firms))
        elif len(shut) == 1:
            gates[shut[0]] += firms
    return counted(
        countries.total(),
        countries=countries,
        sizes={size: sizes[size] for size in (*(one.value for one in Size), NO_SIZE)},
        gates={name: gates[name] for name in names[Force.GATE]},
        lacking={name: lacking[name] for name in (*names[Force.WISH], *names[Force.EVIDENCE])},
    )


def _lacking(findings: Sequence[Finding]) -> list[str]:
    """Return what a firm does not show of what can be added or is a wish."""
    return [
        one.ask.name
        for one in findings
        if one.ask.force is not Force.GATE and one.verdict is not Verdict.FOR
    ]
