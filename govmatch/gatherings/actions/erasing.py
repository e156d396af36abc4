"""Deleting what people wrote once nobody needs it any more, or because they want it."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from govmatch.accounts.models import Person
from govmatch.gatherings import rules
from govmatch.gatherings.actions.registering import give_up
from govmatch.gatherings.events import NeedsErased, RegistrationsErased
from govmatch.gatherings.models import Gathering, Registration, SeatRequest
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session


def erase_needs(session: Session, gathering: Gathering, *, now: datetime) -> None:
    """Delete what people wrote about their access needs."""
    session.execute(
        update(Registration)
        .where(Registration.gathering_id == gathering.id, Registration.needs != "")
        .values(needs="")
    )
    gathering.needs_erased_at = now
    journal.record(session, NeedsErased(subject_id=gathering.id), actor=VISITOR, now=now)


def erase_without_account(session: Session, gathering: Gathering, *, now: datetime) -> None:
    """Empty names and addresses of those without account and certificate; the rows still count."""
    session.execute(
        update(Registration)
        .where(
            Registration.gathering_id == gathering.id,
            Registration.person_id.is_(None),
            Registration.certificate.is_(None),
        )
        .values(name="", email="", organisation="", answer="", needs="")
    )
    event = RegistrationsErased(subject_id=gathering.id)
    journal.record(session, event, actor=VISITOR, now=now)


def forget_person(session: Session, person: Person, *, now: datetime) -> None:
    """Empty everything that one person left, certificates too; whoever waits moves up."""
    mine = (Registration.person_id == person.id) | (Registration.email == person.email)
    found = select(Registration).options(joinedload(Registration.gathering)).where(mine)
    for one in session.scalars(found.order_by(Registration.id)):
        if rules.may_give_up(one, one.gathering, now):
            give_up(session, one, actor=VISITOR, now=now)
        one.name = one.email = one.organisation = one.answer = one.needs = ""
        one.certificate = None
    session.execute(delete(SeatRequest).where(SeatRequest.email == person.email))
