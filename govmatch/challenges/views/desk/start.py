"""/desk: one thing to do next, then every challenge by whom it waits for."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import tasks
from govmatch.challenges.queries.tasks import Part
from govmatch.challenges.rules import phase
from govmatch.challenges.showing import PHASES, text_of
from govmatch.challenges.views.desk.access import desk, path_of
from govmatch.challenges.views.desk.next_step import Act, NextStep, next_step
from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

PARTS: dict[Part, Message] = {
    Part.IN_WORK: msg("In work"),
    Part.PUBLISHED: msg("Published"),
    Part.FINISHED: msg("Over"),
}


@dataclass(frozen=True)
class Line:
    """One challenge on the desk."""

    title: str
    lang: str | None
    url: str
    authority: str
    state: tuple[Message, str]
    words: Message
    deadline: datetime | None
    zone: str
    act: Act | None


@dataclass(frozen=True)
class Group:
    """Challenges that wait for the same."""

    title: Message
    lines: list[Line]


@dataclass(frozen=True)
class First:
    """The one next thing to do."""

    title: Message
    text: Message
    action: Message
    url: str


@dataclass(frozen=True)
class DeskStart:
    first: First | None
    tabs: list[tuple[Message, str, bool, int]]
    groups: list[Group]
    total: int
    paging: Paging
    may_write: bool
    part: str


def start(visit: Visit) -> Answer:
    """Show the desk of whoever writes, approves or publishes."""
    wanted = visit.query.one("part")
    part = Part(wanted) if wanted in list(Part) else Part.IN_WORK
    number = page_number(visit.query.one("page"))
    found = tasks.desk_page(visit.db, visit.actor, part, real_now=visit.real_now, page=number)
    is_first = part is Part.IN_WORK and number == 1
    steps = [(one, _step(visit, one, found.approvers)) for one in found.challenges]
    lines = [_line(visit, one, step) for one, step in steps]
    if is_first:
        lines = [*_to_open(visit), *_to_answer(visit), *lines]
    counts = tasks.counts(visit.db, visit.actor)
    values = DeskStart(
        first=_first(visit, lines, counts) if is_first else None,
        tabs=[
            (label, visit.url("/desk", part=_named(one)), one is part, counts[one])
            for one, label in PARTS.items()
        ],
        groups=_groups(lines),
        total=found.total,
        paging=Paging(
            number,
            tasks.SIZE,
            found.total,
            lambda n: visit.url("/desk", part=_named(part), page=n),
        ),
        may_write=writes(visit),
        part=part.value,
    )
    return page(visit, "challenges/desk/start.html", values)


def _to_open(visit: Visit) -> list[Line]:
    """Return what the reader can open: published long ago, but the next step is theirs."""
    waiting = tasks.to_open(visit.db, visit.actor, now=visit.now)
    steps = [(one, _step(visit, one, {})) for one in waiting]
    return [_line(visit, one, step) for one, step in steps if step.act is Act.OPEN]


def _to_answer(visit: Visit) -> list[Line]:
    """Return what the reader can answer questions about."""
    waiting = tasks.to_answer(visit.db, visit.actor, now=visit.now)
    steps = [(one, _step(visit, one, {})) for one in waiting]
    return [_line(visit, one, step) for one, step in steps if step.act is Act.ANSWER]


def _named(part: Part) -> str | None:
    return None if part is Part.IN_WORK else part.value


def writes(visit: Visit) -> bool:
    return bool(visit.actor.objects("authority", Role.STAFF))


def _step(visit: Visit, challenge: Challenge, approvers: tasks.Approvers) -> NextStep:
    own = approvers.get(challenge.authority_id, frozenset())
    return next_step(challenge, actor=visit.actor, own_approvers=own, now=visit.now)


def _line(visit: Visit, challenge: Challenge, step: NextStep) -> Line:
    words = text_of(challenge, visit.lang)
    return Line(
        title=words.title or challenge.slug,
        lang=words.lang if words.title and words.lang != visit.lang else None,
        url=visit.url(_where(challenge, step)),
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase(challenge, visit.now)],
        words=step.words,
        deadline=challenge.closes,
        zone=challenge.zone,
        act=step.act,
    )


def _where(challenge: Challenge, step: NextStep) -> str:
    """Return where the next step is done: questions have a page of their own."""
    here = path_of(challenge)
    return f"{here}/questions" if step.act is Act.ANSWER else here


def _groups(lines: list[Line]) -> list[Group]:
    """Return what waits for the reader, then what does not."""
    titles = ((True, msg("Waits for you")), (False, msg("Waits for others, or for its time")))
    groups = [
        Group(title, [line for line in lines if (line.act is not None) is yours])
        for yours, title in titles
    ]
    return [group for group in groups if group.lines]


def _first(visit: Visit, lines: list[Line], counts: dict[Part, int]) -> First | None:
    """Return the most pressing thing; for staff without any, to begin a challenge.

    A manager begins an opening, so for others it comes after everything that they can do alone.
    """
    begins = bool(visit.actor.objects("programme", Role.MANAGER))
    for act in sorted(Act, key=lambda act: act is Act.OPEN and not begins):
        waiting = [line for line in lines if line.act is act]
        if waiting:
            n, first = len(waiting), waiting[0]
            return First(_titles(act, n), _about(first, n), ACTIONS[act], first.url)
    if not writes(visit):
        return None
    begun = any(counts.values())
    return First(
        msg("Nothing waits for you") if begun else msg("Write your first challenge"),
        msg("Describe a problem of your authority that a small firm could solve."),
        msg("Write a challenge"),
        visit.url("/desk/challenges/new"),
    )


ACTIONS: dict[Act, Message] = {
    Act.APPROVE: msg("Read it and decide"),
    Act.PUBLISH: msg("Look at it and publish"),
    Act.OPEN: msg("Look at it and open"),
    Act.ANSWER: msg("Read and answer"),
    Act.MEND: msg("Read the remarks"),
    Act.WRITE: msg("Go on writing"),
}


def _titles(act: Act, n: int) -> Message:
    match act:
        case Act.APPROVE:
            return msgn(
                "{n} challenge waits for your approval",
                "{n} challenges wait for your approval",
                n=n,
            )
        case Act.PUBLISH:
            return msgn(
                "{n} challenge waits for you to publish it",
                "{n} challenges wait for you to publish them",
                n=n,
            )
        case Act.OPEN:
            return msgn(
                "{n} challenge waits for its applications to be opened",
                "{n} challenges wait for their applications to be opened",
                n=n,
            )
        case Act.ANSWER:
            return msgn(
                "Questions about {n} challenge wait for an answer",
                "Questions about {n} challenges wait for an answer",
                n=n,
            )
        case Act.MEND:
            return msgn("{n} challenge was returned", "{n} challenges were returned", n=n)
    return msgn("{n} draft is not submitted yet", "{n} drafts are not submitted yet", n=n)


def _about(first: Line, n: int) -> Message:
    if n == 1:
        return msg("It is this one: {title}", title=first.title)
    return msg("The one that waits longest: {title}", title=first.title)


routes = [get("/desk", start, desk)]
