"""DOCX, XLSX and PPTX (ECMA-376): told by their parts, refused where they can do something.

Refused: macros in any form, ActiveX and OLE objects, data connections, links to other workbooks,
dynamic data exchange, and whatever is loaded from elsewhere when the file is opened (remote
templates, linked pictures and frames). Links that a person has to press stay. A table inside a
chart is a file of its own; it is checked like one, one level deep.
"""

import re
from collections.abc import Mapping

from govmatch.files.checks import xml
from govmatch.files.checks.archive import PIECE, Archive
from govmatch.files.kinds import Kind
from govmatch.files.refused import (
    DAMAGED,
    FROM_ELSEWHERE,
    OTHER_FILES,
    PROGRAM,
    Refused,
)

_MAIN_TYPES = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
    "presentationml.presentation.main+xml": Kind.PPTX,
}
_PREFIX = "application/vnd.openxmlformats-officedocument."
_TYPES_PART = "[Content_Types].xml"
_ACTIVE_WORDS = ("macro", "vba", "activex", "oleobject")
_ACTIVE_PARTS = re.compile(
    r"(?i)(^|/)(vbaproject\.bin|vbadata\.xml|activex/|macrosheets/|dialogsheets/|customui/)"
)
_OUTSIDE_PARTS = re.compile(r"(?i)(^|/)(externallinks/|connections\.xml$|querytables/)")
_ACTIVE_RELATIONS = {"vbaProject", "control", "activeXControlBinary", "oleObject", "xlMacrosheet"}
_EMBEDDED = re.compile(r"(?i)(^|/)embeddings/.+")
_WRITTEN_PARTS = re.compile(r"(?i)(word|ppt)/.+\.xml$")
_STARTING_BUTTONS = re.compile(rb"(?i)ppaction://(program|macro|ole)")
_LONGEST_WORD = 40  # bytes; what may stand across two pieces
# A template on a disk of the writer's own, which Word notes by itself, is not looked for elsewhere.
_OWN_DISK = re.compile(r"(?i)file:///[a-z]:")
_FIELDS = re.compile(r"(?i)(^|[\s\"{])(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\s")


def kind_of(archive: Archive) -> Kind | None:
    """Return which of the three an archive is, or None."""
    if not archive.has(_TYPES_PART) or not archive.has("_rels/.rels"):
        return None
    found: set[Kind] = set()

    def look(name: str, attributes: Mapping[str, str]) -> None:
        declared = attributes.get("ContentType", "")
        if name in {"Override", "Default"} and _is_active(declared):
            raise Refused(PROGRAM)
        kind = _MAIN_TYPES.get(declared.removeprefix(_PREFIX))
        if name == "Override" and kind and archive.has(attributes.get("PartName", "").lstrip("/")):
            found.add(kind)

    archive.walk(_TYPES_PART, look)
    return found.pop() if len(found) == 1 else None


def _is_active(declared: str) -> bool:
    return any(word in declared.lower() for word in _ACTIVE_WORDS)


def check(archive: Archive, *, inside: bool = False) -> None:
    """Raise `Refused` where a file of one of the three kinds can do something by itself."""
    archive.unpack_all()
    for name in archive.names:
        if _ACTIVE_PARTS.search(name):
            raise Refused(PROGRAM)
        if _OUTSIDE_PARTS.search(name):
            raise Refused(FROM_ELSEWHERE)
        if _EMBEDDED.search(name) and not name.endswith(".rels"):
            _check_embedded(archive, name, inside=inside)
        if name.lower().endswith(".rels"):
            archive.walk(name, _check_relation)
        elif _WRITTEN_PARTS.match(name):
            _check_written(archive, name)


def _check_embedded(archive: Archive, name: str, *, inside: bool) -> None:
    """Let a chart keep its table; anything else that is embedded is refused."""
    content = b"" if inside else archive.read(name)
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(OTHER_FILES)
    embedded = Archive(content)
    if kind_of(embedded) is None:
        raise Refused(OTHER_FILES)
    check(embedded, inside=True)


def _check_relation(name: str, attributes: Mapping[str, str]) -> None:
    if name != "Relationship":
        return
    kind = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "").strip()
    if kind in _ACTIVE_RELATIONS:
        raise Refused(PROGRAM if kind != "oleObject" else OTHER_FILES)
    if attributes.get("TargetMode", "").lower() != "external":
        return
    if kind == "hyperlink":
        if xml.SCRIPT_LINK.match(target):
            raise Refused(PROGRAM)
    elif not (kind == "attachedTemplate" and _OWN_DISK.match(target)):
        raise Refused(FROM_ELSEWHERE)


def _check_written(archive: Archive, name: str) -> None:
    """Refuse texts with fields and slides with buttons that fetch or start something."""
    has_fields, last = False, b""
    with archive.open(name) as member:
        while piece := member.read(PIECE):
            if b"\x00" in piece:  # UTF-16, which no program writes here and which hides words
                raise Refused(DAMAGED)
            seen = last + piece
            if _STARTING_BUTTONS.search(seen):
                raise Refused(PROGRAM)
            has_fields = has_fields or b"instrText" in seen or b"fldSimple" in seen
            last = seen[-_LONGEST_WORD:]
    if has_fields:
        _check_fields(archive, name)


def _check_fields(archive: Archive, part: str) -> None:
    """Refuse fields of a text that fetch something (ECMA-376 part 1, 17.16.5)."""
    instructions: list[str] = []
    inside = False

    def look(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = name == "instrText"
        if name == "fldChar":
            instructions.append(" ")
        if name == "fldSimple":
            instructions.append(f" {attributes.get('instr', '')} ")

    def read(text: str) -> None:
        if inside:
            instructions.append(text)

    archive.walk(part, look, read)
    if _FIELDS.search("".join(instructions)):
        raise Refused(FROM_ELSEWHERE)
