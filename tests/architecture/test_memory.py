"""What keeps the web process small; see docs/decisions/2026-11-22-memory.md."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NEVER = (
    "PIL", "alembic", "numpy", "pandas", "psycopg", "pypdfium2", "rich", "scipy", "typer",
    "weasyprint", "whoosh", "govmatch.search.index", "sqlalchemy.dialects.postgresql",
)  # fmt: skip
"""What only commands, the worker, its children, the process that searches or a site on PostgreSQL
need."""

LOADS = """
import sys, govmatch.serving
from importlib import import_module
from govmatch.app.routes import PACKAGES
for name in PACKAGES:
    import_module(f"govmatch.{name}.views")
print(*sorted(sys.modules))
"""


def test_the_site_loads_nothing_that_it_never_needs() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert "govmatch.challenges.views" in loaded
    assert not loaded.intersection(NEVER)


def test_data_classes_are_lean_ones() -> None:
    heavy = re.compile(r"(?m)^from dataclasses import .*\bdataclass\b|^import dataclasses$")
    found = {
        str(path.relative_to(ROOT / "govmatch"))
        for path in (ROOT / "govmatch").rglob("*.py")
        if heavy.search(path.read_text())
    }
    assert found == {"settings.py", "kit/records.py"}, "take dataclass from govmatch.kit.records"
