"""Which files of cases there are, and who reads the case that one is of."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from govmatch.accounts import queries as accounts
from govmatch.accounts.models import Person
from govmatch.applications import queries as applications
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.decisions.queries import readers_challenge
from govmatch.dossiers import rules
from govmatch.dossiers.models import Dossier
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound


def get_case(
    session: ReadSession, actor: Actor, slug: str, *, now: datetime, real_now: datetime
) -> Challenge:
    """Return a challenge whose file the actor may have.

    Raises `NotFound` for cases of others, and `NotAllowed` for who has a conflict of interest with
    any of its applications, belongs to a firm that applied, or scores it: the file is one, and
    nothing can be left out of it for one reader.
    """
    challenge = readers_challenge(session, actor, slug, now=now, real_now=real_now)
    require(rules.may_have(actor, challenge, is_applicant=_is_applicant(session, actor, challenge)))
    return challenge


def _is_applicant(session: ReadSession, actor: Actor, challenge: Challenge) -> bool:
    found = select(Application.id).where(
        Application.challenge_id == challenge.id, applications.own_to(actor)
    )
    return session.execute(found.limit(1)).first() is not None


def get_dossier(session: ReadSession, challenge: Challenge, public_id: str) -> Dossier:
    """Return one file of this very case; raises `NotFound`."""
    found = select(Dossier).where(
        Dossier.public_id == public_id, Dossier.challenge_id == challenge.id
    )
    dossier = session.scalars(found).first()
    if dossier is None:
        raise NotFound
    return dossier


def dossiers_of(session: ReadSession, challenge: Challenge, *, most: int = 10) -> list[Dossier]:
    """Return the files of a case that were asked for last, newest first."""
    found = select(Dossier).where(Dossier.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(Dossier.id.desc()).limit(most)))


def in_making(session: ReadSession, challenge: Challenge, kind: str) -> Dossier | None:
    found = select(Dossier).where(
        Dossier.challenge_id == challenge.id,
        Dossier.kind == kind,
        Dossier.made_at.is_(None),
        Dossier.gone_at.is_(None),
    )
    return session.scalars(found.order_by(Dossier.id.desc())).first()


def by_id(session: ReadSession, dossier_id: int) -> Dossier | None:
    found = select(Dossier).where(Dossier.id == dossier_id).options(joinedload(Dossier.challenge))
    return session.scalars(found).first()


def lapsed(session: ReadSession, *, real_now: datetime) -> list[Dossier]:
    """Return files whose time is over, and those of a case that was emptied since."""
    emptied = select(Application.id).where(
        Application.challenge_id == Dossier.challenge_id,
        Application.emptied_at >= Dossier.made_at,
    )
    found = select(Dossier).where(
        Dossier.gone_at.is_(None), or_(Dossier.expires_at <= real_now, emptied.exists())
    )
    return list(session.scalars(found.order_by(Dossier.id).limit(200)))


def kept(session: ReadSession) -> set[str]:
    """Return the names of the archives that are to stay on disk."""
    return set(session.scalars(select(Dossier.public_id).where(Dossier.gone_at.is_(None))))


def reader(session: ReadSession, person: Person, *, real_now: datetime) -> Actor:
    """Return a person as an actor in the background, with every role that is in force."""
    held = accounts.roles_of(session, person, now=real_now)
    return Actor(person_id=person.id, name=person.name, roles=frozenset(held))
