"""ODT, ODS and ODP (OASIS OpenDocument 1.3): told by their mimetype, refused where they are active.

Refused: macros and scripts, event listeners, plug-ins and applets, encrypted parts, dynamic data
exchange, and pictures, objects or sections that are loaded from elsewhere.
"""

import re
import zipfile
from collections.abc import Mapping

from govmatch.files.checks import xml
from govmatch.files.checks.archive import Archive
from govmatch.files.kinds import MEDIA_TYPES, Kind
from govmatch.files.refused import FROM_ELSEWHERE, LOCKED, OTHER_FILES, PROGRAM, Refused

_KINDS = {MEDIA_TYPES[kind]: kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_LONGEST_MIMETYPE = 100
_MANIFEST = "META-INF/manifest.xml"
_ACTIVE_PARTS = re.compile(r"(?i)^(basic|scripts|dialogs|configurations2/.*\.(js|py|bsh))/?")
_ACTIVE_ELEMENTS = {"plugin", "applet", "script"}
_ACTIVE_ACTIONS = {"execute", "verb"}
_OUTSIDE_ELEMENTS = {"dde-source", "dde-link", "dde-connection", "dde-connection-decl"}
_PRESSED_ELEMENTS = {"a"}
_ELSEWHERE = re.compile(r"(?i)\s*([a-z][a-z0-9+.-]*:|//|\\\\|/|\.\./)")


def kind_of(archive: Archive) -> Kind | None:
    """Return which of the three an archive is, by its first, unpacked member (part 2, 3.3)."""
    first = archive.first
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        return None
    if first.file_size > _LONGEST_MIMETYPE or not archive.has("content.xml"):
        return None
    return _KINDS.get(archive.read("mimetype").decode("latin-1").strip())


def check(archive: Archive) -> None:
    """Raise `Refused` where a file of one of the three kinds can do something by itself."""
    archive.unpack_all()
    if archive.has(_MANIFEST):
        archive.walk(_MANIFEST, _check_manifest)
    for name in archive.names:
        if _ACTIVE_PARTS.match(name):
            raise Refused(PROGRAM)
        if name.rpartition("/")[2] in {"content.xml", "styles.xml"}:
            archive.walk(name, _check_element)


def _check_manifest(name: str, attributes: Mapping[str, str]) -> None:
    if name == "encryption-data":
        raise Refused(LOCKED)
    if name == "file-entry" and "sun.star.oleobject" in attributes.get("media-type", ""):
        raise Refused(OTHER_FILES)


def _check_element(name: str, attributes: Mapping[str, str]) -> None:
    if name in _ACTIVE_ELEMENTS or (name == "event-listener" and _is_active(attributes)):
        raise Refused(PROGRAM)
    if name in _OUTSIDE_ELEMENTS:
        raise Refused(FROM_ELSEWHERE)
    if name == "object-ole":
        raise Refused(OTHER_FILES)
    target = attributes.get("href", "")
    if xml.SCRIPT_LINK.match(target):
        raise Refused(PROGRAM)
    if name not in _PRESSED_ELEMENTS and _ELSEWHERE.match(target):
        raise Refused(FROM_ELSEWHERE)


def _is_active(listener: Mapping[str, str]) -> bool:
    """True for a listener that runs a script or a program; turning a slide is none."""
    return "language" in listener or listener.get("action") in _ACTIVE_ACTIONS
