"""The wheel is the whole site: installed anywhere, it serves a page with its own files."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, name

SERVE = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
import govmatch
from govmatch import settings
from govmatch.app import create_app
from govmatch.kit.db import Database
from govmatch.migrations.run import migrate

here = Path(govmatch.__file__).parent
assert here.is_relative_to(sys.argv[1]), here
found = settings.load({"GOVMATCH_MODE": "test"}, data_dir=Path(sys.argv[2]), secret_key="k" * 32)
assert found.templates_dir.is_relative_to(here), found.templates_dir
found.data_dir.mkdir()
database = Database(found.database)
migrate(database)
with TestClient(create_app(found, database), base_url=found.base_url) as client:
    page = client.get("/", headers={"Accept-Language": "da"})
    print(page.status_code, page.text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_what_the_site_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        there = {entry for entry in archive.namelist() if ".dist-info/" not in entry}
    folders = ("templates/", "static/", "content/")
    needed = {n for n in map(name, files()) if n.startswith("govmatch/")}
    needed |= {f"govmatch/_site/{n}" for n in map(name, files()) if n.startswith(folders)}
    assert there == needed


def test_an_installed_wheel_serves_a_page(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    done = subprocess.run(
        [sys.executable, "-c", SERVE, str(installed), str(tmp_path / "data")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("200 "), done.stdout + done.stderr
    assert '<html lang="da">' in done.stdout
