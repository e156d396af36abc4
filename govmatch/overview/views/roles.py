"""/admin/roles: who holds which role for what, narrowed by role, kind and object."""

from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.i18n import Message, msg
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.overview.objects import LISTED_ROLES, OBJECT_KINDS, Target
from govmatch.overview.queries import objects, people
from govmatch.overview.views.frame import Tab, administrator, tabs, target_label
from govmatch.overview.views.held import HeldLine, held_lines
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

PATH = "/admin/roles"


@dataclass(frozen=True)
class RoleLine:
    """Who holds it, and what is held."""

    person: str
    url: str
    is_disabled: bool
    held: HeldLine


@dataclass(frozen=True)
class Facet:
    name: str
    legend: Message
    options: list[tuple[str, Message, None, bool]]


@dataclass(frozen=True)
class RolesPage:
    tabs: list[Tab]
    facets: list[Facet]
    chips: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    """What the filter form sends along: the object that the list is narrowed to."""
    lines: list[RoleLine]
    total: int
    paging: Paging
    action: str


def role_list(visit: Visit) -> Answer:
    """List the roles in force that fit the filters in the address."""
    roles = _chosen(visit, "role", [role.value for role in LISTED_ROLES])
    kinds = _chosen(visit, "kind", OBJECT_KINDS)
    target = objects.by_key(visit.db, visit.query.one("for"))
    number = page_number(visit.query.one("page"))
    found = people.find_roles(
        visit.db,
        roles=roles,
        kinds=kinds,
        held_for=(target.kind, target.id) if target else None,
        now=visit.real_now,
        page=number,
    )
    lines = [
        RoleLine(
            person=row.person.name,
            url=visit.url(f"/admin/people/{row.person.public_id}"),
            is_disabled=row.person.disabled_at is not None,
            held=held,
        )
        for row, held in zip(found.rows, held_lines(visit, found.rows), strict=True)
    ]
    key = target.key if target else None
    values = RolesPage(
        tabs=tabs(visit),
        facets=_facets(roles, kinds),
        chips=_chips(visit, roles, kinds, target),
        kept=[("for", key)] if key else [],
        lines=lines,
        total=found.total,
        paging=Paging(
            number,
            people.SIZE,
            found.total,
            lambda n: visit.url(PATH, role=roles, kind=kinds, page=n, **_for(key)),
        ),
        action=visit.url(PATH),
    )
    return page(visit, "overview/roles.html", values, block="results")


def _for(key: str | None) -> dict[str, str | None]:
    """«for» is a word of Python, so it cannot be written as an argument."""
    return {"for": key}


def _chosen(visit: Visit, name: str, allowed: object) -> list[str]:
    wanted = dict.fromkeys(visit.query.all(name))
    return [value for value in wanted if value in allowed]  # type: ignore[operator]


def _facets(roles: list[str], kinds: list[str]) -> list[Facet]:
    return [
        Facet(
            "role",
            msg("Role"),
            [(role.value, ROLE_NAMES[role], None, role.value in roles) for role in LISTED_ROLES],
        ),
        Facet(
            "kind",
            msg("Held for"),
            [(kind, label, None, kind in kinds) for kind, label in OBJECT_KINDS.items()],
        ),
    ]


def _chips(
    visit: Visit, roles: list[str], kinds: list[str], target: Target | None
) -> list[tuple[str, str]]:
    """Return each filter in force with the address of the list without it."""
    key = target.key if target else None
    chips = [
        (
            visit.say(ROLE_NAMES[one]),
            visit.url(PATH, role=[r for r in roles if r != one], kind=kinds, **_for(key)),
        )
        for one in roles
    ]
    chips += [
        (
            visit.say(OBJECT_KINDS[one]),
            visit.url(PATH, role=roles, kind=[k for k in kinds if k != one], **_for(key)),
        )
        for one in kinds
    ]
    if target:
        chips.append((target_label(visit, target), visit.url(PATH, role=roles, kind=kinds)))
    return chips


routes = [get(PATH, role_list, administrator)]
