"""What the pages about one's own data share: the tabs, and showing anew who one is."""

from urllib.parse import quote

from govmatch.accounts import queries as accounts
from govmatch.accounts import rules as account_rules
from govmatch.accounts.models import Person
from govmatch.kit.i18n import Message, msg
from govmatch.privacy.telling import ERASURE_PATH, EXPORT_PATH, PATH
from govmatch.web.answers import Answer, redirect
from govmatch.web.visit import Visit

Tab = tuple[Message, str, bool, None]

TABS: tuple[tuple[Message, str], ...] = (
    (msg("Who sees what"), PATH),
    (msg("Copy of your data"), EXPORT_PATH),
    (msg("Erasure"), ERASURE_PATH),
)


def tabs(visit: Visit) -> list[Tab]:
    return [(label, visit.url(path), visit.path == path, None) for label, path in TABS]


def own_person(visit: Visit) -> Person:
    assert visit.actor.person_id is not None
    return accounts.by_id(visit.db, visit.actor.person_id)


def shown_who(visit: Visit) -> bool:
    """True where the person showed within the last half hour who they are."""
    assert visit.actor.session_id is not None
    row = accounts.session_by_id(visit.db, visit.actor.session_id)
    return account_rules.is_fresh(row, now=visit.real_now)


def first_show_who(path: str) -> Answer:
    """Send somebody to show who they are, and from there on to `path`."""
    return redirect(f"/account/fresh?next={quote(path, safe='')}")
