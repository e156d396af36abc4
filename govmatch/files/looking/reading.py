"""Text and pictures of each kind of file; runs in a process of its own alone.

The two large libraries are imported where they are used, since each process needs one of them.
"""

import io
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

from govmatch.files.checks.archive import Archive
from govmatch.files.kinds import MEDIA_TYPES, Kind
from govmatch.files.looking import LONGEST_TEXT, MOST_PAGES, MOST_PICTURES, SECONDS
from govmatch.kit.spooled import Spooled

Found = tuple[str, int | None, list[bytes]]
"""Text, number of pages, pictures."""

WIDEST = 1200  # pixels of a picture; enough to read a page by
_HIGHEST = 2400
_QUALITY = 75


def plain(descriptor: int) -> Found:
    """Return a text or a table as it was written."""
    begin = os.pread(descriptor, 4 * LONGEST_TEXT, 0)
    try:
        # The last character may be cut in the middle.
        text = begin.decode("utf-8", "ignore" if len(begin) == 4 * LONGEST_TEXT else "strict")
    except UnicodeDecodeError:
        text = begin.decode("windows-1252", "replace")
    return text.removeprefix("\ufeff"), None, []


def picture(descriptor: int) -> Found:
    """Return one picture of a picture, turned the right way up."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - large; see above

    Image.MAX_IMAGE_PIXELS = 200_000_000  # the check at the door lets in half as many
    with Image.open(io.FileIO(descriptor, closefd=False), formats=("PNG", "JPEG")) as given:
        given.draft("RGB", (WIDEST, _HIGHEST))
        shown = ImageOps.exif_transpose(given)
        shown.thumbnail((WIDEST, _HIGHEST))
        return "", None, [_webp(shown)]


def pdf(descriptor: int) -> Found:
    """Return the text of the first pages and pictures of the very first."""
    import pypdfium2  # noqa: PLC0415 - large; see above

    with io.FileIO(descriptor, closefd=False) as given:
        document = pypdfium2.PdfDocument(given.readall())
    pages = len(document)
    texts: list[str] = []
    left = LONGEST_TEXT
    pictures: list[bytes] = []
    for number in range(min(pages, MOST_PAGES)):
        if time.process_time() > SECONDS / 2:
            break
        page = document[number]
        if number < MOST_PICTURES:
            width, height = page.get_size()
            scale = min(WIDEST / max(width, 1), _HIGHEST / max(height, 1), 4)
            pictures.append(_webp(page.render(scale=scale).to_pil()))
        if left > 0:
            written = page.get_textpage()
            texts.append(written.get_text_range(0, min(left, written.count_chars())))
            left -= len(texts[-1])
            written.close()
        page.close()
    return "\n".join(texts), pages, pictures


def _webp(shown: Any) -> bytes:
    target = io.BytesIO()
    if shown.mode not in {"RGB", "L"}:
        from PIL import Image  # noqa: PLC0415 - large; see above

        coloured = shown.convert("RGBA")
        shown = Image.new("RGB", coloured.size, "white")
        shown.paste(coloured, mask=coloured.getchannel("A"))
    shown.save(target, "WEBP", quality=_QUALITY, method=2)
    return target.getvalue()


def archive(parts: Callable[[str], bool], ends: frozenset[str]) -> Callable[[int], Found]:
    """Return a reader of those parts of an archive; `ends` are the elements that begin a line."""

    def read(descriptor: int) -> Found:
        there = Archive(Spooled(descriptor))
        texts: list[str] = []
        length = 0

        def starts(name: str, _attributes: Mapping[str, str]) -> None:
            if name in ends:
                texts.append("\n")

        def says(text: str) -> None:
            nonlocal length
            length += len(text)
            if length <= LONGEST_TEXT:
                texts.append(text)

        for name in sorted(filter(parts, there.names), key=lambda name: (len(name), name)):
            there.walk(name, starts, says)
            texts.append("\n")
        return "".join(texts).strip(), None, []

    return read


def _is_document(name: str) -> bool:
    return name in {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}


def _is_sheet(name: str) -> bool:
    return name == "xl/sharedStrings.xml"


def _is_slide(name: str) -> bool:
    return name.endswith(".xml") and name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes"))


def _is_content(name: str) -> bool:
    return name == "content.xml"


READERS: dict[str, Callable[[int], Found]] = {
    MEDIA_TYPES[Kind.TXT]: plain,
    MEDIA_TYPES[Kind.CSV]: plain,
    MEDIA_TYPES[Kind.PNG]: picture,
    MEDIA_TYPES[Kind.JPEG]: picture,
    MEDIA_TYPES[Kind.PDF]: pdf,
    MEDIA_TYPES[Kind.DOCX]: archive(_is_document, frozenset({"p", "tab", "br", "tc"})),
    MEDIA_TYPES[Kind.XLSX]: archive(_is_sheet, frozenset({"si"})),
    MEDIA_TYPES[Kind.PPTX]: archive(_is_slide, frozenset({"p"})),
    **{
        MEDIA_TYPES[kind]: archive(_is_content, frozenset({"p", "h", "tab", "line-break", "s"}))
        for kind in (Kind.ODT, Kind.ODS, Kind.ODP)
    },
}
