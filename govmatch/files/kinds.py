"""The kinds of file that the site takes, with their media types and extensions."""

from collections.abc import Collection
from enum import StrEnum


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    PNG = "png"
    JPEG = "jpeg"
    CSV = "csv"
    TXT = "txt"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}.presentationml.presentation",
    Kind.ODT: f"{_OPEN}.text",
    Kind.ODS: f"{_OPEN}.spreadsheet",
    Kind.ODP: f"{_OPEN}.presentation",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.CSV: "text/csv",
    Kind.TXT: "text/plain",
}
_EXTENSIONS = {**{kind.value: kind for kind in Kind}, "jpg": Kind.JPEG}


def named(extension: str) -> Kind | None:
    """Return the kind that an extension such as `jpg` stands for."""
    return _EXTENSIONS.get(extension.lower().lstrip("."))


def allowed_kinds(extensions: Collection[str]) -> frozenset[Kind]:
    """Return the kinds that a list of extensions names; an empty list means all that we take."""
    if not extensions:
        return frozenset(Kind)
    return frozenset(kind for kind in map(named, extensions) if kind is not None)


def shown(kinds: Collection[Kind]) -> str:
    """Return the kinds as a person reads them, such as `PDF, DOCX`, in our order."""
    return ", ".join(kind.value.upper() for kind in Kind if kind in kinds)
