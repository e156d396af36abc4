"""Firms that somebody may want to join, and those they asked already, as pages show them."""

from datetime import datetime

from govmatch.accounts.queries import by_id
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.organisations import queries
from govmatch.organisations.joining_words import called
from govmatch.organisations.models import Firm
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Near:
    """A firm of colleagues by the domain, or one that was asked."""

    called: str | Message
    url: str
    asked_at: datetime | None


def near(visit: Visit) -> list[Near]:
    """Return what this person asked and waits for, then what colleagues have entered."""
    if visit.actor.person_id is None or visit.actor.needs_factor:
        return []
    person = by_id(visit.db, visit.actor.person_id)
    asked = queries.own_join_requests(visit.db, visit.actor, real_now=visit.real_now)
    when = {one.firm_id: one.asked_at for one in asked}
    colleagues = queries.firms_of_colleagues(
        visit.db, person, content_dir=visit.settings.content_dir, real_now=visit.real_now
    )
    firms: dict[int, Firm] = {one.firm_id: one.firm for one in asked}
    firms |= {one.id: one for one in colleagues}
    return [
        Near(called(one, person.email), visit.url(f"/firms/{one.slug}/join"), when.get(one.id))
        for one in firms.values()
    ]
