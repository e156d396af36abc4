"""What the durability trial files its applications with: made by the site's own actions, once.

Run again after every kill, so a second time it finds everything and changes nothing.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from govmatch.accounts.actions import create_person, give_role
from govmatch.accounts.models import Role
from govmatch.challenges.actions import approve_from_file, create, publish_from_file
from govmatch.challenges.queries import find_by_slug, known
from govmatch.challenges.rules import faults
from govmatch.challenges.statement import Statement, Weight, Words
from govmatch.cli.base import open_database, read_settings
from govmatch.demonstration.personas import PERSONAS
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.content import FILES, Folder
from govmatch.kit.db import Session, commit
from govmatch.migrations.run import migrate
from govmatch.organisations.actions import add_firm
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import NewFirm
from govmatch.settings import Settings
from tests.bench.loading import load_frame, load_taxonomy

CONTENT = Path(__file__).with_name("content")
SLUG = "probe"
APPLICANTS = {"bo": Role.LEAD, "carla": Role.MEMBER}
"""Bo files, Carla reads what her colleague has filed."""


def seed(session: Session, *, settings: Settings, closes: datetime | None, now: datetime) -> None:
    """Make programme, challenge, firm and people, unless they are there; all of it or nothing.

    Without `closes` the challenge stays open for a year.
    """
    if find_by_slug(session, SLUG) is not None:
        return
    load_taxonomy(session, Folder(settings.content_dir), now=now)
    load_frame(session, Folder(CONTENT), now=now)
    _publish(session, settings, closes or now + timedelta(days=365), now=now)
    firm = add_firm(session, NewFirm(name="Probe ApS", country="DK"), actor=VISITOR, now=now)
    for key, role in APPLICANTS.items():
        # Long enough ago for a clock that is set back.
        _join(session, firm, key, role, now=now - timedelta(days=2))


def _publish(session: Session, settings: Settings, closes: datetime, *, now: datetime) -> None:
    statement = _statement(closes)
    if found := faults(statement, known(session, settings.content_dir)):
        raise ValueError(f"the challenge of the trial is wrong: {[one.path for one in found]}")
    challenge = create(
        session, statement, slug=SLUG, source_path=f"challenges/{SLUG}", actor=FILES, now=now
    )
    approve_from_file(session, challenge, by="Load Office", actor=FILES, now=now)
    publish_from_file(
        session,
        challenge,
        at=now - timedelta(days=1),
        actor=FILES,
        now=now,
        content_dir=settings.content_dir,
    )


def _statement(closes: datetime) -> Statement:
    return Statement(
        authority="load-office",
        programme="load-trial",
        round="load-round",
        zone="Europe/Berlin",
        words={
            "en": Words(
                title="Which entries survive?",
                summary="Every entry that was acknowledged is counted again after each failure.",
                body="## The problem\n\nMachines stop without warning.",
            )
        },
        themes=("invoicing",),
        cpv=("72212328",),
        opens=closes - timedelta(days=400),
        questions_until=closes,
        closes=closes,
        budget_min=10_000,
        budget_max=20_000,
        pilots_max=1,
        countries=("EU",),
        sizes=("micro", "small", "medium", "large"),
        languages=("en", "de", "da"),
        criteria=(Weight(id="fit", weight=100),),
        contact={"name": "Load Office", "email": "office@example.org"},
    )


def _join(session: Session, firm: Firm, key: str, role: Role, *, now: datetime) -> None:
    """Make one of the personas, with whose button /demo signs in, and give them a role."""
    one = next(persona for persona in PERSONAS if persona.key == key)
    person = create_person(
        session, address=one.email, name=one.name, lang="en", actor=VISITOR, now=now, real_now=now
    )
    give_role(
        session,
        person,
        role,
        "firm",
        firm.id,
        object_label=firm.name,
        actor=VISITOR,
        now=now,
        real_now=now,
    )


def main(seconds: str) -> None:
    """Bring the database up to date and seed it; `seconds` of 1970 are the deadline, 0 is none."""
    settings = read_settings()
    database = open_database(settings, current=False)
    migrate(database)
    closes = datetime.fromtimestamp(float(seconds), UTC) if float(seconds) else None
    with database.writing() as session:
        seed(session, settings=settings, closes=closes, now=real_now())
        commit(session)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
