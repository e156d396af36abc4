"""Making a PDF of a page in a process of its own, within limits of time, memory and output.

What lays out pages reads fonts, pictures and style sheets. So it runs apart, one process for each
page, without the site's settings and secrets, and fetches nothing but the site's static files.
"""

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from govmatch.settings import PACKAGE

SECONDS = 60
"""Of processor time."""
LONGEST = 90
"""Seconds of time."""
MEMORY = 1_500_000_000
"""Bytes of address space."""
OUTPUT = 30_000_000
"""Bytes of a PDF."""


def render(page: Path, static_dir: Path, base_url: str) -> bytes | None:
    """Return the PDF of an HTML file; None where no process can make it within limits.

    Addresses in the page are those of the site at `base_url`, whose static files lie in
    `static_dir`.
    """
    if not page.is_file():
        return None
    with page.open("rb") as given, tempfile.TemporaryFile() as made:
        try:
            code = subprocess.run(  # noqa: S603 - our own program, without a shell
                [sys.executable, "-P", "-s", "-m", __name__, str(static_dir.resolve()), base_url],
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
                timeout=LONGEST,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return None
        made.seek(0)
        found = made.read(OUTPUT)
    return found if code == 0 and found.startswith(b"%PDF-") else None


def _environment() -> dict[str, str]:
    """Return what the process knows of its surroundings: where its code lies, nothing else."""
    places = [PACKAGE.parent]
    extra = find_spec("weasyprint")
    if extra is not None and extra.origin:
        places.append(Path(extra.origin).parent.parent)
    path = os.pathsep.join(map(str, places))
    found = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    return {**found, "PATH": os.defpath}
