"""Whoosh is known to one module, and its import makes no noise."""

import ast
import subprocess
import sys
from pathlib import Path

import govmatch.search

PACKAGE = Path(govmatch.search.__file__).parent


def _imports_whoosh(path: Path) -> bool:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return any(name.split(".")[0] == "whoosh" for name in names)


def test_two_modules_import_whoosh() -> None:
    """One its index, the other its lists of words, which are loaded without the rest."""
    importing = {path.name for path in PACKAGE.rglob("*.py") if _imports_whoosh(path)}
    assert importing == {"engine.py", "whoosh_words.py"}


MADE_AND_ASKED = """
import sys
from pathlib import Path

sys.path.insert(0, ".")
from tests.unit.search.entries import build, de, found
from govmatch.search.entry import Change
from govmatch.search.writer import Writer

path = build(Path(sys.argv[1]), *(de(str(n), "E-Rechnung") for n in range(9)))
with Writer(path) as writer:
    for n in range(1, 9):
        writer.apply([Change("challenge", str(n), (de(str(n), "neu"),))], cursor=n)
    writer.optimize()
assert found(path, "rechnung") == {"0"}, found(path, "rechnung")
"""


def test_an_index_is_made_and_asked_with_warnings_as_errors_and_nothing_compiled(
    tmp_path: Path,
) -> None:
    """Whoosh warns when Python compiles it; later imports of its parts must not surprise."""
    empty_cache = ["-X", f"pycache_prefix={tmp_path / 'cache'}"]
    run = subprocess.run(
        [sys.executable, "-W", "error", *empty_cache, "-c", MADE_AND_ASKED, tmp_path / "index"],
        cwd=PACKAGE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
