"""The seeded worlds, made once for each process of a run, and the houses on copies of them."""

import shutil
import sqlite3
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy import update

from govmatch.files.models import FileContent
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.worker import Worker
from govmatch.worker.follow import Follower
from tests.databases import Databases, Kind
from tests.security.house import IN_FILES, House, Template, settings_of
from tests.security.making import Maker
from tests.security.poisoning import Poisoned, poison_all
from tests.security.poisoning_on import poison_stages
from tests.security.stages import stage_everything, work_in_private
from tests.security.world import hide_things, people_it
from tests.site import Postbox

STEPS = {"hidden": hide_things, "staged": stage_everything, "whole": work_in_private}


def kept(maker: Maker, file: Path, data: Path) -> Template:
    """Return the world as it is now, its index and its mails up to date, in a file of its own."""
    with maker.database.writing() as session:  # as if each file had been looked into
        session.execute(update(FileContent).values(pictures=1, text=IN_FILES))
        commit(session)
    follower = Follower(maker.settings, maker.database)
    Worker(maker.settings, maker.database, Postbox(), follower.step).drain()
    follower.close()
    source, target = sqlite3.connect(str(maker.database.engine.url.database)), sqlite3.connect(file)
    source.backup(target)
    mails = source.execute("SELECT public_id FROM mails ORDER BY id DESC LIMIT 1").fetchone()
    maker.world.ids["mail"] = mails[0]
    source.close()
    target.close()
    shutil.copytree(maker.settings.data_dir, data)
    return Template(file, data, deepcopy(maker.world))


@pytest.fixture(scope="session")
def templates(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Template]:
    """Four worlds, each with what the one before has.

    `bare` has everybody and nothing private, `hidden` what is private before any deadline, `staged`
    every stage from the deadline to the outcome, and `whole` what is written about them inside.
    """
    folder = tmp_path_factory.mktemp("security")
    url = databases.copy(Kind.SQLITE)
    database = Database(url)
    settings = settings_of(Path(url.removeprefix("sqlite:///")), folder / "making")
    maker = Maker(database, settings, real_now())
    people_it(maker)
    made = {"bare": kept(maker, folder / "bare.db", folder / "bare")}
    for name, make in STEPS.items():
        make(maker)
        made[name] = kept(maker, folder / f"{name}.db", folder / name)
    database.close()
    databases.drop(url)
    return made


@pytest.fixture(scope="session")
def houses(
    templates: dict[str, Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, House]]:
    """A site in test mode on the whole world, and as in production one on each world."""
    folder = tmp_path_factory.mktemp("houses")
    made = {"test": House(templates["whole"], folder / "test.db")}
    for name, template in templates.items():
        made[name] = House(template, folder / f"{name}.db", production=True)
    yield made
    for house in made.values():
        house.close()


@pytest.fixture
def house(houses: dict[str, House]) -> House:
    """The site in test mode, everything as it was."""
    houses["test"].put_back()
    return houses["test"]


@pytest.fixture
def production(houses: dict[str, House]) -> House:
    """The same world behind a site in production, where nothing of the demonstration exists."""
    houses["whole"].put_back()
    return houses["whole"]


@pytest.fixture(scope="session")
def poisoned(
    templates: dict[str, Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Poisoned, Postbox]]:
    """A site whose every form was filled with what would run, and its mails."""
    folder = tmp_path_factory.mktemp("poison")
    house, postbox = House(templates["whole"], folder / "poisoned.db", own_data=True), Postbox()
    into = poison_all(house, poison_stages)
    house.work(postbox)
    yield house, into, postbox
    house.close()


@pytest.fixture
def production_that_works(templates: dict[str, Template], tmp_path: Path) -> Iterator[House]:
    """A site in production on a data folder of its own, whose background may work."""
    made = House(templates["whole"], tmp_path / "own.db", production=True, own_data=True)
    yield made
    made.close()
