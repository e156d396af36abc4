"""Static files: read once, addressed by their content, kept compressed.

Only files that were there at start are served, found by their exact name; there is no path to
traverse and no range to ask for. The compressed forms are made once and kept in the data folder.
"""

from pathlib import Path

from govmatch.kit.durable import write_whole
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.web.coding import encode

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
PACKED = {".css", ".js", ".svg", ".txt"}
YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    name: str
    media_type: str
    hash: str
    bodies: dict[str, bytes]


class StaticFiles:
    """Every file below the folder whose kind we serve, by name."""

    def __init__(self, folder: Path, keep: Path | None = None) -> None:
        self._files: dict[str, StaticFile] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TYPES:
                name = path.relative_to(folder).as_posix()
                self._files[name] = _load(path, name, keep)

    def address(self, name: str) -> str:
        """Return the address of a file, which changes with its content."""
        return f"/static/{self._files[name].hash}/{name}"

    def find(self, content_hash: str, name: str) -> StaticFile | None:
        """Return the file when name and content hash are those of a file we have."""
        file = self._files.get(name)
        return file if file and file.hash == content_hash else None

    def names(self) -> list[str]:
        return sorted(self._files)


def _load(path: Path, name: str, keep: Path | None) -> StaticFile:
    body = path.read_bytes()
    full = digest(body)
    bodies = {"identity": body}
    if path.suffix in PACKED:
        bodies |= {coding: _packed(body, coding, full, keep) for coding in ("br", "gzip")}
    return StaticFile(name, TYPES[path.suffix], full[:16], bodies)


def _packed(body: bytes, coding: str, full: str, keep: Path | None) -> bytes:
    if keep is None:
        return encode(body, coding)
    kept = keep / f"{full}.{coding}"
    if kept.is_file():
        return kept.read_bytes()
    keep.mkdir(parents=True, exist_ok=True)
    packed = encode(body, coding, best=True)
    write_whole(kept, packed)
    return packed
