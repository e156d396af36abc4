"""The copy itself: one archive with a page to read, the same as data, and the person's files.

It is written straight to disk, so that no copy has to fit into memory.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from govmatch.kit.archives import Size, put_whole, size_of

PAGE, DATA, FILES = "about-you.html", "about-you.json", "files"


def folder(data_dir: Path) -> Path:
    """Return where copies lie; only the operator's account may look into it."""
    return data_dir / "exports"


def path_of(data_dir: Path, public_id: str) -> Path:
    return folder(data_dir) / f"{public_id}.zip"


def write(
    path: Path, page: str, data: Mapping[str, object], files: Iterable[tuple[str, Path]]
) -> Size:
    """Make an archive and put it in place whole: who opens `path` finds all of it or nothing.

    `files` are (name, place on disk); one that was lost is left out, and the data name it still.
    """
    with put_whole(path) as made:
        made.writestr(PAGE, page)
        made.writestr(DATA, json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
        for number, (name, place) in enumerate(files, 1):
            if place.is_file():
                made.write(place, f"{FILES}/{number:03}-{_harmless(name)}")
    return size_of(path)


def _harmless(name: str) -> str:
    """Return a name that stays in its folder wherever it is unpacked."""
    kept = "".join(c if c.isalnum() or c in "._- " else "_" for c in name).strip(" .")
    return kept[:120] or "file"
