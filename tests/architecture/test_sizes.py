"""Files, functions and lines stay short enough to be read at once (HOUSE.md, section 8)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import VENDORED, files, name

MOST_FILE_LINES = 500
MOST_FUNCTION_LINES = 60
MOST_CHARACTERS = 100
CODE = {".py", ".html", ".css", ".js", ".sh"}


def code_files() -> list[Path]:
    """Return what people write and read; a migration is a list of tables, written by Alembic."""
    own = (path for path in files() if not path.is_relative_to(VENDORED))
    return [path for path in own if path.suffix in CODE and path.parent.name != "versions"]


def long_functions(source: str) -> Iterator[str]:
    """Yield each function over the limit with its length, decorators not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{node.name} has {length} lines"


def long_lines(source: str) -> Iterator[str]:
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > MOST_CHARACTERS:
            yield f"line {number} has {len(line)} characters"


def test_no_file_is_longer_than_the_limit() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in code_files()}
    assert {path: n for path, n in lengths.items() if n > MOST_FILE_LINES} == {}


def test_no_function_is_longer_than_the_limit() -> None:
    python = [path for path in code_files() if path.suffix == ".py"]
    found = {name(path): list(long_functions(path.read_text("utf-8"))) for path in python}
    assert {path: long for path, long in found.items() if long} == {}


def test_no_line_of_code_is_longer_than_the_limit() -> None:
    """Python is checked by ruff; templates hold drawings and addresses that cannot be broken."""
    coded = [path for path in code_files() if path.suffix not in {".py", ".html"}]
    found = {name(path): list(long_lines(path.read_text("utf-8"))) for path in coded}
    assert {path: long for path, long in found.items() if long} == {}


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_function_one_line_over_the_limit_is_found(kind: str) -> None:
    body = "    pass\n" * (MOST_FUNCTION_LINES - 1)
    assert list(long_functions(f"{kind} fits():\n{body}")) == []
    assert list(long_functions(f"{kind} grows():\n{body}    pass\n")) == ["grows has 61 lines"]


def test_a_line_one_character_over_the_limit_is_found() -> None:
    assert list(long_lines("x" * 100 + "\n" + "å" * 101)) == ["line 2 has 101 characters"]
