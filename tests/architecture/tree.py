"""The files of the project, as the tests of its form read them."""

import shutil
import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "govmatch"
TEMPLATES = ROOT / "templates"
VENDORED = ROOT / "static" / "vendor"


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is or would be committed: what git knows or does not ignore."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and _is_kept(path)))
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def _is_kept(path: Path) -> bool:
    """Read .gitignore as far as ours goes, where the project came without git."""
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    parts = path.relative_to(ROOT).parts
    paths = ["/" + "/".join(parts[: n + 1]) for n in range(len(parts))]
    tried = {*parts, *paths}
    return parts[0] != ".git" and not any(fnmatch(one, p) for p in patterns for one in tried)


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
    return sorted(set(found) - {"app", "cli", "kit", "migrations", "web", "worker"})


def _is_text(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True
