"""The procurement route in a challenge's files: read, checked against the figures, kept, written.

```yaml
route:
  choice: eu-2026/eu-wide      # table and procedure; or `named: "..."` for one that no table has
  buyer: central
  on: 2026-11-02               # the day of the choice: the figures of that day count
  reason: "..."                # in each language; the original's must be there
```

The value is the budget's, unless `each`, `pilots`, `follow_on` or `currency` say otherwise. The
route is a record of the case: the site does not publish it, whoever publishes the files does.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from govmatch.challenges.actions.routing import MOST_NAME, MOST_REASON
from govmatch.challenges.content.yaml_writing import line, text
from govmatch.challenges.models import Challenge, RouteChoice
from govmatch.challenges.routing import Estimate, estimate_of, is_of_budget
from govmatch.challenges.rules import Fault
from govmatch.challenges.statement import Statement
from govmatch.kit.content import Place, without_unseen
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.procurement.suggesting import Option, suggest
from govmatch.procurement.table import Buyer, Table

KEYS = ("choice", "named", "buyer", "each", "pilots", "follow_on", "currency", "on", "reason")
MOST_MONEY = 1_000_000_000
MOST_PILOTS = 50
_NOON = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What one file says of the route; what is None is as the budget has it."""

    choice: str
    named: str
    buyer: Buyer
    each: int | None
    pilots: int | None
    follow_on: int | None
    currency: str
    on: date
    reason: str

    def estimate(self, statement: Statement) -> Estimate:
        return Estimate(
            each=self.each or statement.budget_max or 0,
            pilots=self.pilots or statement.pilots_max,
            follow_on=self.follow_on or 0,
            currency=self.currency or statement.currency,
        )

    def at(self, zone: str) -> datetime:
        """Return the instant that stands for the day of the choice."""
        return datetime.combine(self.on, _NOON, ZoneInfo(zone)).astimezone(UTC)


def read_route(place: Place) -> Route | None:
    """Return the route of a file; what has not its shape is noted at its line."""
    if place.absent or not place.is_mapping():
        return None
    place.only(KEYS)
    buyer, on = place.needed("buyer").choice(tuple(Buyer)), place.needed("on").day()
    choice, named = (
        place.child("choice").line(limit=100),
        place.child("named").line(limit=MOST_NAME),
    )
    if bool(choice) == bool(named):
        place.wrong(
            msg("Either a route of a table is named here, or one of another name."),
            msg(
                "Write `choice:` with table and procedure, or `named:` with the name of the route."
            ),
        )
    found = Route(
        choice=choice,
        named=named,
        buyer=Buyer(buyer or Buyer.OTHER),
        each=place.child("each").whole(low=1, high=MOST_MONEY),
        pilots=place.child("pilots").whole(low=1, high=MOST_PILOTS),
        follow_on=place.child("follow_on").whole(low=0, high=MOST_MONEY),
        currency=place.child("currency").text(limit=3),
        on=on or date.min,
        reason=place.child("reason").text(limit=MOST_REASON).strip(),
    )
    return found if buyer and on and bool(choice) != bool(named) else None


def option_of(
    route: Route, statement: Statement, tables: Sequence[Table], *, country: str, region: str
) -> Option | None:
    """Return the route as tables have it on the day of the choice; None where it is not open."""
    estimate = route.estimate(statement)
    found = suggest(
        tables,
        value=estimate.total,
        currency=estimate.currency,
        country=country,
        region=region,
        buyer=route.buyer,
        on=route.on,
    )
    return next((one for one in found.open if one.id == route.choice), None)


def route_faults(
    route: Route,
    statement: Statement,
    tables: Sequence[Table],
    *,
    place: tuple[str, str] | None,
    has_reason: bool,
) -> Iterator[Fault]:
    """Yield what is wrong with a route; `place` is its authority's country and region, if known."""
    if not has_reason:
        yield Fault(
            ("route", "reason"),
            msg("The reason for the route is missing."),
            msg("Say in the file of the original why this route was chosen, and who was asked."),
            statement.main_lang,
        )
    known = [f"{one.slug}/{line.procedure}" for one in tables for line in one.thresholds]
    if route.choice and route.choice not in known:
        yield Fault(
            ("route", "choice"),
            msg("No table of content/thresholds has the route {id}.", id=route.choice),
            msg("Choose one of: {ids}.", ids=", ".join(dict.fromkeys(known))),
        )
    elif route.choice and place is not None:
        yield from _not_open(route, statement, tables, place)


def _not_open(
    route: Route, statement: Statement, tables: Sequence[Table], place: tuple[str, str]
) -> Iterator[Fault]:
    country, region = place
    if option_of(route, statement, tables, country=country, region=region) is None:
        total = route.estimate(statement)
        yield Fault(
            ("route", "choice"),
            msg(
                "This route is not open to {value} {currency} for this authority on {day}.",
                value=total.total, currency=total.currency, day=route.on.isoformat(),
            ),
            msg("Choose another route, mend value, day and kind of authority, or name it freely."),
        )  # fmt: skip


def route_lines(challenge: Challenge, choice: RouteChoice | None, lang: str) -> list[str]:
    """Return a chosen route as one file has it; nothing where it was chosen for another budget."""
    if choice is None or not is_of_budget(choice.facts, challenge):
        return []
    facts = choice.facts
    named = "" if facts["route"] else _seen(facts["named"])
    usual = estimate_of(challenge)
    said: dict[str, Any] = {"buyer": facts["buyer"]}
    for key in ("each", "pilots", "follow_on", "currency"):
        if facts[key] != getattr(usual, key):
            said[key] = facts[key]
    day = facts.get("on") or choice.at.astimezone(ZoneInfo(challenge.zone)).date().isoformat()
    reasons = reasons_of(challenge, choice)
    # Of a reason that nobody can see a dash stays, since the original's file must have one.
    reason = (_seen(reasons[lang]) or "–") if lang in reasons else ""
    return [
        "route:",
        f"  named: {text(named)}" if named else f"  {line('choice', facts['route']['id'])}",
        *(f"  {line(key, value)}" for key, value in said.items()),
        f"  on: {day}",
        *([f"  reason: {text(reason)}"] if reason else []),
    ]


def _seen(text: str) -> str:
    """Return a text without what no file may hold: characters that nobody sees, odd line ends."""
    whole = "\n".join(text.splitlines())
    return unicodedata.normalize("NFC", without_unseen(whole)).strip()


def reasons_of(challenge: Challenge, choice: RouteChoice) -> Mapping[str, str]:
    """Return the reason by language; who chose on the site gave it in one alone."""
    return choice.facts.get("reasons") or {challenge.main_lang: choice.reason}
