"""/desk/challenges/{slug}/names: how far the copies without names are."""

from govmatch.accounts.models import Role
from govmatch.applications import queries
from govmatch.applications.models import ASSESSING, Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.redaction import Standing, standing_of, waits_for_approval
from govmatch.applications.redaction_models import RedactedCopy
from govmatch.applications.showing import title_in
from govmatch.applications.views.closed import challenge_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import hides_names
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

managers = holder_of(Role.MANAGER)

STANDINGS: dict[Standing, tuple[Message, str]] = {
    Standing.PROPOSED: (msg("Not checked yet"), "neutral"),
    Standing.CORRECTED: (msg("Corrected, not approved yet"), "info"),
    Standing.CHANGED: (msg("Handed in anew since it was approved"), "warning"),
    Standing.APPROVED: (msg("Approved for reviewers"), "success"),
}
"""What each standing of a copy is called, and the kind of its badge."""


def path_of(application: Application) -> str:
    return f"/triage/{application.public_id}/names"


def list_path(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/names"


def next_path(visit: Visit, application: Application) -> str:
    """Return the address of another application of the challenge that nobody approved yet."""
    waiting = [
        one
        for one, row in listed(visit, application.challenge)
        if one.id != application.id
        and standing_of(row, one.current_version) is not Standing.APPROVED
    ]
    later = [one for one in waiting if (one.alias or 0) > (application.alias or 0)]
    chosen = (later or waiting)[:1]
    return path_of(chosen[0]) if chosen else ""


def listed(visit: Visit, challenge: Challenge) -> list[tuple[Application, RedactedCopy | None]]:
    found = [
        one for one in queries.assessed(visit.db, visit.actor, challenge) if one.state in ASSESSING
    ]
    rows = queries.redacted_copies(visit.db, [one.id for one in found])
    return [(one, rows.get(one.id)) for one in found]


@dataclass(frozen=True)
class Line:
    name: str
    alias: str
    url: str
    standing: tuple[Message, str]


@dataclass(frozen=True)
class ListPage:
    title: str
    title_lang: str | None
    challenge_path: str
    reviewing_path: str
    is_opened: bool
    is_blind: bool
    waits: bool
    lines: list[Line]
    approved: int


def listing(visit: Visit) -> Answer:
    """Show how far the copies of a challenge's applications are."""
    challenge = challenge_of(visit)
    if not visit.actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        raise NotFound
    title = title_in(challenge, visit.lang)
    is_opened = challenge.opened_at is not None
    lines = [_line(visit, *pair) for pair in listed(visit, challenge)] if is_opened else []
    approved = STANDINGS[Standing.APPROVED]
    values = ListPage(
        title=title.text,
        title_lang=title.lang if title.lang != visit.lang else None,
        challenge_path=visit.url(f"/desk/challenges/{challenge.slug}"),
        reviewing_path=visit.url(f"/desk/challenges/{challenge.slug}/reviewing"),
        is_opened=is_opened,
        is_blind=hides_names(terms_of(challenge)),
        waits=waits_for_approval(challenge),
        lines=lines,
        approved=sum(line.standing == approved for line in lines),
    )
    return page(visit, "applications/names_list.html", values)


def _line(visit: Visit, application: Application, row: RedactedCopy | None) -> Line:
    return Line(
        name=name_for(application, How.FULL, visit.lang),
        alias=name_for(application, How.BLIND, visit.lang),
        url=visit.url(path_of(application)),
        standing=STANDINGS[standing_of(row, application.current_version)],
    )


routes = [get("/desk/challenges/{slug}/names", listing, managers)]
