"""The project holds what belongs to it, in the places that HOUSE.md names."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.architecture.tree import ROOT, files, name, text_files

TOP = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "content",
    "docs",
    "govmatch",
    "pyproject.toml",
    "requirements",
    "static",
    "templates",
    "tests",
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc"}

# A folder of one machine, and the host of a package registry. Written so that they do not match
# themselves.
MACHINE = re.compile(
    r"(?<![\w.:>])/(work|farm|home/\w+|Users/\w+|root|tmp/bash_jobs)(/|\s|['\")]|$)"
)
REGISTRY = re.compile(r"https?://[a-z.]*(p[y]pi|pyth[o]nhosted|npm[j]s|registry\.yarn)")


def foreign_places(text: str) -> Iterator[str]:
    """Yield each line that names a folder of one machine or the host of a registry."""
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE.search(line) or REGISTRY.search(line):
            yield f"line {number}: {line.strip()[:120]}"


def test_the_top_of_the_project_holds_only_what_is_named() -> None:
    assert {name(path).split("/")[0] for path in files()} - TOP == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    python = [path for path in files() if path.suffix == ".py"]
    parts = {name(path): {path.stem, *path.relative_to(ROOT).parts} for path in python}
    assert {path for path, words in parts.items() if words & NAMELESS} == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {name(path): list(foreign_places(path.read_text("utf-8"))) for path in text_files()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "see /wor" + "k/main/x",
        "open('/hom" + "e/anna/x')",
        "/roo" + "t/.cache",
        "https://files.pyth" + "onhosted.org/x",
        "--index-url https://p" + "ypi.org/simple",
    ],
)
def test_a_line_that_names_one_is_found(line: str) -> None:
    assert list(foreign_places(f"first\n{line}")) == [f"line 2: {line}"]


@pytest.mark.parametrize("line", ["docs/work/plan", "https://govmatch.example/", "/worker /rooted"])
def test_a_line_that_names_none_is_left_alone(line: str) -> None:
    assert list(foreign_places(line)) == []


def test_every_lock_pins_each_package_by_hash_and_names_no_host() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        entries = re.split(r"\n(?=\w)", text.replace("\\\n", " "))
        pins = [entry for entry in entries if re.match(r"[\w.-]+==", entry)]
        assert pins, lock
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
        assert "://" not in text
        assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE)


def test_the_locks_hold_every_package_that_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {
        "run": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["postgresql"],
        "test": project["dependency-groups"]["test"],
        "build": project["dependency-groups"]["build"],
    }
    for lock, requirements in wanted.items():
        pinned = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").lower()
        names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}
        assert {n for n in names if f"\n{n}==" not in f"\n{pinned}"} == set(), lock
