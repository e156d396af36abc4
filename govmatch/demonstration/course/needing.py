"""Needs: proposed, supported, ranked, merged, analysed, taken up, laid before a steering group."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.accounts.queries import roles_of
from govmatch.challenges.actions import draft_from_need
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import as_lang
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.models import RANKED, Need, Outcome, Sitting
from govmatch.needs.survey import SIZES, TOP, Counting, Rules
from govmatch.needs.wording import Wording, Words
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import authorities
from govmatch.programmes import queries as programmes

VOTING = timedelta(hours=30)
RANKING_DAY = -7
"""When the firms put what they support into an order."""


@dataclass
class Course:
    """The needs that are being made, by key."""

    stage: Stage
    made: dict[str, Need] = field(default_factory=dict)
    pulls: dict[int, int] = field(default_factory=dict)


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Return what everybody does with needs, in no order."""
    course = Course(stage)
    for slug, survey in told.get("survey", {}).items():
        yield Step(stage.at(survey["on"]), partial(_count, stage, slug, survey))
    for one in told.get("needs", ()):
        yield from _of_need(course, one)
    named = dict.fromkeys(one["programme"] for one in told.get("needs", ()))
    for slug in named:
        yield Step(stage.at(RANKING_DAY), partial(_order, course, slug))
        yield Step(stage.at(RANKING_DAY, hour=12), partial(_rank, stage, slug))
        yield Step(stage.now - timedelta(minutes=5), partial(_rank, stage, slug))
    for sitting in told.get("sittings", ()):
        yield from _sitting(course, sitting)


def _of_need(course: Course, told: Told) -> Iterator[Step]:
    stage, at = course.stage, course.stage.at(told["on"])
    yield Step(at, partial(_propose, course, told))
    yield Step(at + VOTING, partial(_support, course, told))
    for verb, act in _ACTS.items():
        if verb in told:
            yield Step(stage.at(told[verb]["on"]), partial(act, course, told))


