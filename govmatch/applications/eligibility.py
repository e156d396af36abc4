"""Does a firm meet what a challenge asks for? Shown before any effort, kept at submission.

Two gates are hard: country and size. Both are published, both follow from the firm's own profile
alone, and no judgement is left to anybody; a firm outside may not submit, and is told why and where
it can correct its profile. Everything else (evidence, language) is shown and recorded, and judged
by people in the formal check. What the profile does not say stands in nobody's way.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from govmatch.kit.country_groups import countries_in
from govmatch.kit.records import dataclass
from govmatch.organisations.models import EvidenceKind, Firm


class Met(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Gate:
    """One requirement: `kind` is country, size, language or a kind of evidence.

    `wanted` holds the codes that the challenge names, `has` the firm's own, empty where unknown.
    """

    kind: str
    wanted: tuple[str, ...]
    has: str
    met: Met
    is_hard: bool = False

    @property
    def blocks(self) -> bool:
        return self.is_hard and self.met is Met.NO


def gates(
    eligibility: Mapping[str, Sequence[str]],
    firm: Firm,
    *,
    evidence: Collection[str],
    lang: str | None = None,
) -> list[Gate]:
    """Return every requirement with how this firm meets it; `evidence` is what is in date.

    `lang` is the language that the application is written in, None before that was chosen.
    """
    found = [_country(eligibility, firm), _size(eligibility, firm), _language(eligibility, lang)]
    needed = [_evidence(kind, firm, evidence) for kind in eligibility.get("requires", ())]
    return [gate for gate in (*found, *needed) if gate is not None]


def as_data(found: Sequence[Gate]) -> list[dict[str, object]]:
    """Return what is kept with a version: the firm's state at that moment, without its words."""
    return [{"kind": g.kind, "wanted": list(g.wanted), "met": g.met.value} for g in found]


def _country(eligibility: Mapping[str, Sequence[str]], firm: Firm) -> Gate | None:
    wanted = tuple(eligibility.get("countries", ()))
    met = _among(firm.country, countries_in(wanted))
    return Gate("country", wanted, firm.country, met, is_hard=True) if wanted else None


def _size(eligibility: Mapping[str, Sequence[str]], firm: Firm) -> Gate | None:
    wanted = tuple(eligibility.get("size", ()))
    has = firm.size or ""
    return Gate("size", wanted, has, _among(has, wanted), is_hard=True) if wanted else None


def _language(eligibility: Mapping[str, Sequence[str]], lang: str | None) -> Gate | None:
    wanted = tuple(eligibility.get("languages", ()))
    if not wanted or lang is None:
        return None
    return Gate("language", wanted, lang, _among(lang, wanted))


def _evidence(kind: str, firm: Firm, evidence: Collection[str]) -> Gate:
    is_shown = kind in evidence
    if kind == EvidenceKind.COMPANY_REGISTRATION and firm.registration:
        is_shown = True
    return Gate(kind, (kind,), kind if is_shown else "", Met.YES if is_shown else Met.NO)


def _among(has: str, wanted: Collection[str]) -> Met:
    if not has:
        return Met.UNKNOWN
    return Met.YES if has in wanted else Met.NO
