"""A stored file as the answer to who may have it: to be saved, or as pictures of it."""

import logging

from govmatch.files import storage
from govmatch.files.models import FileContent, Scan, StoredFile
from govmatch.files.queries import RELEASED, content_of
from govmatch.kit.errors import Conflict, NotAllowed, NotFound
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, file_attachment, picture
from govmatch.web.pages import page
from govmatch.web.visit import Visit

log = logging.getLogger("govmatch.files")

PICTURE = "picture"
"""The field of the address that asks for one picture instead of the page."""


@dataclass(frozen=True)
class PreviewPage:
    name: str
    pages: int | None
    pictures: list[str]
    download: str
    back: str


def sent(visit: Visit, file: StoredFile | None) -> Answer:
    """Return a file as an attachment; whether the reader may have it is for the caller to ask.

    Raises `NotFound` without a file, and where its content is missing, which the operator is told;
    `Conflict` while it waits for the virus scanner, and `NotAllowed` for what that has found.
    """
    if file is None:
        raise NotFound
    _released(visit, file)
    path = storage.path_of(visit.settings.files_dir, file.sha256)
    if not path.is_file():
        log.error("the content of file %s is missing", file.public_id)
        raise NotFound
    return file_attachment(path, file.name, file.media_type)


def previewed(visit: Visit, file: StoredFile | None, *, download: str, back: str) -> Answer:
    """Return a page with pictures of a file, or one of them where the address asks for it.

    Whether the reader may have the file is for the caller to ask. Raises like `sent`, and
    `NotFound` where there is no picture of it.
    """
    if file is None:
        raise NotFound
    content = _released(visit, file)
    if content is None or not content.pictures:
        raise NotFound
    numbers = range(1, content.pictures + 1)
    wanted = visit.query.one(PICTURE)
    if wanted:
        return _picture(visit, file, next((n for n in numbers if str(n) == wanted), None))
    values = PreviewPage(
        name=file.name,
        pages=content.pages,
        pictures=[visit.url(visit.path, **{PICTURE: str(number)}) for number in numbers],
        download=visit.url(download),
        back=visit.url(back),
    )
    return page(visit, "files/preview.html", values)


def _picture(visit: Visit, file: StoredFile, number: int | None) -> Answer:
    if number is None:
        raise NotFound
    path = storage.picture_of(visit.settings.files_dir, file.sha256, number)
    if not path.is_file():
        raise NotFound
    return picture(path.read_bytes(), "image/webp")


def _released(visit: Visit, file: StoredFile) -> FileContent | None:
    """Return what is known of its content, unless that keeps it from everybody."""
    content = content_of(visit.db, file.sha256)
    if content is None or content.scan in RELEASED:
        return content
    if content.scan == Scan.WAITING:
        raise Conflict(
            msg("This file is still being checked for viruses. Please try again in a few minutes.")
        )
    raise NotAllowed(msg("This file may contain harmful software. It is given to nobody."))
