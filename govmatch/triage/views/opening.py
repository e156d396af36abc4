"""/desk/challenges/{slug}/opening: sealed, begun, done. Until then it tells of no application."""

from datetime import datetime
from enum import StrEnum

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Phase
from govmatch.challenges.queries import get_visible
from govmatch.challenges.rules import is_past_deadline, is_public
from govmatch.challenges.showing import text_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg, pick
from govmatch.kit.records import dataclass
from govmatch.triage import actions, queries, rules
from govmatch.triage.models import Opening
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

desk = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER)


class Stage(StrEnum):
    SEALED = "sealed"
    READY = "ready"
    BEGUN = "begun"
    DONE = "done"
    ENDED = "ended"


@dataclass(frozen=True)
class OpeningPage:
    """`waits_for` names the people who can take the next step, where it is not the reader's."""

    title: str
    title_lang: str | None
    authority: str
    path: str
    stage: Stage
    closes: datetime | None
    zone: str
    people: int
    begun_by: str
    begun_at: datetime | None
    completed_by: str
    completed_at: datetime | None
    entries: int
    may_begin: bool
    may_complete: bool
    may_take_back: bool
    is_own: bool
    waits_for: list[str]
    triage_url: str


def show(visit: Visit) -> Answer:
    """Show how far the opening is."""
    challenge = _challenge(visit)
    opening = queries.opening_of(visit.db, challenge)
    actor, lang, now = visit.actor, visit.lang, visit.now
    words = text_of(challenge, lang)
    stage = _stage(challenge, opening, now)
    may_begin = bool(rules.may_begin(actor, challenge, opening, now=now))
    may_complete = bool(rules.may_complete(actor, challenge, opening, now=now))
    names = _names(visit, opening)
    values = OpeningPage(
        title=words.title,
        title_lang=words.lang if words.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        path=f"/desk/challenges/{challenge.slug}",
        stage=stage,
        closes=challenge.closes,
        zone=challenge.zone,
        people=rules.people_needed(challenge),
        begun_by=names.get(opening.begun_by, "") if opening else "",
        begun_at=opening.begun_at if opening else None,
        completed_by=names.get(opening.completed_by or 0, "") if opening else "",
        completed_at=opening.completed_at if opening else challenge.opened_at,
        entries=queries.count_readable(visit.db, actor, challenge) if stage is Stage.DONE else 0,
        may_begin=may_begin,
        may_complete=may_complete,
        may_take_back=bool(rules.may_take_back(actor, challenge, opening)),
        is_own=opening is not None and opening.begun_by == actor.person_id,
        waits_for=[] if may_begin or may_complete else _waits_for(visit, challenge, opening, stage),
        triage_url=visit.url("/triage", challenge=challenge.slug),
    )
    return page(visit, "triage/opening.html", values)


def begin(visit: WritingVisit) -> Answer:
    """Begin it; where one person is enough, it is done with that."""
    challenge = _challenge(visit)
    actions.begin(visit.session, challenge, actor=visit.actor, now=visit.now)
    if challenge.opened_at is not None:
        return _opened(visit, challenge)
    visit.flash("success", msg("The opening is begun. A second person is told, and completes it."))
    return redirect(_path(challenge))


def complete(visit: WritingVisit) -> Answer:
    """Complete what somebody else has begun."""
    challenge = _challenge(visit)
    actions.complete(visit.session, challenge, actor=visit.actor, now=visit.now)
    return _opened(visit, challenge)


def take_back(visit: WritingVisit) -> Answer:
    """Take back what nobody has completed yet."""
    challenge = _challenge(visit)
    actions.take_back(visit.session, challenge, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The opening is taken back. Everything stays sealed."))
    return redirect(_path(challenge))


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    return redirect(_path(_challenge(visit)))


def _opened(visit: WritingVisit, challenge: Challenge) -> Answer:
    visit.flash("success", msg("The applications are open now."))
    return redirect(_path(challenge))


def _path(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/opening"


def _challenge(visit: Visit) -> Challenge:
    """Return the published challenge that the reader runs or owns; raises `NotFound` else."""
    challenge = get_visible(visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"])
    if not is_public(challenge, visit.now) or not rules.may_follow_opening(visit.actor, challenge):
        raise NotFound
    return challenge


def _stage(challenge: Challenge, opening: Opening | None, now: datetime) -> Stage:
    if challenge.opened_at is not None:
        return Stage.DONE
    if challenge.state != Phase.PUBLISHED:
        return Stage.ENDED
    if not is_past_deadline(challenge, now):
        return Stage.SEALED
    return Stage.READY if opening is None else Stage.BEGUN


def _names(visit: Visit, opening: Opening | None) -> dict[int, str]:
    ids = {opening.begun_by, opening.completed_by} - {None} if opening is not None else set()
    return names_by_id(visit.db, ids) if ids else {}


def _waits_for(
    visit: Visit, challenge: Challenge, opening: Opening | None, stage: Stage
) -> list[str]:
    if stage is Stage.READY:
        people = queries.can_begin(visit.db, challenge, real_now=visit.real_now)
    elif stage is Stage.BEGUN and opening is not None:
        people = queries.can_complete(
            visit.db, challenge, besides=opening.begun_by, real_now=visit.real_now
        )
    else:
        people = []
    return [person.name for person in people if person.name]


ONE = "/desk/challenges/{slug}/opening"

routes = [
    get(ONE, show, desk),
    post(ONE, begin, desk, once=True),
    get(f"{ONE}/complete", to_page, desk),
    post(f"{ONE}/complete", complete, desk, once=True),
    get(f"{ONE}/take-back", to_page, desk),
    post(f"{ONE}/take-back", take_back, desk, once=True),
]
