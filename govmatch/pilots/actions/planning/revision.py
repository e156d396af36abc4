"""What every change of a plan has in common: it makes a new revision, or says what is wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Lang, Message
from govmatch.pilots import plan, rules
from govmatch.pilots.actions.holding import hold, require_revision
from govmatch.pilots.events import PlanChanged
from govmatch.pilots.models import Kpi, Milestone, Pilot


@contextmanager
def new_revision(
    session: Session, pilot: Pilot, revision: int, *, actor: Actor, now: datetime
) -> Iterator[None]:
    """Make what is changed inside a new revision of the plan, to which nobody has agreed.

    Refused to whoever may not write the plan. Raises `Conflict` where the plan is no longer the
    revision that the actor saw.
    """
    hold(session, pilot)
    require(rules.may_write_plan(actor, pilot))
    require_revision(pilot, revision)
    yield
    pilot.revision += 1
    pilot.firm_agreed_at = pilot.firm_agreed_by = None
    pilot.authority_agreed_at = pilot.authority_agreed_by = None
    session.flush()
    event = PlanChanged(subject_id=pilot.id, revision=pilot.revision)
    journal.record(session, event, actor=actor, now=now)


def remove_from_plan(
    session: Session,
    pilot: Pilot,
    part: Milestone | Kpi,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a milestone or key figure out of a plan that is not agreed; nothing hangs on it yet."""
    with new_revision(session, pilot, revision, actor=actor, now=now):
        session.delete(part)


def refuse(found: Mapping[str, Message | None]) -> None:
    if errors := {name: message for name, message in found.items() if message is not None}:
        raise Invalid(errors)


def shown(pilot: Pilot, lang: Lang) -> plan.Shown:
    return lambda amount: money_text(amount, pilot.currency, lang)


def next_number(
    session: Session,
    column: InstrumentedAttribute[int],
    of: InstrumentedAttribute[int],
    pilot: Pilot,
) -> int:
    found = select(func.coalesce(func.max(column), 0)).where(of == pilot.id)
    return session.execute(found).scalar_one() + 1
