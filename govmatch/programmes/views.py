"""/programmes and each of them: how it works: phases, criteria, rules, rounds, whose data it is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.organisations.queries.authorities import name_of
from govmatch.programmes import queries
from govmatch.programmes.models import Programme, Round
from govmatch.programmes.promise import days_promised
from govmatch.programmes.schedule import Planned, schedule
from govmatch.programmes.showing import length_text, phase_facts, rule_text
from govmatch.programmes.switches import Rule
from govmatch.programmes.voices import KIND_NAMES, voices
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
class SetLine:
    """A ready mixture of criteria: (name of the criterion, its weight and minimum)."""

    name: str
    help: str
    weights: list[tuple[str, Message]]


@dataclass(frozen=True)
class PlannedLine:
    """When a phase of a round falls; `dates` are those in it, local to the zone of the page."""

    name: str
    starts: date
    ends: date
    dates: list[tuple[Message, datetime]]


@dataclass(frozen=True)
class RoundLine:
    name: str
    starts: date
    ends: date
    authorities: list[tuple[str, str]]
    """(name, address)"""
    zone: str
    planned: list[PlannedLine]
    is_longer: bool
    """By the usual lengths it would end after its last day."""


@dataclass(frozen=True)
class VoiceLine:
    name: str
    kind: Message
    url: str


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
    phases: list[tuple[Message, str, str]]
    """(number and length, name, what else holds and what ends it)"""
    criteria: list[CriterionLine]
    optional: list[CriterionLine]
    """Criteria that a challenge may switch on."""
    sets: list[SetLine]
    rules: list[RuleLine]
    rounds: list[RoundLine]
    authorities: list[tuple[str, str]]
    """(name, address)"""
    voices: list[VoiceLine]
    pilots_max: int | None
    decision_days: int | None
    """What is promised: days from the deadline to the decision."""
    controller: Message | None
    kept: list[Kept]
    challenges_url: str
    panel_url: str
    events_url: str


@dataclass(frozen=True)
class ListedProgramme:
    """A programme on the list; `rounds` are (name, first and last day)."""

    name: str
    summary: str
    url: str
    authorities: int
    rounds: list[tuple[str, date, date]]


@dataclass(frozen=True)
class ProgrammesPage:
    programmes: list[ListedProgramme]


def show_all(visit: Visit) -> Answer:
    """List the programmes by name."""
    found = [_listed(visit, one) for one in queries.all_programmes(visit.db)]
    values = ProgrammesPage(sorted(found, key=lambda one: one.name.casefold()))
    return page(visit, "programmes/programmes.html", values)


def _listed(visit: Visit, one: Programme) -> ListedProgramme:
    return ListedProgramme(
        name=pick(one.names, visit.lang)[0],
        summary=pick(one.summaries, visit.lang)[0],
        url=visit.url(f"/programmes/{one.slug}"),
        authorities=len(queries.authorities(visit.db, one)),
        rounds=[
            (pick(each.names, visit.lang)[0], each.starts, each.ends)
            for each in queries.rounds(visit.db, one)
        ],
    )


def show(visit: Visit) -> Answer:
    """Show a programme as it is now; a published challenge keeps what it was published under."""
    programme = queries.by_slug(visit.db, visit.params["slug"])
    criteria = queries.criteria(programme)
    taking_part = queries.authorities(visit.db, programme)
    values = ProgrammePage(
        name=pick(programme.names, visit.lang)[0],
        summary=pick(programme.summaries, visit.lang)[0],
        phases=[_phase(visit, data) for data in programme.phases],
        criteria=[_criterion(visit, one) for one in criteria if one.is_on],
        optional=[_criterion(visit, one) for one in criteria if not one.is_on],
        rules=[
            _rule(visit, programme.rules[name], name) for name in Rule if name in programme.rules
        ],
        sets=[_set(visit, one, criteria) for one in queries.criteria_sets(programme)],
        rounds=[
            _round(visit, programme, one, taking_part)
            for one in queries.rounds(visit.db, programme)
        ],
        authorities=[_authority(visit, one) for one in taking_part],
        voices=[
            VoiceLine(pick(one.names, visit.lang)[0], KIND_NAMES[one.kind], one.url)
            for one in voices(programme)
        ],
        pilots_max=programme.facts.get("pilots_max"),
        decision_days=days_promised(programme.facts),
        controller=CONTROLLERS.get(str(programme.facts.get("data_controller"))),
        kept=_kept(programme),
        challenges_url=visit.url("/challenges", programme=programme.slug),
        panel_url=visit.url(f"/programmes/{programme.slug}/challenges"),
        events_url=visit.url(f"/programmes/{programme.slug}/events"),
    )
    return page(visit, "programmes/programme.html", values)


def _phase(visit: Visit, data: Mapping[str, Any]) -> tuple[Message, str, str]:
    ends = msg("It ends when this holds: {exit}", exit=pick(data["exit"], visit.lang)[0])
    said = [visit.say(one) for one in (*phase_facts(data), ends)]
    return (
        msg("Phase {number}: {length}", number=data["number"], length=length_text(data["days"])),
        pick(data["name"], visit.lang)[0],
        " ".join(said),
    )


def _authority(visit: Visit, one: Authority) -> tuple[str, str]:
    return name_of(one, visit.lang), visit.url(f"/authorities/{one.slug}")


def _set(visit: Visit, one: queries.CriteriaSet, criteria: list[queries.Criterion]) -> SetLine:
    names = {criterion.id: pick(criterion.label, visit.lang)[0] for criterion in criteria}
    return SetLine(
        name=pick(one.names, visit.lang)[0],
        help=pick(one.help, visit.lang)[0],
        weights=[(names[part["id"]], _weight(part)) for part in one.weights],
    )


def _weight(part: Mapping[str, Any]) -> Message:
    if part["minimum"] is None:
        return msg("weight {n}", n=part["weight"])
    least = msgn("at least {n} point", "at least {n} points", n=part["minimum"])
    return msg("weight {n}, {least}", n=part["weight"], least=least)


def _round(
    visit: Visit, programme: Programme, one: Round, taking_part: list[Authority]
) -> RoundLine:
    """Return a round with the days of its phases, in the zone of its first authority."""
    own = [authority for authority in taking_part if authority.slug in one.authorities]
    zone = own[0].zone if own else visit.settings.zone
    planned = schedule(programme.phases, starts=one.starts, zone=zone, fixed=one.fixed)
    return RoundLine(
        name=pick(one.names, visit.lang)[0],
        starts=one.starts,
        ends=one.ends,
        authorities=[_authority(visit, authority) for authority in own],
        zone=zone,
        planned=[_planned(visit, phase) for phase in planned],
        is_longer=bool(planned) and planned[-1].ends > one.ends,
    )


def _planned(visit: Visit, phase: Planned) -> PlannedLine:
    call = phase.call
    dates = (
        [
            (msg("Opens"), call.opens),
            (msg("End of questions"), call.questions_until),
            (msg("Answers by"), call.answers_by),
            (msg("Deadline"), call.closes),
        ]
        if call
        else []
    )
    return PlannedLine(pick(phase.names, visit.lang)[0], phase.starts, phase.ends, dates)


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
    return RuleLine(
        name=pick(data["label"], visit.lang)[0],
        value=rule_text(rule, data),
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


routes = [
    get("/programmes", show_all, anyone, cached=True),
    get("/programmes/{slug}", show, anyone, cached=True),
]
