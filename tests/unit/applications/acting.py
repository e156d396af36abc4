"""Doing what a page would do with an application, without the page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.applications import actions, call, queries
from govmatch.applications.actions import Saved, Sent
from govmatch.applications.models import Application, Version
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.settings import Settings
from govmatch.web.visit import Upload
from tests.web.applications.world import COMPLETE, World

NOW = real_now()
MINUTE = timedelta(minutes=1)


def acting(session: Session, who: Person) -> Actor:
    """Return who acts, with every role and the second factor given."""
    roles = frozenset(roles_of(session, who, now=NOW))
    return Actor(person_id=who.id, name=who.name, roles=roles)


def begun(session: Session, world: World, who: str = "bo", firm: str = "nordlys") -> Application:
    """Start a draft for the long form."""
    actor = acting(session, world.people[who])
    return actions.start(
        session,
        world.challenges["long"],
        world.firms[firm],
        lang="en",
        held=queries.every_role(session, actor, real_now=NOW),
        actor=actor,
        now=NOW,
    )


def sent(fields: Mapping[str, str], *, page: str = "p1", **more: Any) -> Sent:
    files = {name: [Upload(f"{name}.txt", body)] for name, body in more.pop("files", {}).items()}
    return Sent(
        fields={name: [value] for name, value in fields.items()},
        uploads=files,
        lang="en",
        page=page,
        **more,
    )


def save(
    session: Session,
    application: Application,
    section_id: str,
    what: Sent,
    *,
    who: Person,
    folder: Path = Path(),
    now: datetime = NOW,
) -> Saved:
    actor = acting(session, who)
    section = call.form(application.challenge).section(section_id)
    assert section is not None
    return actions.save_section(
        session,
        application,
        section,
        what,
        settings=Settings(data_dir=folder),
        held=queries.every_role(session, actor, real_now=NOW),
        actor=actor,
        now=now,
        real_now=NOW,
    )


def complete(session: Session, application: Application, who: Person) -> None:
    """Fill every section of the long form."""
    for section_id, fields in COMPLETE.items():
        save(session, application, section_id, sent(fields), who=who)


def submit(
    session: Session, application: Application, who: Person, *, now: datetime = NOW, **more: Any
) -> Version:
    actor = acting(session, who)
    return actions.submit(
        session,
        application,
        lang="en",
        held=queries.every_role(session, actor, real_now=NOW),
        actor=actor,
        now=now,
        **{"real_now": NOW, **more},
    )


def submitted(
    session: Session, world: World, who: str = "bo", firm: str = "nordlys"
) -> Application:
    """Return an application to the long form that was submitted once."""
    application = begun(session, world, who, firm)
    complete(session, application, world.people[who])
    submit(session, application, world.people[who])
    return application
