"""The files of the project, as the tests of its form read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "govmatch"
TEMPLATES = ROOT / "templates"
VENDORED = ROOT / "static" / "vendor"


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is or would be committed: what git knows or does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def python_files() -> list[Path]:
    return [path for path in files() if path.suffix == ".py"]


def templates() -> list[Path]:
    """Return the pages, without the plain texts of mails."""
    return [path for path in files() if path.is_relative_to(TEMPLATES) and path.suffix == ".html"]


def text_files() -> list[Path]:
    """Return what people wrote: every file that is UTF-8 and not vendored."""
    own = (path for path in files() if not path.is_relative_to(VENDORED))
    return [path for path in own if _is_text(path)]


def name(path: Path) -> str:
    """Return the path as a person would say it, from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def domain_packages() -> list[str]:
    """Return the packages that have rooms: neither the base nor what puts everything together."""
    found = (path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    return sorted(set(found) - {"app", "kit", "migrations", "web", "worker"})


def _is_text(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True
