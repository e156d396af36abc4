"""What a file really is: decided by its content, never by its name or what the browser says."""

from collections.abc import Collection

from govmatch.files.checks import office, opendocument, pdf, pictures, plain
from govmatch.files.checks.archive import Archive, has_archive_at_end
from govmatch.files.kinds import Kind, named, shown
from govmatch.files.refused import EMPTY, OLD_OFFICE, UNCLEAR, Refused
from govmatch.kit.i18n import msg
from govmatch.kit.spooled import Content

_LONGEST_MAGIC = 8
_OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def identify(content: Content, name: str, allowed: Collection[Kind]) -> Kind:
    """Return the kind of the content, which is one of `allowed` and safe to hand on.

    Raises `Refused` with the reason for anything else: unknown and foreign kinds (HTML, SVG, XML,
    programs, plain archives), active content (macros, scripts, launch actions), encrypted files,
    bombs, files of two kinds at once, and what cannot be checked. `name` tells only whether a text
    is meant as a table.
    """
    if not len(content):
        raise Refused(EMPTY)
    kind = _identify(content, name)
    if kind is Kind.CSV and kind not in allowed:
        kind = Kind.TXT  # a table is a text too, where texts are taken
    if kind is None or kind not in allowed:
        raise Refused(
            msg("This kind of file is not taken here. Possible: {kinds}.", kinds=shown(allowed))
        )
    _check(kind, content)
    return kind


def _identify(content: Content, name: str) -> Kind | None:
    begin = content[:_LONGEST_MAGIC]
    if begin.startswith(pdf.MAGIC):
        return Kind.PDF
    if begin.startswith(pictures.PNG_MAGIC):
        return Kind.PNG
    if begin.startswith(pictures.JPEG_MAGIC):
        return Kind.JPEG
    if begin.startswith(_OLD_OFFICE_MAGIC):
        raise Refused(OLD_OFFICE)
    if begin.startswith(b"PK\x03\x04"):
        archive = Archive(content)
        return opendocument.kind_of(archive) or office.kind_of(archive)
    if plain.is_text(content):
        return Kind.CSV if named(name.rpartition(".")[2]) is Kind.CSV else Kind.TXT
    return None


def _check(kind: Kind, content: Content) -> None:
    """Raise `Refused` for content that is of this kind and not safe."""
    match kind:
        case Kind.DOCX | Kind.XLSX | Kind.PPTX:
            office.check(Archive(content))
            return
        case Kind.ODT | Kind.ODS | Kind.ODP:
            opendocument.check(Archive(content))
            return
        case Kind.PDF:
            pdf.check(content)
        case Kind.PNG:
            pictures.check_png(content)
        case Kind.JPEG:
            pictures.check_jpeg(content)
        case Kind.CSV | Kind.TXT:
            pass
    if has_archive_at_end(content):
        raise Refused(UNCLEAR)
