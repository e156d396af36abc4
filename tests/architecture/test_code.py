"""What no line of our code may do, and why: the rules that ruff has no name for."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from re import split

import pytest

from tests.architecture.tree import PACKAGE, ROOT, name, python_files

# Links are built from settings.base_url; what a request says of itself can be made up by anybody.
OF_THE_REQUEST = {"url", "base_url", "url_for"}

# Where rows are made final: one place, so that the journal is always sealed before.
COMMITS = {"govmatch/kit/db.py"}

# The contracts on imports see only what is written as an import. Who imports by name:
IMPORTS_BY_NAME = {
    "govmatch/cli/__init__.py": "the command that is asked for, and no other",
    "govmatch/app/routes.py": "the views of whatever packages there are",
    "govmatch/kit/aside.py": "what is asked aside; `searching.QUESTIONS` names all of it",
    "govmatch/migrations/models.py": "the tables of whatever packages there are",
    "govmatch/worker/registry.py": "what packages do in the background",
}


def own_files() -> dict[str, str]:
    paths = (path for path in python_files() if path.is_relative_to(PACKAGE))
    return {name(path): path.read_text("utf-8") for path in paths}


def links_from_requests(source: str) -> Iterator[str]:
    """Yield each place that asks a request for its own address."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_REQUEST:
            owner = node.value
            called = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if called.endswith("request"):
                yield f"line {node.lineno}: {called}.{node.attr}"


def commits(source: str) -> Iterator[str]:
    """Yield each place that ends a transaction by itself instead of by `kit.db.commit`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if node.func.attr == "commit" and getattr(owner, "id", "").endswith("session"):
                yield f"line {node.lineno}: {ast.unparse(node.func)}()"


def imports_by_name(source: str) -> bool:
    """Tell whether a file imports what it names at run time."""
    return any(word in source for word in ("import_module(", "__import__(", "runpy."))


def imported(source: str) -> set[str]:
    """Return the top names of everything that is imported, wherever it stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_no_link_is_built_from_what_a_request_says_of_itself() -> None:
    found = {path: list(links_from_requests(source)) for path, source in own_files().items()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_only_one_place_commits() -> None:
    found = {path: list(commits(source)) for path, source in own_files().items()}
    assert {path for path, lines in found.items() if lines} == COMMITS


def test_no_import_is_hidden_from_the_contracts() -> None:
    hidden = {path for path, source in own_files().items() if imports_by_name(source)}
    assert hidden - set(IMPORTS_BY_NAME) == set()


def test_whatever_is_imported_is_asked_for_by_name() -> None:
    """What another package happens to bring along may be gone with its next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(one for extra in extras for one in extra)]
    allowed = {split(r"[^\w.-]", requirement)[0].lower() for requirement in asked}
    providers = packages_distributions()
    missing = {
        (path, module)
        for path, source in own_files().items()
        for module in imported(source) - sys.stdlib_module_names - {"govmatch"}
        if not allowed & {provider.lower() for provider in providers.get(module, [])}
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("request.url.path", ["line 1: request.url"]),
        ("f(self.request.base_url)", ["line 1: request.base_url"]),
        ("asked_request.url_for('x')", ["line 1: asked_request.url_for"]),
        ("settings.base_url, visit.url('/x')", []),
    ],
)
def test_a_link_from_a_request_is_found(source: str, found: list[str]) -> None:
    assert list(links_from_requests(source)) == found


def test_a_commit_is_found() -> None:
    source = "commit(session)\nsession.commit()\nwrite_session.commit()\nconnection.commit()"
    assert list(commits(source)) == ["line 2: session.commit()", "line 3: write_session.commit()"]


def test_an_import_by_name_is_found() -> None:
    assert imports_by_name("views = importlib.import_module(f'govmatch.{name}.views')")
    assert not imports_by_name("import importlib.metadata")


def test_every_form_of_import_is_found() -> None:
    source = "import a.b, c\nfrom d.e import f\ndef g():\n    import h"
    assert imported(source) == {"a", "c", "d", "h"}