def _count(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    counting = Counting(
        sizes={size: told["sizes"][size] for size in SIZES}, sectors=dict(told["sectors"])
    )
    rules = Rules(counting, chambers_vote=told["chambers_vote"])
    programme = programmes.by_slug(stage.session, slug)
    actions.set_survey(stage.session, programme, rules, actor=stage.actor(told["by"]), now=now)


def _propose(course: Course, told: Told, now: datetime) -> None:
    stage = course.stage
    programme = programmes.by_slug(stage.session, told["programme"])
    authority = (
        authorities.by_slug(stage.session, told["authority"]) if "authority" in told else None
    )
    first = next(iter(told["words"]))
    words = {lang: Words(**one) for lang, one in told["words"].items()}
    danish = programme.slug == "govtech"
    need = actions.propose(
        stage.session,
        programme,
        Wording(
            words=words,
            main_lang=as_lang(first),
            theme=told["theme"],
            country="DK" if danish else "DE",
            region=told["region"],
            authority_id=authority.id if authority else None,
        ),
        actor=stage.actor(told["by"]),
        now=now,
        real_now=stage.now,
        firm=stage.firm(told["firm"]) if "firm" in told else None,
    )
    course.made[told["key"]] = need
    course.pulls[need.id] = told["pull"]


def _support(course: Course, told: Told, now: datetime) -> None:
    stage, need = course.stage, course.made[told["key"]]
    for key in told["people"]:
        actions.support(stage.session, need, actor=stage.actor(key), now=now)
    for firm, actor in _firms(stage):
        if _chance(firm, told["key"]) < told["pull"]:
            actions.support(stage.session, need, actor=actor, now=now, firm=firm)


def _chance(firm: Firm, key: str) -> int:
    """Return a number from 0 to 99 that is the same for a firm and a need in every seeding."""
    return int(digest(f"{firm.slug} {key}")[:8], 16) % 100


def _firms(stage: Stage) -> list[tuple[Firm, Actor]]:
    """Return every firm for which somebody acts, with who leads it."""
    rows = stage.session.execute(
        select(Firm, Person)
        .join(RoleRow, (RoleRow.object_kind == "firm") & (RoleRow.object_id == Firm.id))
        .join(Person, Person.id == RoleRow.person_id)
        .where(RoleRow.role == Role.LEAD.value)
        .order_by(Firm.slug, Person.id)
    )
    found: dict[int, tuple[Firm, Actor]] = {}
    for firm, person in rows:
        held = frozenset(roles_of(stage.session, person, now=stage.now))
        actor = Actor(person_id=person.id, name=person.name, roles=held)
        found.setdefault(firm.id, (firm, actor))
    return list(found.values())


def _order(course: Course, slug: str, now: datetime) -> None:
    """Let each firm rank what it supports, what presses most first."""
    session = course.stage.session
    programme = programmes.by_slug(session, slug)
    open_ = [
        one
        for one in course.made.values()
        if one.programme_id == programme.id and one.state in RANKED
    ]
    for firm, actor in _firms(course.stage):
        supported = [
            one for one in open_ if queries.support_of(session, one, firm_id=firm.id) is not None
        ]
        supported.sort(key=partial(_pull, course.pulls, firm), reverse=True)
        if supported:
            wanted = supported[:TOP]
            actions.order(session, firm, programme, wanted, actor=actor, now=now)


def _pull(pulls: Mapping[int, int], firm: Firm, need: Need) -> int:
    """Return how much a need presses a firm: what presses all, and a part that is its own."""
    return pulls[need.id] + int(digest(f"{firm.slug} {need.theme}")[:4], 16) % 40


def _rank(stage: Stage, slug: str, now: datetime) -> None:
    actions.rank(stage.session, programmes.by_slug(stage.session, slug).id, now=now)


def _merge(course: Course, told: Told, now: datetime) -> None:
    stage, said = course.stage, told["merged"]
    actions.merge(
        stage.session, course.made[told["key"]], course.made[said["into"]],
        reasons=said["reasons"], actor=stage.actor(said["by"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _analyse(course: Course, told: Told, now: datetime) -> None:
    stage, said = course.stage, told["analysed"]
    need, actor = course.made[told["key"]], stage.actor(said["by"])
    actions.analyse(stage.session, need, result=said["result"], actor=actor, now=now)


def _decline(course: Course, told: Told, now: datetime) -> None:
    stage, said = course.stage, told["declined"]
    need, actor = course.made[told["key"]], stage.actor(said["by"])
    actions.decline(stage.session, need, reasons=said["reasons"], actor=actor, now=now)


def _take_up(course: Course, told: Told, now: datetime) -> None:
    stage, said = course.stage, told["taken_up"]
    authority = authorities.by_slug(stage.session, said["authority"])
    need, actor = course.made[told["key"]], stage.actor(said["by"])
    draft_from_need(stage.session, need, authority, actor=actor, now=now)


_ACTS = {"merged": _merge, "analysed": _analyse, "declined": _decline, "taken_up": _take_up}


def _sitting(course: Course, told: Told) -> Iterator[Step]:
    stage = course.stage
    laid: list[Sitting] = []
    yield Step(stage.at(told["laid"]), partial(_lay, course, told, laid))
    for one in told["opinions"]:
        yield Step(stage.at(one["on"]), partial(_speak, stage, one, laid))
    yield Step(stage.at(told["closed"]), partial(_minute, course, told, laid))


def _lay(course: Course, told: Told, laid: list[Sitting], now: datetime) -> None:
    stage = course.stage
    programme = programmes.by_slug(stage.session, told["programme"])
    actions.rank(stage.session, programme.id, now=now)
    actor = stage.actor(told["by"])
    laid.append(actions.lay_list(stage.session, programme, actor=actor, now=now))


def _speak(stage: Stage, told: Told, laid: list[Sitting], now: datetime) -> None:
    actions.give_opinion(
        stage.session, laid[0], Outcome(told["outcome"]),
        remark=told["remark"], actor=stage.actor(told["by"]), now=now,
    )  # fmt: skip


def _minute(course: Course, told: Told, laid: list[Sitting], now: datetime) -> None:
    stage, sitting = course.stage, laid[0]
    first = course.made[told["first"]].id
    rest = [number for number in sitting.laid if number != first]
    actions.minute(
        stage.session, sitting,
        decided=[first, *rest], reasons=told["reasons"], minutes=told["minutes"],
        actor=stage.actor(told["by"]), now=now,
    )  # fmt: skip
