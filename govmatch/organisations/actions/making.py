"""Making a firm."""

from datetime import datetime, timedelta

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Role
from govmatch.accounts.queries import by_id
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.kit.limits import Limit, spend
from govmatch.organisations import names, rules
from govmatch.organisations.events import FirmMade
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import NewFirm

MAKING = Limit("firms_made", 5, timedelta(days=1))


def make_firm(
    session: Session, values: NewFirm, *, actor: Actor, now: datetime, real_now: datetime
) -> Firm:
    """Make a firm that its maker leads; it is not listed until the profile says so.

    Refused to visitors; raises `TooMany` after five a day by one person. Whether it is here already
    under another spelling the caller asks first (`queries.listed_like`) and shows.
    """
    require(rules.may_make(actor))
    assert actor.person_id is not None
    spend(session, MAKING, str(actor.person_id), now=real_now)
    firm = add_firm(session, values, actor=actor, now=now)
    give_role(
        session,
        by_id(session, actor.person_id),
        Role.LEAD,
        "firm",
        firm.id,
        actor=actor,
        now=now,
        real_now=real_now,
        object_label=firm.name,
    )
    return firm


def add_firm(session: Session, values: NewFirm, *, actor: Actor, now: datetime) -> Firm:
    """Make a firm that nobody belongs to yet; for `make_firm`, the demonstration and tests.

    Asks no rule and no limit: the caller has one of its own.
    """
    opaque = public_id()
    firm = Firm(
        public_id=opaque,
        slug=opaque,
        name=values.name,
        name_key=names.name_key(values.name),
        country=values.country,
        size=None,
        founded=None,
        registration=values.registration,
        registration_key=names.registration_key(values.country, values.registration),
        languages=[],
        cpv=[],
        created_at=now,
        updated_at=now,
    )
    session.add(firm)
    session.flush()
    journal.record(session, FirmMade(subject_id=firm.id), actor=actor, now=now)
    return firm
