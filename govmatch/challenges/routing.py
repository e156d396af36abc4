"""A chosen procurement route as it is kept: the value, and the route as it was shown that day.

Tables of thresholds change; what was decided on stays readable as it was.
"""

from collections.abc import Mapping
from typing import Any

from govmatch.challenges.models import Challenge
from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.procurement.suggesting import Option, Suggestion
from govmatch.procurement.table import Buyer

OTHER = "other"
"""Stands for a route that no table names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What all contracts of a challenge may be worth together, without VAT.

    The value of one pilot times their number, and what may follow from an option that is agreed
    with them; in whole units of the currency.
    """

    each: int
    pilots: int
    follow_on: int
    currency: str

    @property
    def total(self) -> int:
        return self.each * self.pilots + self.follow_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A route that was chosen: one of a table, or `named` where none fits."""

    estimate: Estimate
    buyer: Buyer
    option: Option | None
    named: str = ""


def estimate_of(challenge: Challenge, chosen: Mapping[str, Any] | None = None) -> Estimate:
    """Return the value that a route was chosen for, while the budget is the same.

    Else what the challenge's own budget says: the most that it may cost.
    """
    if chosen is not None and is_of_budget(chosen, challenge):
        return Estimate(**{key: chosen[key] for key in ("each", "pilots", "follow_on", "currency")})
    return Estimate(
        each=challenge.budget_max or 0,
        pilots=challenge.pilots_max,
        follow_on=0,
        currency=challenge.currency,
    )


def facts_of(challenge: Challenge, chosen: Chosen) -> dict[str, Any]:
    """Return what is kept of a choice, as JSON values."""
    one, authority = chosen.estimate, challenge.authority
    return {
        "each": one.each,
        "pilots": one.pilots,
        "follow_on": one.follow_on,
        "currency": one.currency,
        "total": one.total,
        "buyer": chosen.buyer.value,
        "country": authority.country,
        "region": authority.region,
        "budget": budget_digest(challenge),
        "route": shown_facts(chosen.option) if chosen.option else None,
        "named": chosen.named,
    }


def shown_facts(option: Option) -> dict[str, Any]:
    """Return all that a page says of a route, as JSON values."""
    table, threshold, source = option.table, option.threshold, option.threshold.source
    return {
        "id": option.id,
        "table": dict(table.names),
        "labels": dict(threshold.labels),
        "explanations": dict(threshold.explanations),
        "from": threshold.least,
        "limit": threshold.limit,
        "includes_limit": threshold.includes_limit,
        "currency": threshold.currency,
        "valid_from": table.valid_from.isoformat(),
        "valid_until": table.valid_until.isoformat() if table.valid_until else None,
        "source": {
            "name": source.name,
            "address": source.address,
            "as_of": source.as_of.isoformat(),
        },
        "doubts": [doubt.value for doubt in option.doubts],
    }


def shown_digest(found: Suggestion) -> str:
    """Return what changes with everything that a page says of the open routes."""
    return digest(canonical_json([shown_facts(one) for one in found.open]))[:16]


def budget_digest(challenge: Challenge) -> str:
    """Return what changes when the challenge says another budget."""
    facts = [challenge.budget_max, challenge.pilots_max, challenge.currency]
    return digest(canonical_json(facts))[:16]


def is_of_budget(facts: Mapping[str, Any], challenge: Challenge) -> bool:
    """Return whether a route was chosen for the budget that the challenge says now."""
    return bool(facts.get("budget") == budget_digest(challenge))
