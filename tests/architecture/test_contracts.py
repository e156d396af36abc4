"""Each contract on imports refuses what it is there to refuse: tried on a copy of the package."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, domain_packages

CONTRACTS: dict[str, str] = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# One violation of each kind: file, what is written at its end, the contracts that break.
VIOLATIONS: dict[str, tuple[Mapping[str, str], set[str]]] = {
    "a lower package imports a higher one": (
        {"accounts/rules.py": "import govmatch.organisations"},
        {"packages"},
    ),
    "equals import each other": ({"files/rules.py": "import govmatch.taxonomy"}, {"packages"}),
    "the settings know the kit": ({"settings.py": "import govmatch.kit"}, {"packages", "cycles"}),
    "a package without a place": ({"leftovers/events.py": ""}, {"packages"}),
    "views of another package": (
        {"accounts/views.py": "", "worker/late.py": "import govmatch.accounts.views"},
        {"views"},
    ),
    "views of its own package": (
        {"accounts/views.py": "", "accounts/pages.py": "import govmatch.accounts.views"},
        {"views"},
    ),
    "the kit imports whoosh": ({"kit/ids.py": "import whoosh.index"}, {"whoosh"}),
    "two neighbours import each other": (
        {
            "kit/one.py": "import govmatch.kit.other",
            "kit/other.py": "import govmatch.kit.one",
        },
        {"cycles"},
    ),
    "a rule reaches jinja2 through a neighbour": (
        {
            "accounts/rules.py": "import govmatch.accounts.looks",
            "accounts/looks.py": "import jinja2",
        },
        {"core"},
    ),
}

ROOMS = (
    "views",
    "forms",
    "notices",
    "index_entries",
    "handlers",
    "personal",
    "actions",
    "queries",
    "rules",
    "models",
    "events",
)
CORE = ROOMS[ROOMS.index("actions") :]
BACKGROUND = ("notices", "index_entries", "handlers", "personal")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that may be spoilt."""
    shutil.copytree(PACKAGE, tmp_path / "govmatch", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(copy: Path) -> tuple[set[str], str]:
    """Return the ids of the contracts that do not hold in the copy, and the whole report."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=copy,
        env={**os.environ, "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    kept = {key for key, name in CONTRACTS.items() if _says(lines, name, "KEPT")}
    found = {key for key, name in CONTRACTS.items() if _says(lines, name, "BROKEN")}
    assert kept | found == CONTRACTS.keys(), done.stdout + done.stderr
    return found, done.stdout


def _says(lines: list[str], name: str, state: str) -> bool:
    return any(line.startswith(f"{name} {state}") for line in lines)


def write(copy: Path, additions: Mapping[str, str]) -> None:
    for name, line in additions.items():
        path = copy / "govmatch" / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        with path.open("a") as file:
            file.write(f"\n{line}\n")


def test_the_package_as_it_is_keeps_every_contract(copy: Path) -> None:
    found, report = broken(copy)
    assert found == set(), report


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_violation_breaks_its_contract_and_no_other(copy: Path, violation: str) -> None:
    additions, expected = VIOLATIONS[violation]
    write(copy, additions)
    found, report = broken(copy)
    # An import that points up closes a circle where the other way is already in use.
    assert found - {"cycles"} == expected - {"cycles"}, report
    assert expected <= found, report


@pytest.mark.parametrize(("upper", "lower"), list(pairwise(ROOMS)))
def test_a_room_may_not_import_the_room_above_it(copy: Path, upper: str, lower: str) -> None:
    """Written into every package at once: the report names each, so no wildcard lets one by."""
    packages = domain_packages()
    write(copy, {f"{package}/{upper}.py": "" for package in packages})
    write(
        copy,
        {f"{p}/{lower}.py": f"import govmatch.{p}.{upper}" for p in packages},
    )
    found, report = broken(copy)
    assert "rooms" in found
    for package in packages:
        assert f"govmatch.{package}.{lower} -> govmatch.{package}.{upper}" in report


def test_every_package_keeps_its_closed_rooms_to_itself(copy: Path) -> None:
    packages = domain_packages()
    closed = [f"govmatch.{p}.{room}" for p in packages for room in ("forms", *BACKGROUND)]
    write(copy, {f"{name.replace('.', '/')[9:]}.py": "" for name in closed})
    write(copy, {"app/late.py": "\n".join(f"import {name}" for name in closed)})
    found, report = broken(copy)
    assert found == {"forms", "background"}
    for name in closed:
        assert name in report


@pytest.mark.parametrize("outside", ["starlette.requests", "jinja2", "govmatch.web"])
def test_no_package_lets_http_or_pages_into_its_core(copy: Path, outside: str) -> None:
    packages = domain_packages()
    write(copy, {f"{p}/{room}.py": f"import {outside}" for p in packages for room in CORE})
    found, report = broken(copy)
    assert "core" in found
    reported = outside.removesuffix(".requests")
    for package in packages:
        for room in CORE:
            assert f"govmatch.{package}.{room} -> {reported}" in report
