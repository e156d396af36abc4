"""What the page of an application says of the firms that apply together."""

from collections.abc import Collection

from govmatch.applications import partner_rules, queries, rules
from govmatch.applications.consortium import has_agreed, name_of
from govmatch.applications.models import Application
from govmatch.kit.actor import Held
from govmatch.kit.records import dataclass
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Together:
    """`partners` are (name, whether it has agreed); `leads` says that the reader's firm leads."""

    url: str
    partners: list[tuple[str, bool]]
    lead: str
    leads: bool
    is_changed: bool
    may_invite: bool


def together_of(
    visit: Visit, application: Application, *, held: Collection[Held]
) -> Together | None:
    """Return who applies together, None where nobody does and nobody can be asked."""
    partners = queries.partners_of(visit.db, application)
    counted = queries.counting_partners(visit.db, application, now=visit.now) if partners else []
    may_invite = partner_rules.may_invite(
        visit.actor, application, partners, held=held, now=visit.now
    )
    if not partners and not may_invite:
        return None
    return Together(
        url=visit.url(f"/applications/{application.public_id}/partners"),
        partners=[(name_of(one), has_agreed(one)) for one in counted],
        lead=application.firm.name,
        leads=application.firm_id in rules.firms_of(visit.actor),
        is_changed=queries.is_other_consortium(visit.db, application, counted),
        may_invite=bool(may_invite),
    )
