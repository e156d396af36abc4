"""/admin: the one thing to see to next, what else waits, and how much there is of each."""

from govmatch.accounts import queries as accounts
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.organisations.queries.authorities import all_authorities
from govmatch.overview.attention import Facts, Step, next_steps
from govmatch.overview.queries import people
from govmatch.overview.views.frame import Tab, administrator, tabs
from govmatch.programmes import queries as programmes
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

SHOWN = 8


@dataclass(frozen=True)
class Part:
    """One part of the administration with how much it holds."""

    title: Message
    url: str
    text: Message


@dataclass(frozen=True)
class StartPage:
    tabs: list[Tab]
    first: Step | None
    others: list[Step]
    more: int
    parts: list[Part]


def start(visit: Visit) -> Answer:
    """Show what is to do in the administration."""
    facts = Facts(
        programmes=programmes.all_programmes(visit.db),
        authorities=all_authorities(visit.db),
        taking_part=programmes.taking_part(visit.db),
        holders=people.role_counts(visit.db, now=visit.real_now),
        invitations=[
            one
            for one in accounts.open_invitations(visit.db, now=visit.real_now)
            if one.object_kind != "firm"
        ],
    )
    steps = next_steps(facts, lang=visit.lang, now=visit.real_now)
    values = StartPage(
        tabs=tabs(visit),
        first=steps[0] if steps else None,
        others=steps[1 : 1 + SHOWN],
        more=max(0, len(steps) - 1 - SHOWN),
        parts=_parts(visit, facts),
    )
    return page(visit, "overview/start.html", values)


def _parts(visit: Visit, facts: Facts) -> list[Part]:
    roles = sum(facts.holders.values())
    counted = (
        (
            msg("Programmes"),
            "/admin/programmes",
            msgn("{n} programme", "{n} programmes", n=len(facts.programmes)),
        ),
        (
            msg("Authorities"),
            "/admin/authorities",
            msgn("{n} authority", "{n} authorities", n=len(facts.authorities)),
        ),
        (
            msg("People"),
            "/admin/people",
            msgn("{n} account", "{n} accounts", n=people.count_people(visit.db)),
        ),
        (msg("Roles"), "/admin/roles", msgn("{n} role in force", "{n} roles in force", n=roles)),
        (
            msg("Invitations"),
            "/admin/invitations",
            msgn("{n} open invitation", "{n} open invitations", n=len(facts.invitations)),
        ),
    )
    return [Part(title, visit.url(path), text) for title, path, text in counted]


routes = [get("/admin", start, administrator)]
