"""Photographs in a PDF without what the camera wrote beside them: where, when, with which device.

What a JPEG says beside its picture becomes zeros of the same length. Readers of PDF do not look at
it: which side is up stands in the page (ISO 32000-2, 8.9.5).
"""

import re
from collections.abc import Iterator

from govmatch.files.checks.pdf import found_in
from govmatch.files.checks.pictures import JPEG_MAGIC
from govmatch.files.cleaning.joined import Change, Joined
from govmatch.files.cleaning.pdf_streams import Edge, is_inside, stream_behind
from govmatch.files.cleaning.pictures import told_beside
from govmatch.kit.spooled import Content

_MOST = 5_000  # photographs, and segments of all of them
_LONGEST = 1_000_000  # bytes at the beginning of a photograph, where all of that stands
_PHOTOGRAPH = re.compile(rb"/DCTDecode(?![A-Za-z0-9])")


def changes(content: Content, edges: list[Edge]) -> Iterator[Change]:
    """Blank what photographs tell; None where one is packed once more, or there are too many."""
    seen: set[int] = set()
    blanked = 0
    for count, (place, found) in enumerate(found_in(_PHOTOGRAPH, content)):
        if count == _MOST:
            yield None
            return
        at = place + found.start()
        if is_inside(edges, at):
            continue
        stream = stream_behind(content, edges, at)
        if stream is not None and stream.begin in seen:
            continue
        if stream is None or not _is_jpeg(content, stream.begin):
            yield None
            continue
        seen.add(stream.begin)
        picture = Joined(content, [(stream.begin, min(stream.end, stream.begin + _LONGEST))])
        for start, end in told_beside(picture):
            blanked += 1
            if blanked > _MOST:
                yield None
                return
            if any(picture[start:end]):
                yield stream.begin + start, bytes(end - start)


def _is_jpeg(content: Content, begin: int) -> bool:
    return content[begin : begin + len(JPEG_MAGIC)] == JPEG_MAGIC
