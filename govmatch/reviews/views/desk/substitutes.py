"""Who could review an application instead of somebody whose review has ended."""

from collections.abc import Mapping

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.kit.i18n import msgn
from govmatch.reviews import queries, rules
from govmatch.reviews.models import ENDED
from govmatch.reviews.queries import Juror, Named
from govmatch.reviews.queries.suspicions import open_loads
from govmatch.web.visit import Visit


def substitutes_for(
    visit: Visit, application: Application, reviews: list[Named], jurors: list[Juror]
) -> list[tuple[str, str]]:
    """Return who could take over, with how much they have to do; nobody where none has ended."""
    if not any(one.review.state in ENDED for one in reviews):
        return []
    if not rules.may_assign(visit.actor, application.challenge):
        return []
    plan = queries.preview(
        visit.db, [application], [one.person for one in jurors], now=visit.real_now
    )
    loads = open_loads(visit.db, [one.person.id for one in plan.new])
    free = sorted(plan.new, key=lambda one: (loads.get(one.person.id, 0), one.person.name))
    return [(one.person.public_id, _loaded(visit, one.person, loads)) for one in free]


def _loaded(visit: Visit, person: Person, loads: Mapping[int, int]) -> str:
    n = loads.get(person.id, 0)
    return visit.say(
        msgn("{name}: {n} review to do", "{name}: {n} reviews to do", n=n, name=person.name)
    )
