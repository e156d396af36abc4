"""A site with one case whose reviewers disagree, made without loading the shipped content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govmatch.accounts.actions.sessions import open_session
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.i18n import Lang
from govmatch.settings import load
from tests.browser.entering import SESSION_DAYS
from tests.browser.running import RunningSite, make_empty
from tests.web.decisions.world import World, fill
from tests.web.dossiers.world import submit
from tests.web.panels.doing import disagree

PANEL, FILE = "/desk/challenges/labels/panel", "/desk/challenges/labels/dossier"
PEOPLE = ("eva", "finn", "rosa", "jens")


@dataclass
class Meeting:
    """The running site, and a session of each person."""

    site: RunningSite
    lang: Lang
    world: World
    tokens: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        return self.world.people[name].public_id

    def application(self, firm: str) -> str:
        return self.world.of(firm).public_id


def make_meeting(
    folder: Path,
    lang: Lang,
    *,
    people: Sequence[str] = PEOPLE,
    prepare: Callable[[Session, World], object] = disagree,
) -> Meeting:
    """Start a site with the case, prepared; all these people are signed in."""
    site = make_empty(folder)
    settings, now = load(site.environ), real_now()
    database = Database(settings.database)
    try:
        with database.writing() as session:
            session.expire_on_commit = False
            world = fill(session)
            prepare(session, world)
            submit(session, world, settings.files_dir)
            made = Meeting(site, lang, world)
            for name in people:
                person = world.people[name]
                person.lang = lang
                opened = open_session(
                    session, person, way="link", user_agent="the browser of the journey",
                    session_days=SESSION_DAYS, with_factor=True, actor=VISITOR,
                    now=now, real_now=now,
                )  # fmt: skip
                made.tokens[name] = opened.token
            commit(session)
    finally:
        database.close()
    site.start()
    return made
