"""What is typed on the page of the procurement route: the estimated value, and the choice."""

from collections.abc import Collection

from govmatch.challenges.actions.routing import MOST_NAME, MOST_REASON
from govmatch.challenges.routing import OTHER, Estimate
from govmatch.challenges.rules.fault_of_facts import MOST_AMOUNT
from govmatch.kit.records import dataclass
from govmatch.procurement.table import Buyer
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.visit import Values

MOST_PILOTS = 50


@dataclass(frozen=True)
class Valued:
    """A value to look routes up for; None where it cannot be said yet."""

    estimate: Estimate | None
    buyer: Buyer | None
    form: Form


def given(estimate: Estimate, buyer: str) -> Valued:
    """Return what the challenge itself says; `buyer` is empty where nobody has said it yet."""
    form = filled(
        {
            "each": str(estimate.each or ""),
            "pilots": str(estimate.pilots),
            "follow_on": str(estimate.follow_on or ""),
            "currency": estimate.currency,
            "buyer": buyer,
        }
    )
    whole = estimate if estimate.each else None
    return Valued(whole, Buyer(buyer) if buyer in set(Buyer) else None, form)


def read_value(values: Values, currencies: Collection[str]) -> Valued:
    """Return the value that was typed."""
    reader = Reader(values)
    each = reader.integer("each", low=1, high=MOST_AMOUNT)
    pilots = reader.integer("pilots", low=1, high=MOST_PILOTS)
    follow_on = reader.integer("follow_on", low=0, high=MOST_AMOUNT, required=False)
    currency = reader.choice("currency", currencies)
    buyer = reader.choice("buyer", tuple(Buyer))
    if not reader.ok or each is None or pilots is None:
        return Valued(None, None, reader.form)
    estimate = Estimate(each=each, pilots=pilots, follow_on=follow_on or 0, currency=currency)
    return Valued(estimate, Buyer(buyer), reader.form)


@dataclass(frozen=True)
class Choice:
    """Which route was chosen and why; `route` is an id of an open one, or `other` with a name."""

    route: str
    named: str
    reason: str
    reader: Reader


def read_choice(values: Values, open_: Collection[str]) -> Choice:
    reader = Reader(values)
    route = reader.choice("route", (*open_, OTHER))
    named = reader.text("named", limit=MOST_NAME, required=route == OTHER)
    reason = reader.text("reason", limit=MOST_REASON, lines=True)
    return Choice(route, named if route == OTHER else "", reason, reader)
