"""Procurement routes in words: a chosen one as it was kept, and one of a table, read alike."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges import queries, rules
from govmatch.challenges.models import Challenge
from govmatch.challenges.routing import is_of_budget
from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.procurement.suggesting import Doubt
from govmatch.procurement.table import Buyer
from govmatch.web.visit import Visit

BUYERS: Mapping[Buyer, Message] = {
    Buyer.CENTRAL: msg("Central government"),
    Buyer.REGIONAL: msg("Region or federal state"),
    Buyer.MUNICIPAL: msg("Municipality"),
    Buyer.OTHER: msg("Another public body"),
}

DOUBTS: Mapping[Doubt, tuple[Message, Message]] = {
    Doubt.OVER: (
        msg("Out of date"),
        msg("The time for which this figure was set is over, and no newer one is known here."),
    ),
    Doubt.OLD: (
        msg("Older than a year"),
        msg("Its source speaks of a day more than a year ago."),
    ),
    Doubt.UNCHECKED: (
        msg("To be checked"),
        msg("Nobody has compared this figure with the law as it stands."),
    ),
}


@dataclass(frozen=True)
class Route:
    """One route as the reader sees it."""

    id: str
    name: str
    lang: str | None
    """Set where the words are in another language than the reader's."""
    explanation: str
    span: Message
    table: str
    valid: Message
    source: str
    address: str
    as_of: date
    doubts: list[tuple[Message, Message]]


@dataclass(frozen=True)
class RouteShown:
    """What a challenge's desk says of its procurement route; `route` is None where none is chosen.

    A route that is in no table has no more than its name.
    """

    url: str
    may_choose: bool
    is_chosen: bool = False
    is_of_budget: bool = True
    name: str = ""
    lang: str | None = None
    route: Route | None = None
    value: str = ""
    sum: Message | None = None
    buyer: Message | None = None
    reason: str = ""
    who: Message | str = ""
    at: datetime | None = None


def route_shown(visit: Visit, challenge: Challenge) -> RouteShown:
    """Return the route that counts, as it was shown when it was chosen."""
    choice = queries.route_choice(visit.db, challenge)
    url = visit.url(f"/desk/challenges/{challenge.slug}/route")
    may_choose = bool(rules.may_choose_route(visit.actor, challenge))
    if choice is None:
        return RouteShown(url, may_choose)
    facts = choice.facts
    route = route_of(visit, facts["route"]) if facts["route"] else None
    names = names_by_id(visit.db, {choice.person_id})
    who = names.get(choice.person_id or 0) or (
        msg("The files of the challenge")
        if "file" in facts
        else msg("A person who is no longer here")
    )
    return RouteShown(
        url=url,
        may_choose=may_choose,
        is_chosen=True,
        is_of_budget=is_of_budget(facts, challenge),
        name=route.name if route else facts["named"],
        lang=route.lang if route else None,
        route=route,
        value=money_text(facts["total"], facts["currency"], visit.lang),
        sum=_sum(visit, facts),
        buyer=BUYERS[Buyer(facts["buyer"])],
        reason=facts.get("reasons", {}).get(visit.lang) or choice.reason,
        who=who,
        at=choice.at,
    )


def is_route_missing(visit: Visit, challenge: Challenge) -> bool:
    """Return whether the challenge, as it is saved, cannot go on without a route."""
    folder = visit.settings.content_dir
    return queries.lacks_route(visit.db, challenge, now=visit.now, content_dir=folder)


def _sum(visit: Visit, facts: Mapping[str, Any]) -> Message:
    each, follow_on = (
        money_text(facts[key], facts["currency"], visit.lang) for key in ("each", "follow_on")
    )
    if facts["follow_on"]:
        return msg(
            "{n} × {each}, and {more} for what may follow",
            n=facts["pilots"], each=each, more=follow_on,
        )  # fmt: skip
    return msg("{n} × {each}", n=facts["pilots"], each=each)


def route_of(visit: Visit, facts: Mapping[str, Any]) -> Route:
    """Return a route in words, of the facts that `routing.shown_facts` makes."""
    name, lang = pick(facts["labels"], visit.lang)
    return Route(
        id=facts["id"],
        name=name,
        lang=lang if lang != visit.lang else None,
        explanation=pick(facts["explanations"], visit.lang)[0],
        span=_span(visit, facts),
        table=pick(facts["table"], visit.lang)[0],
        valid=_valid(visit, facts),
        source=facts["source"]["name"],
        address=facts["source"]["address"],
        as_of=date.fromisoformat(facts["source"]["as_of"]),
        doubts=[DOUBTS[Doubt(one)] for one in facts["doubts"]],
    )


def _span(visit: Visit, facts: Mapping[str, Any]) -> Message:
    """Return for which values the route is open."""
    least, limit = (
        money_text(facts[key], facts["currency"], visit.lang) if facts[key] is not None else ""
        for key in ("from", "limit")
    )
    if not limit:
        return msg("from {least}", least=least)
    if facts["includes_limit"]:
        return (
            msg("from {least} up to {limit}", least=least, limit=limit)
            if least
            else msg("up to {limit}", limit=limit)
        )
    if least:
        return msg("from {least}, below {limit}", least=least, limit=limit)
    return msg("below {limit}", limit=limit)


def _valid(visit: Visit, facts: Mapping[str, Any]) -> Message:
    begins = _day(visit, facts["valid_from"])
    if facts["valid_until"] is None:
        return msg("from {day} on", day=begins)
    return msg("from {day} until {end}", day=begins, end=_day(visit, facts["valid_until"]))


def _day(visit: Visit, day: str) -> str:
    return date_text(date.fromisoformat(day), visit.lang, visit.zone)
