"""/programmes/{slug}: how a programme works: phases, criteria, rules, rounds, whose data it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.organisations.queries.authorities import name_of
from govmatch.programmes import queries
from govmatch.programmes.models import Programme
from govmatch.programmes.switches import COUNTED, Rule
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

CONTROLLERS: Mapping[str, Message] = {
    "authority": msg(
        "Each authority is responsible for the data of its own cases. Whoever runs this site"
        " processes them on its behalf."
    ),
    "joint": msg(
        "The authority of a case and whoever runs this site are responsible for its data together."
    ),
}
COUNTED_FROM: Mapping[str, Message] = {
    "award": msg("from the award"),
    "closing": msg("from the closing of the case"),
}


@dataclass(frozen=True)
class CriterionLine:
    name: str
    weight: int
    minimum: int | None
    help: str
    anchors: list[tuple[int, str]]


@dataclass(frozen=True)
class RuleLine:
    name: str
    value: Message | str
    reason: str


@dataclass(frozen=True)
class RoundLine:
    name: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Kept:
    """How long the file of a case is kept, from which day that holds, and where it is written."""

    length: Message
    since: date
    source: str


@dataclass(frozen=True)
class ProgrammePage:
    name: str
    summary: str
    phases: list[tuple[Message, str, Message]]
    """(number and length, name, what ends it)"""
    criteria: list[CriterionLine]
    optional: list[CriterionLine]
    """Criteria that a challenge may switch on."""
    rules: list[RuleLine]
    rounds: list[RoundLine]
    authorities: list[tuple[str, str]]
    """(name, address)"""
    pilots_max: int | None
    controller: Message | None
    kept: list[Kept]
    challenges_url: str


def show(visit: Visit) -> Answer:
    """Show a programme as it is now; a published challenge keeps what it was published under."""
    programme = queries.by_slug(visit.db, visit.params["slug"])
    criteria = queries.criteria(programme)
    values = ProgrammePage(
        name=pick(programme.names, visit.lang)[0],
        summary=pick(programme.summaries, visit.lang)[0],
        phases=[_phase(visit, data) for data in programme.phases],
        criteria=[_criterion(visit, one) for one in criteria if one.is_on],
        optional=[_criterion(visit, one) for one in criteria if not one.is_on],
        rules=[
            _rule(visit, programme.rules[name], name) for name in Rule if name in programme.rules
        ],
        rounds=[
            RoundLine(pick(one.names, visit.lang)[0], one.starts, one.ends)
            for one in queries.rounds(visit.db, programme)
        ],
        authorities=[
            (name_of(one, visit.lang), visit.url(f"/authorities/{one.slug}"))
            for one in queries.authorities(visit.db, programme)
        ],
        pilots_max=programme.facts.get("pilots_max"),
        controller=CONTROLLERS.get(str(programme.facts.get("data_controller"))),
        kept=_kept(programme),
        challenges_url=visit.url("/challenges", programme=programme.slug),
    )
    return page(visit, "programmes/programme.html", values)


def _phase(visit: Visit, data: Mapping[str, Any]) -> tuple[Message, str, Message]:
    days = int(data["days"])
    weeks, rest = divmod(days, 7)
    in_weeks = msgn("{n} week", "{n} weeks", n=weeks)
    length = msgn("{n} day", "{n} days", n=days) if rest else in_weeks
    return (
        msg("Phase {number}: {length}", number=data["number"], length=length),
        pick(data["name"], visit.lang)[0],
        msg("It ends when this holds: {exit}", exit=pick(data["exit"], visit.lang)[0]),
    )


def _criterion(visit: Visit, one: queries.Criterion) -> CriterionLine:
    return CriterionLine(
        name=pick(one.label, visit.lang)[0],
        weight=one.weight if one.is_on else one.suggested_weight,
        minimum=one.minimum,
        help=pick(one.help, visit.lang)[0],
        anchors=[
            (points, pick(words, visit.lang)[0]) for points, words in sorted(one.anchors.items())
        ],
    )


def _rule(visit: Visit, data: Mapping[str, Any], rule: Rule) -> RuleLine:
    value = data["value"]
    return RuleLine(
        name=pick(data["label"], visit.lang)[0],
        value=str(value) if rule in COUNTED else msg("Yes") if value else msg("No"),
        reason=pick(data["reason"], visit.lang)[0],
    )


def _kept(programme: Programme) -> list[Kept]:
    """Return the periods of retention that the programme names, as dated facts."""
    found = []
    for one in programme.facts.get("retention", []):
        years, start = int(one["award_file_years"]), COUNTED_FROM[one["counted_from"]]
        length = msgn("{n} year {start}", "{n} years {start}", n=years, start=start)
        found.append(Kept(length, date.fromisoformat(one["valid_from"]), one["source"]))
    return found


routes = [get("/programmes/{slug}", show, anyone, cached=True)]
