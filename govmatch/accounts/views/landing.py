"""Where people come from and where they go on to, and what all pages of an account share."""

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import quote

from govmatch.accounts import rules
from govmatch.accounts.models import Role, SessionRow
from govmatch.accounts.queries import actor_of, roles_of, session_by_id
from govmatch.kit.actor import Held
from govmatch.web.answers import Answer
from govmatch.web.visit import Visit

FIRST_PAGES = (
    ("/admin", {Role.ADMINISTRATOR}),
    ("/desk", {Role.MANAGER, Role.APPROVER, Role.STAFF}),
    ("/audit", {Role.AUDITOR}),
    ("/reviews", {Role.REVIEWER, Role.CHAIR}),
    ("/applications", {Role.LEAD, Role.MEMBER, Role.READER}),
    ("/pilots", {Role.MENTOR}),
)


def first_page(held: Collection[Held]) -> str:
    """Return where somebody with these roles begins: the page with their next thing to do."""
    names = {role.role for role in held}
    return next((page for page, roles in FIRST_PAGES if names & roles), "/account")


def after_sign_in(visit: Visit, row: SessionRow, next_path: str) -> str:
    """Return where the person of a session goes now: by way of the second factor where it waits."""
    target = next_path or first_page(roles_of(visit.db, row.person, now=visit.real_now))
    waits = actor_of(visit.db, row, now=visit.real_now).needs_factor
    return by_way_of("/second-factor", target) if waits else target


def by_way_of(path: str, target: str) -> str:
    """Return the address of a page that leads on to `target`."""
    return f"{path}?next={quote(target, safe='')}" if target else path


def next_path(visit: Visit) -> str:
    """Return where this page leads on to, when the address names a page of ours."""
    return rules.own_path(visit.query.one("next"))


def own_session(visit: Visit) -> SessionRow:
    """Return the session that this visit acts in."""
    assert visit.actor.session_id is not None
    return session_by_id(visit.db, visit.actor.session_id)


def unkept(answer: Answer) -> Answer:
    """Return a page that no browser and no proxy keeps, since its address or text is a secret."""
    return replace(answer, headers={**answer.headers, "Cache-Control": "no-store"})
