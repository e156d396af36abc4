"""Pictures in office files without where, when and by whom they were taken."""

import re
from collections.abc import Iterator

from govmatch.files.checks.archive import Archive
from govmatch.files.checks.pictures import JPEG_MAGIC, PNG_MAGIC, check_jpeg, check_png
from govmatch.files.cleaning import pictures
from govmatch.files.refused import Refused

MOST = 8_000_000
"""Bytes of pictures that are written anew in one file, since they are held in memory for it."""
_PICTURE = re.compile(
    r"(?i)(?:(?:word|xl|ppt)/media|Pictures)/.+\.(?:jpe?g|jfif|png|tiff?|webp|heic)"
)
_OTHER = re.compile(rb"II\*\0|MM\0\*|RIFF....WEBP|....ftyp", re.DOTALL)
"""How pictures begin that hold the same and are not written anew: TIFF, WebP, HEIC."""


def changed(archive: Archive) -> Iterator[tuple[str, bytes | None]]:
    """Yield the pictures that told something, as they are without it; None where one stays."""
    left = MOST
    for name in sorted(filter(_PICTURE.fullmatch, archive.names)):
        if archive.size(name) > MOST:
            yield name, None
            continue
        content = archive.read(name)
        fresh = _cleaned(content)
        if fresh is None:
            yield name, None
        elif len(fresh) < len(content):
            yield name, fresh if len(fresh) <= left else None
            left -= len(fresh)


def _cleaned(content: bytes) -> bytes | None:
    """Return a picture cleaned; None for one that may tell something and cannot be read here.

    What is no picture, whatever its name says, stays as it is.
    """
    try:
        if content.startswith(PNG_MAGIC):
            check_png(content)
            fresh = pictures.cleaned_png(content)
        elif content.startswith(JPEG_MAGIC):
            check_jpeg(content)
            fresh = pictures.cleaned_jpeg(content)
        else:
            return None if _OTHER.match(content) else content
    except Refused:
        return None
    return fresh[: len(fresh)]
