"""/desk/challenges/{slug}/completion: closing the case when every pilot has its outcome."""

from govmatch.accounts.models import Role
from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.showing import text_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, queries, rules
from govmatch.pilots.actions.ending import count_without_letter
from govmatch.pilots.models import Pilot
from govmatch.pilots.showing import OUTCOMES, STATES, Badge, path_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/completion"
desk = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER)


@dataclass(frozen=True)
class PilotLine:
    title: str
    firm: str
    url: str
    badges: list[Badge]


@dataclass(frozen=True)
class CompletionPage:
    title: str
    path: str
    pilots: list[PilotLine]
    unfinished: int
    without_letter: int
    refused: Message | None
    is_over: bool


def show(visit: Visit) -> Answer:
    challenge = _challenge(visit)
    pilots = queries.of_challenge(visit.db, challenge)
    open_to = queries.visible_among(visit.db, [one.id for one in pilots], actor=visit.actor)
    standing = queries.standing(pilots)
    without_letter = count_without_letter(visit.db, challenge)
    ruling = rules.may_complete(
        visit.actor,
        challenge,
        agreed=standing.agreed,
        unfinished=standing.unfinished,
        without_letter=without_letter,
    )
    values = CompletionPage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        path=f"/desk/challenges/{challenge.slug}",
        pilots=[_line(visit, one) for one in pilots if one.id in open_to],
        unfinished=standing.unfinished,
        without_letter=without_letter,
        refused=None if ruling else ruling.reason,
        is_over=challenge.state in {"completed", "archived"},
    )
    return page(visit, "pilots/completion.html", values)


def complete(visit: WritingVisit) -> Answer:
    """Close the case."""
    challenge = _challenge(visit)
    actions.complete(visit.session, challenge, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The challenge is completed."))
    return redirect(f"/desk/challenges/{challenge.slug}")


def _challenge(visit: Visit) -> Challenge:
    """Return the challenge of the address where it lies on the reader's desk and was opened.

    Before the opening nothing is counted here: how many applied is nobody's to know.
    """
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not works_on(visit.actor, challenge) or challenge.opened_at is None:
        raise NotFound
    return challenge


def _line(visit: Visit, pilot: Pilot) -> PilotLine:
    badges = [STATES[pilot.state]]
    if pilot.outcome is not None:
        badges.append((OUTCOMES[pilot.outcome][0], "info"))
    return PilotLine(pilot.title, pilot.firm.name, visit.url(path_of(pilot)), badges)


routes = [get(PATH, show, desk), post(PATH, complete, desk, once=True)]
