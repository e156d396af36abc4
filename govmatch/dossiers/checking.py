"""Is an archive what it was? Asked without the database, the site and its settings."""

import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, Any

from govmatch.applications import receipts
from govmatch.dossiers import archive, chain, statements
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

_CHUNK = 1 << 20
_LONGEST = 500_000_000  # bytes of a text that is read as a whole
_NO_PART = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
"""What reading data brings up that is not of the shape it should have."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading an archive brings up that is damaged."""


class Kind(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    BROKEN = "broken"
    """The file is as it was listed, and what it says does not hold together."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was: the file of the archive, and what is wrong in words."""

    kind: Kind
    name: str
    said: str


@dataclass
class Verdict:
    """What checking found; `facts` is what the list says of the archive as a whole."""

    faults: list[Fault] = field(default_factory=list)
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0
    rows: int = 0
    versions: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def blame(self, kind: Kind, name: str, said: str) -> None:
        self.faults.append(Fault(kind, name, said))


def verify(path: Path, signer: Signer | None = None) -> Verdict:
    """Return everything that was changed, is missing or was added, and every link that is broken.

    With `signer` the site's seal is checked too. Never raises for what stands in the archive.
    """
    verdict = Verdict()
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as opened:
            _check(opened, file, verdict, signer)
    except _BROKEN as error:
        verdict.blame(Kind.BROKEN, path.name, f"it cannot be read as an archive ({error})")
    return verdict


def _check(
    opened: zipfile.ZipFile, file: IO[bytes], verdict: Verdict, signer: Signer | None
) -> None:
    _check_edges(opened, file, verdict)
    counted = Counter(info.filename for info in opened.infolist())
    for name, number in counted.items():
        if number > 1:
            verdict.blame(Kind.ADDED, name, f"it stands in the archive {number} times")
    manifest = _manifest(opened, verdict, signer)
    listed = _listed(manifest, verdict)
    verdict.facts = {key: one for key, one in manifest.items() if key != "files"}
    for name in sorted(counted.keys() - listed.keys() - {archive.MANIFEST}):
        verdict.blame(Kind.ADDED, name, "it was not in the archive when it was made")
    for name, said in sorted(listed.items()):
        if name not in counted:
            verdict.blame(Kind.MISSING, name, "it was in the archive when it was made")
        elif why := _difference(opened, name, *said):
            verdict.blame(Kind.CHANGED, name, why)
    verdict.files = len(listed)
    _check_contents(opened, set(counted), listed, verdict)


def _check_edges(opened: zipfile.ZipFile, file: IO[bytes], verdict: Verdict) -> None:
    """Find what was put before, between or behind the files."""
    first = min((info.header_offset for info in opened.infolist()), default=0)
    size = file.seek(0, 2)
    end = opened.start_dir + sum(_entry_size(info) for info in opened.infolist())
    # The end of the list of files: 22 bytes, with 76 more where the archive is very large.
    if first != 0 or opened.comment or size - end not in {22, 98}:
        verdict.blame(Kind.ADDED, "the archive", "there is something around its files")


def _entry_size(info: zipfile.ZipInfo) -> int:
    name = info.filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    return 46 + len(name) + len(info.extra) + len(info.comment)


def _manifest(
    opened: zipfile.ZipFile, verdict: Verdict, signer: Signer | None
) -> Mapping[str, Any]:
    """Return the list of files; an empty one where there is none that can be read."""
    name = archive.MANIFEST
    try:
        text = _text(opened, name)
    except KeyError:
        verdict.blame(Kind.MISSING, name, "without it nothing can be compared")
        return {}
    except _BROKEN as error:
        verdict.blame(Kind.CHANGED, name, f"it cannot be read ({error})")
        return {}
    try:
        data = json.loads(text)
        is_same = archive.text_of(data) == text and data["format"] == archive.FORMAT
        is_own = archive.manifest_digest(data) == data["digest"]
        is_own = is_own and digest(str(data["seal"])) == data["seal_sha256"]
    except _NO_PART:
        verdict.blame(Kind.CHANGED, name, "it is no list of files any more")
        return {}
    if not is_same or not is_own:
        verdict.blame(Kind.CHANGED, name, "it is not the list that was made: its digest is another")
    elif (
        signer is not None and signer.read(archive.PURPOSE, str(data.get("seal"))) != data["digest"]
    ):
        verdict.blame(Kind.CHANGED, name, "its seal is not that of this site's secret key")
    return dict(data)


def _listed(manifest: Mapping[str, Any], verdict: Verdict) -> dict[str, tuple[int, str]]:
    """Return size and SHA-256 of each file by its name, as the list says it."""
    try:
        files = {
            str(one["path"]): (int(one["size"]), str(one["sha256"]))
            for one in manifest.get("files", ())
        }
    except _NO_PART:
        verdict.blame(Kind.CHANGED, archive.MANIFEST, "it is no list of files any more")
        return {}
    return files


def _difference(opened: zipfile.ZipFile, name: str, size: int, sha256: str) -> str:
    """Return how a file differs from what the list says of it, empty where it does not."""
    found, read = hashlib.sha256(), 0
    try:
        with opened.open(name) as file:
            while piece := file.read(_CHUNK):
                found.update(piece)
                read += len(piece)
                if read > size:
                    return f"it is longer than the {size} bytes that it had"
    except _BROKEN as error:
        return f"it cannot be read ({error})"
    if read != size:
        return f"it has {read} bytes, and had {size}"
    return "" if found.hexdigest() == sha256 else "its SHA-256 is another one"


def _text(opened: zipfile.ZipFile, name: str) -> str:
    """Return a file of the archive as text; raises `KeyError` where there is none."""
    if opened.getinfo(name).file_size > _LONGEST:
        raise ValueError("it is too long")
    return opened.read(name).decode()


def _check_contents(
    opened: zipfile.ZipFile,
    names: set[str],
    listed: Mapping[str, tuple[int, str]],
    verdict: Verdict,
) -> None:
    """Check what the files say: the chain's links, and that receipts and answers are one."""
    applications = sorted(one for one in names if one.startswith(archive.APPLICATIONS))
    submitted = _from_journal(opened, names, verdict)
    for name in applications:
        check = partial(
            _check_versions, opened, name, listed=listed, submitted=submitted, verdict=verdict
        )
        _reading(opened, name, verdict, check)


def _reading(
    opened: zipfile.ZipFile, name: str, verdict: Verdict, check: Callable[[Any], None]
) -> None:
    """Have a file of JSON checked; what is none is named."""
    try:
        check(json.loads(_text(opened, name)))
    except (*_BROKEN, *_NO_PART) as error:
        word = f"{type(error).__name__}: {error}"
        verdict.blame(Kind.BROKEN, name, f"what it says cannot be read ({word})")


Submitted = dict[tuple[int, int], str]
"""The hash that the journal keeps of each submission, by application and number."""


def _from_journal(opened: zipfile.ZipFile, names: set[str], verdict: Verdict) -> Submitted:
    found: Submitted = {}

    def check(data: Any) -> None:
        for one in chain.check(data):
            verdict.blame(Kind.BROKEN, archive.JOURNAL, f"row {one.row}: {one.why}")
        verdict.rows = len(data["rows"])
        for name in ("length", "root", "last_hash"):
            if data[name] != verdict.facts.get("journal", {}).get(name):
                verdict.blame(Kind.BROKEN, archive.JOURNAL, f"its {name} is not that of the list")
        for row in data["rows"]:
            if row["event"] == "ApplicationSubmitted" and "data" in row:
                key = (row["subject_id"], row["data"]["number"])
                found[key] = row["data"]["content_hash"]

    if archive.JOURNAL in names:
        _reading(opened, archive.JOURNAL, verdict, check)
    return found


def _check_versions(
    opened: zipfile.ZipFile,
    name: str,
    data: Mapping[str, Any],
    *,
    listed: Mapping[str, tuple[int, str]],
    submitted: Submitted,
    verdict: Verdict,
) -> None:
    papers = {one["file"]: one for one in data["papers"]}
    for why in statements.broken(data):
        verdict.blame(Kind.BROKEN, name, f"{data['application']}: {why}")
    for version in data["versions"]:
        verdict.versions += 1
        said = f"submission {version['number']} of {data['application']}"
        for why in _of_version(opened, data, version, submitted):
            verdict.blame(Kind.BROKEN, name, f"{said}: {why}")
        for file, sha256 in json.loads(version["content"]).get("files", {}).items():
            if why := _of_paper(papers.get(file), sha256, listed):
                verdict.blame(Kind.BROKEN, name, f"{said}: file {file} {why}")


def _of_version(
    opened: zipfile.ZipFile,
    data: Mapping[str, Any],
    version: Mapping[str, Any],
    submitted: Submitted,
) -> Iterator[str]:
    """Yield what does not hold between answers, receipt and journal."""
    salt, content = version["salt"], version["content"].encode()
    if receipts.hash_of(salt, content) != version["sha256"]:
        yield "the answers are not those that its receipt stands for"
    kept = submitted.get((data["id"], version["number"]))
    if kept is not None and kept != version["sha256"]:
        yield "the journal keeps another hash of it"
    member = version["receipt_member"]
    try:
        found = receipts.verify(_text(opened, member))
    except KeyError:
        yield f"its receipt {member} is missing"
        return
    if not found.is_good or found.facts is None:
        yield f"its receipt {member} is not as it was given ({found.finding})"
    elif (found.facts.sha256, found.facts.application) != (version["sha256"], data["application"]):
        yield f"its receipt {member} is that of something else"


def _of_paper(
    paper: Mapping[str, Any] | None, sha256: str, listed: Mapping[str, tuple[int, str]]
) -> str:
    if paper is None:
        return "is named by the answers and is not told of"
    if paper["sha256"] != sha256:
        return "is another one than was submitted"
    if not paper["member"]:
        return ""
    if listed.get(paper["member"], (0, ""))[1] != sha256:
        return f"is not what lies at {paper['member']}"
    return ""
