"""The archive itself: files, and a list that names each with its size and its SHA-256.

The list is one text and no other: keys sorted, one blank for each level, a line feed at its end. It
carries a digest of itself and the site's seal over that digest, which whoever holds the site's
secret key can check; all the rest anybody can.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from govmatch.kit.archives import put_whole, size_of
from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

FORMAT = "govmatch dossier 1"
MANIFEST, PAGE, CASE, JOURNAL = "manifest.json", "case.html", "case.json", "journal.json"
APPLICATIONS, RECEIPTS, FILES = "applications/", "receipts/", "files/"
PURPOSE = "dossier"
"""What the seal is for; no other signature of the site stands for it."""

_CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""What stands as time of every member: when it was made, the list says."""


@dataclass(frozen=True)
class Made:
    """Bytes; SHA-256 of the archive and of its list, in hexadecimal."""

    size: int
    sha256: str
    manifest: str


Member = tuple[str, str | Path]
"""Where a file stands in the archive, and what it holds: a text, or the path of its bytes."""


def folder(data_dir: Path) -> Path:
    """Return where archives lie; only the operator's account may look into it."""
    return data_dir / "dossiers"


def path_of(data_dir: Path, public_id: str) -> Path:
    return folder(data_dir) / f"{public_id}.zip"


def text_of(data: Mapping[str, Any]) -> str:
    """Return JSON in the one form in which it stands in an archive."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


_OF_THE_LIST = {"digest", "seal", "seal_sha256"}
"""What the digest cannot hold; that of the seal lets a changed seal be found without the key."""


def manifest_digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 over everything in the list but the digest and the seal themselves."""
    kept = {name: value for name, value in data.items() if name not in _OF_THE_LIST}
    return digest(canonical_json(kept))


def write(path: Path, members: Iterable[Member], facts: Mapping[str, Any], signer: Signer) -> Made:
    """Make an archive and put it in place whole: who opens `path` finds all of it or nothing.

    `facts` go into the list. No member has to fit into memory but the texts.
    """
    with put_whole(path) as made:
        listed = [_put(made, name, content) for name, content in members]
        data: dict[str, Any] = {**facts, "format": FORMAT, "files": listed}
        data["digest"] = manifest_digest(data)
        data["seal"] = signer.sign(PURPOSE, data["digest"])
        data["seal_sha256"] = digest(data["seal"])
        manifest = text_of(data)
        _put(made, MANIFEST, manifest)
    whole = size_of(path)
    return Made(whole.size, whole.sha256, digest(manifest))


def _put(made: zipfile.ZipFile, name: str, content: str | Path) -> dict[str, Any]:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    found, size = hashlib.sha256(), 0
    with made.open(info, "w", force_zip64=True) as out:
        for piece in _pieces(content):
            out.write(piece)
            found.update(piece)
            size += len(piece)
    return {"path": name, "size": size, "sha256": found.hexdigest()}


def _pieces(content: str | Path) -> Iterator[bytes]:
    if isinstance(content, str):
        yield content.encode()
        return
    with content.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def harmless(name: str) -> str:
    """Return a name that stays in its folder wherever it is unpacked."""
    kept = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)
    kept = re.sub(r"\.{2,}", "_", kept).strip(" .")
    return kept[:120] or "file"
