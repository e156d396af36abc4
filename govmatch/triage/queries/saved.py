"""What people keep of triage: views under a name, and how they want the table."""

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from govmatch.accounts.models import Role
from govmatch.applications.rules import READERS
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.triage.models import Preference, View


def views_of(session: ReadSession, actor: Actor) -> list[View]:
    """Return the actor's own views and those shared with them, by name."""
    found = select(View).where(_open_to(actor)).order_by(func.lower(View.name), View.id)
    return list(session.scalars(found))


def count_own_views(session: ReadSession, actor: Actor) -> int:
    found = select(func.count()).select_from(View).where(View.by == actor.person_id)
    return session.execute(found).scalar_one()


def get_view(session: ReadSession, actor: Actor, public_id: str) -> View:
    """Return one of them; raises `NotFound` for every other."""
    found = select(View).where(View.public_id == public_id, _open_to(actor))
    view = session.scalars(found).first()
    if view is None:
        raise NotFound
    return view


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """Own ones, and those of programmes whose applications the actor reads, or some of them."""
    if not actor.is_signed_in:
        return false()
    shared = View.programme_id.is_not(None)
    if actor.holds(Role.AUDITOR):
        return or_(View.by == actor.person_id, shared)
    theirs = [and_(View.by == actor.person_id, ~shared)]
    if programmes := sorted(actor.objects("programme", *READERS["programme"])):
        theirs.append(View.programme_id.in_(programmes))
    if authorities := sorted(actor.objects("authority", *READERS["authority"])):
        near = select(Challenge.programme_id).where(Challenge.authority_id.in_(authorities))
        theirs.append(View.programme_id.in_(near))
    return or_(*theirs)


def preference_of(session: ReadSession, actor: Actor) -> Preference | None:
    """Return how the actor wants the table; None for whoever has chosen nothing."""
    return None if actor.person_id is None else session.get(Preference, actor.person_id)
