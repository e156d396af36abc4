"""Firms of the demonstration, loaded a few at a time, and what the index says of them."""

from govmatch.accounts.models import Role
from govmatch.kit.actor import Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import FirmData, read_firms
from govmatch.organisations.profile import Visibility
from govmatch.search.check import check
from govmatch.search.index import Index
from govmatch.settings import Settings, shipped
from govmatch.worker.follow import Follower
from govmatch.worker.reading import everything

ADMINISTRATOR = Actor(person_id=None, roles=frozenset({Held(Role.ADMINISTRATOR, "site", 0)}))


def load_firms(database: Database, *, first: int, most: int) -> list[str]:
    """Load some of the demonstration's firms and return their names."""
    found = read_firms(Folder(shipped("content")), [], today=real_now().date())
    chosen = [one for one in found if public(one)][first : first + most]
    with database.writing() as session:
        now = real_now()
        names = [load_firm(session, one, actor=ADMINISTRATOR, now=now).name for one in chosen]
        commit(session)
    return names


def public(firm: FirmData) -> bool:
    return all(section.is_public for section in firm.sections if isinstance(section, Visibility))


def is_found(settings: Settings, name: str) -> bool:
    hits = Index(settings.index_dir).search(
        name, audience=frozenset({"public"}), now=real_now(), lang="en"
    )
    return name in [hit.title for hit in hits.hits]


def follow(settings: Settings, database: Database) -> None:
    follower = Follower(settings, database)
    while follower.step():
        pass
    follower.close()


def differs(settings: Settings, database: Database) -> bool:
    with database.reading() as session:
        _, entries = everything(settings, session)
        found = check(Index(settings.index_dir), entries)
    return bool(found.missing or found.extra or found.different)
