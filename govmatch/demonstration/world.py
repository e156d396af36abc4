"""The seeded world: everybody, every firm, and challenges in every phase, dated from today.

Everything is made through the ordinary actions, so that the journal holds it like real life.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Person
from govmatch.challenges.content import sync
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug, text_for
from govmatch.demonstration.cases import make
from govmatch.demonstration.personas import OTHERS, PERSONAS, Duty, Other, Persona
from govmatch.demonstration.stage import LONG_AGO, Stage, play
from govmatch.kit.actor import SITE, VISITOR
from govmatch.kit.content import Folder, Report
from govmatch.kit.db import Database, Session, commit
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import read_firms
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import authorities as authority_queries
from govmatch.programmes import queries as programmes
from govmatch.settings import Settings

Tell = Callable[[str], None]


def is_seeded(database: Database) -> bool:
    with database.reading() as session:
        return bool(session.execute(select(func.count(Person.id))).scalar_one())


def seed(database: Database, settings: Settings, *, now: datetime, tell: Tell) -> Report:
    """Make the world in an empty database; `tell` hears of each step.

    Returns the report of loading the content, which stands as far as its files are right.
    """
    tell("content")
    report = sync(database, settings.content_dir, settings=settings, now=now, real_now=now)
    tell("firms")
    _firms(database, settings, now=now)
    tell("people")
    with database.writing() as session:
        _people(session, now=now)
        commit(session)
    tell("cases")
    with database.writing() as session:
        play(make(Stage(session, settings, now)))
        commit(session)
    return report


def _firms(database: Database, settings: Settings, *, now: datetime) -> None:
    for data in read_firms(Folder(settings.content_dir), [], today=now.date()):
        with database.writing() as session:
            load_firm(session, data, actor=VISITOR, now=now - LONG_AGO)
            commit(session)


def _people(session: Session, *, now: datetime) -> None:
    everybody: tuple[Persona | Other, ...] = (*PERSONAS, *OTHERS)
    for one in everybody:
        person = create_person(
            session,
            address=one.email,
            name=one.name,
            lang=one.lang,
            zone=one.zone,
            actor=VISITOR,
            now=now - LONG_AGO,
            real_now=now,
        )
        for duty in one.duties:
            give_role(
                session,
                person,
                duty.role,
                duty.object_kind,
                _object(session, duty)[0],
                actor=VISITOR,
                now=now - LONG_AGO,
                real_now=now,
                object_label=_object(session, duty)[1],
            )


def _object(session: Session, duty: Duty) -> tuple[int, str]:
    """Return id and name of the object that a duty names by its slug."""
    match duty.object_kind:
        case "authority":
            authority = authority_queries.by_slug(session, duty.slug)
            return authority.id, authority.names["en"]
        case "programme":
            programme = programmes.by_slug(session, duty.slug)
            return programme.id, programme.names["en"]
        case "firm":
            firm = session.execute(select(Firm).where(Firm.slug == duty.slug)).scalar_one()
            return firm.id, firm.name
        case "challenge":
            challenge = _challenge(session, duty.slug)
            return challenge.id, text_for(challenge, "en").title
    assert duty.object_kind == SITE
    return 0, ""


def _challenge(session: Session, slug: str) -> Challenge:
    challenge = find_by_slug(session, slug)
    assert challenge is not None, f"the demonstration wants the challenge {slug}"
    return challenge
