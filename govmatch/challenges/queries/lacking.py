"""What a draft still lacks before it is submitted for approval, as its programme asks for it."""

from datetime import datetime
from pathlib import Path

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries.forms import terms_of
from govmatch.challenges.queries.known import known
from govmatch.challenges.queries.routing import route_choice
from govmatch.challenges.routing import estimate_of, is_of_budget
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.rules.fault_of_words import part_faults
from govmatch.challenges.rules.faults import faults
from govmatch.challenges.statement import statement_of
from govmatch.kit.db import ReadSession
from govmatch.procurement.kept import tables
from govmatch.procurement.suggesting import suggest
from govmatch.procurement.table import Buyer
from govmatch.programmes.queries import rule_value
from govmatch.programmes.switches import Rule


def lacking(
    session: ReadSession, challenge: Challenge, *, now: datetime, content_dir: Path
) -> list[Fault]:
    """Return what is wrong with what it says, and what its programme asks for besides."""
    statement, there = statement_of(challenge), known(session, content_dir)
    programme = there.programmes.get(statement.programme)
    found = faults(statement, there)
    if programme is not None:
        found += part_faults(statement, programme.required_parts)
    if lacks_route(session, challenge, now=now, content_dir=content_dir):
        found.append(missing(("route",)))
    return found


def lacks_route(
    session: ReadSession, challenge: Challenge, *, now: datetime, content_dir: Path
) -> bool:
    """True where a programme wants a route first, the value needs one, and none is chosen for it.

    Below what may be ordered directly, and where no figure is known, a missing route is a warning.
    """
    if not rule_value(terms_of(challenge), Rule.ROUTE_FIRST):
        return False
    choice = route_choice(session, challenge)
    if choice is not None and is_of_budget(choice.facts, challenge):
        return False
    return is_above_direct_orders(challenge, now=now, content_dir=content_dir)


def is_above_direct_orders(challenge: Challenge, *, now: datetime, content_dir: Path) -> bool:
    """True where what the budget allows is above the lowest limit of every kind of authority.

    Which kind it is nobody has said before a route is chosen, so the most generous one counts.
    Limits in another currency are compared with nothing.
    """
    estimate, authority = estimate_of(challenge), challenge.authority
    lowest = []
    for buyer in Buyer:
        found = suggest(
            tables(content_dir).every,
            value=estimate.total,
            currency=estimate.currency,
            country=authority.country,
            region=authority.region,
            buyer=buyer,
            on=now.date(),
        )
        options = (one.threshold for one in (*found.open, *found.closed))
        limits = [one.limit for one in options if one.limit is not None]
        if limits:
            lowest.append(min(limits))
    return bool(lowest) and estimate.total > max(lowest)
