"""The world that is measured: a database of 10,000 challenges and 5,000 firms, and its index."""

import random
from dataclasses import dataclass

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now
from govmatch.kit.content import FILES, Folder
from govmatch.kit.db import Database, Session, commit
from govmatch.migrations.run import migrate
from govmatch.organisations.actions.authorities import rename
from govmatch.organisations.models import Authority
from govmatch.settings import Settings
from govmatch.worker.follow import Follower
from tests.bench.applicant import Applicant, add_applicant
from tests.bench.authoring import Author, add_author
from tests.bench.challenges import add_challenges, frame
from tests.bench.firms import add_firms
from tests.bench.loading import load_frame, load_taxonomy
from tests.bench.texts import Texts

SEED = 20261121


@dataclass(frozen=True)
class World:
    """What of it the measurements ask for."""

    applicant: Applicant
    slug: str
    """An open challenge."""
    section: str
    """A section of its form that asks for texts."""
    author: Author


def build(
    settings: Settings,
    database: Database,
    texts: Texts,
    *,
    challenges: int,
    firms: int,
    drafts: int,
) -> World:
    """Fill an empty database: schema, content files, then everything else in bulk."""
    migrate(database)
    now = real_now()
    with database.writing() as session:
        content = Folder(settings.content_dir)
        load_taxonomy(session, content, now=now)
        load_frame(session, content, now=now)
        about = frame(session, now=now)
        open_ids = add_challenges(session, challenges, about, texts, now=now)
        add_firms(session, firms, about, texts, now=now)
        chosen = _to_apply_to(session, open_ids, drafts)
        applicant = add_applicant(session, chosen, texts, now=now)
        author = add_author(session, about.authorities, about.programme, texts, now=now)
        slug = session.scalars(select(Challenge.slug).where(Challenge.id == chosen[0])).one()
        sections = about.programme.form["sections"]
        commit(session)
    return World(applicant, slug, sections[1]["id"], author)


def _to_apply_to(session: Session, open_ids: list[int], count: int) -> list[int]:
    """Return open challenges, those first that stay so longest; in a small world others too."""
    is_open = Challenge.id.in_(open_ids)
    found = select(Challenge.id).order_by(is_open.desc(), Challenge.closes.desc())
    return list(session.scalars(found.limit(count)))


def index(settings: Settings, database: Database) -> None:
    """Make the search index of everything in the database."""
    follower = Follower(settings, database)
    follower.rebuild()
    follower.close()


def change_something_public(database: Database) -> None:
    """Rename an authority, after which every public page is made anew."""
    with database.writing() as session:
        one = session.scalars(select(Authority).order_by(Authority.id)).first()
        assert one is not None
        names = {lang: f"{name} (neu)" for lang, name in one.names.items()}
        rename(session, one, names, actor=FILES, now=real_now())
        commit(session)


def dice() -> random.Random:
    """Return the dice of every run: the same world each time, but for its dates and random ids."""
    return random.Random(SEED)
