"""Each class of weakness that sites like this one had is tried, or named as not there yet."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

TABLE = ROOT.parent / "shared" / "security" / "classes.tsv"
NOT_YET = {17: "OpenID Connect"}
"""What the site does not have, as docs/security.md says too; whoever adds it adds the tests."""
OTHERWISE = {
    14: ["tests/web/accounts/test_login.py", "tests/web/accounts/test_register.py"],
    16: ["tests/unit/accounts/test_links.py", "tests/web/accounts/test_login.py"],
    20: [
        "tests/unit/files/test_office_files.py",
        "tests/unit/files/test_identifying.py",
        "tests/unit/files/test_looking.py",
    ],
    34: ["tests/architecture/test_vendored.py", "tests/architecture/test_tree.py"],
}
"""Where a class is tried that no test names by its number."""


def numbers_in(tree: ast.AST) -> Iterator[int]:
    """Yield the numbers of every `security(…)` mark, also of those made in a loop."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ListComp | ast.GeneratorExp) and _marks(node.elt):
            loops = [loop.iter for loop in node.generators]
            yield from (n for loop in loops for n in _constants(loop))
        elif _marks(node):
            yield from _constants(node)


def _marks(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "security"


def _constants(node: ast.AST) -> Iterator[int]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and type(one.value) is int:
            yield one.value


def marked() -> set[int]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {n for path in files for n in numbers_in(ast.parse(path.read_text("utf-8")))}


def test_every_class_is_tried_or_named_as_not_there_yet() -> None:
    if not TABLE.exists():
        pytest.skip(f"{TABLE.name} is not beside this checkout")
    rows = TABLE.read_text("utf-8").splitlines()[1:]
    known = {int(row.partition("\t")[0]) for row in rows if row}
    assert known == marked() | NOT_YET.keys() | OTHERWISE.keys()


def test_what_is_not_there_yet_is_said_and_nothing_tries_it() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    assert [name for name in NOT_YET.values() if name not in text] == []
    assert NOT_YET.keys() & marked() == set()


@pytest.mark.parametrize("path", sorted({path for paths in OTHERWISE.values() for path in paths}))
def test_what_is_tried_elsewhere_is_there(path: str) -> None:
    assert "def test_" in Path(ROOT / path).read_text("utf-8")


def test_every_form_of_the_mark_is_read() -> None:
    text = "a = [mark.security(n) for n in (7, 8)]\n@pytest.mark.security(9)\ndef f(): ..."
    assert set(numbers_in(ast.parse(text))) == {7, 8, 9}
