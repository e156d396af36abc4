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


def test_one_module_imports_whoosh() -> None:
    importing = [path.name for path in PACKAGE.rglob("*.py") if _imports_whoosh(path)]
    assert importing == ["engine.py"]


def test_an_index_is_made_and_asked_with_warnings_as_errors_and_nothing_compiled(
    tmp_path: Path,
) -> None:
    """Whoosh warns when Python compiles it; later imports of its parts must not surprise."""
    script = (
        "from pathlib import Path; import sys; sys.path.insert(0, '.');"
        "from tests.unit.search.entries import build, de, found; from govmatch.search.entry import *;"
        "from govmatch.search.writer import Writer; path = Path(sys.argv[1]);"
        "build(path, *(de(str(n), 'E-Rechnung') for n in range(9)));"
        "w = Writer(path);"
        "[w.apply([Change('challenge', str(n), (de(str(n), 'neu'),))], cursor=n) for n in range(1, 9)];"
        "w.optimize(); w.close();"
        "assert found(path, 'rechnung') == {'0'}, found(path, 'rechnung')"
    )
    empty_cache = ["-X", f"pycache_prefix={tmp_path / 'cache'}"]
    run = subprocess.run(
        [sys.executable, "-W", "error", *empty_cache, "-c", script, str(tmp_path / "index")],
        cwd=PACKAGE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
