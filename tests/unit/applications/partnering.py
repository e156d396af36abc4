"""Asking firms to take part and answering, without the pages."""

from datetime import datetime
from typing import Any

from govmatch.accounts.models import Person
from govmatch.applications import queries
from govmatch.applications.actions import partners as actions
from govmatch.applications.actions.partners import Asked
from govmatch.applications.consortium import seen
from govmatch.applications.models import Application, Partner
from govmatch.kit.db import Session
from govmatch.organisations.models import Firm
from tests.unit.applications.acting import NOW, acting
from tests.web.applications.world import World


def acting_kwargs(session: Session, who: Person, now: datetime) -> dict[str, Any]:
    """Return what every act on partners is given beside what it acts on."""
    actor = acting(session, who)
    held = queries.every_role(session, actor, real_now=NOW)
    return {"actor": actor, "held": held, "now": now}


def asked(
    session: Session,
    application: Application,
    who: Person,
    firm: Firm | str,
    *,
    share: int = 30,
    part: str = "Cameras",
    now: datetime = NOW,
) -> Partner:
    """Ask a firm from the directory, or an address."""
    to = Asked(
        firm=firm if isinstance(firm, Firm) else None,
        address=firm if isinstance(firm, str) else "",
        share=share,
        part=part,
    )
    return actions.invite(
        session, application, to, lang="en", real_now=NOW, **acting_kwargs(session, who, now)
    )


def accepted(
    session: Session, partner: Partner, who: Person, firm: Firm, *, now: datetime = NOW
) -> Partner:
    actions.accept(
        session,
        partner,
        firm,
        shown=actions.terms_shown(partner),
        **acting_kwargs(session, who, now),
    )
    return partner


def together(session: Session, world: World, application: Application) -> Partner:
    """Let Weser take part in an application of Nordlys."""
    partner = asked(session, application, world.bo, world.firms["weser"])
    return accepted(session, partner, world.dieter, world.firms["weser"])


def left(session: Session, partner: Partner, who: Person, *, now: datetime = NOW) -> None:
    actions.leave(session, partner, actor=acting(session, who), now=now)


def removed(session: Session, partner: Partner, who: Person, *, now: datetime = NOW) -> None:
    actions.remove(session, partner.application, partner, **acting_kwargs(session, who, now))


def arrange(
    session: Session, world: World, draft: Application, partner: Partner, share: int
) -> None:
    counted = queries.counting_partners(session, draft, now=NOW)
    actions.set_shares(
        session, draft, {partner.public_id: share}, {}, lead_part="Scanning",
        shown=seen(draft, counted), **acting_kwargs(session, world.bo, NOW),
    )  # fmt: skip
