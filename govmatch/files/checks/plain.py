"""Plain text: what a person typed, and neither a page, a program nor another format in letters."""

import codecs
import re

from govmatch.kit.spooled import Content, pieces

# Tab, line feed, form feed and carriage return are what texts have of the controls.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HIGH_CONTROLS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # have no meaning in Windows-1252
_BOM = b"\xef\xbb\xbf"
_MARKUP = re.compile(rb"(?i)<(!doctype\s|\?xml\s|(html|head|body|script|iframe|svg|xsl)[\s:>/])")
_FORMATS = (b"#!", b"%PDF", b"%!PS", b"{\\rtf", b"<?", b"<!")
_LOOKED_AT = 1024  # bytes; what browsers look at when they guess (WHATWG MIME Sniffing, 5.2)


def is_text(content: Content) -> bool:
    """True for UTF-8, or Windows-1252 without its undefined characters, that is only a text.

    Text that begins like a page, a script or another format is none: it would be opened as that.
    """
    if any(_CONTROLS.search(piece) for piece in pieces(content)) or not _is_encoded(content):
        return False
    begin = content[: len(_BOM) + _LOOKED_AT].removeprefix(_BOM)[:_LOOKED_AT].lstrip()
    return not begin.startswith(_FORMATS) and not has_markup(begin)


def has_markup(begin: bytes) -> bool:
    """True when the first bytes hold what a browser would take for a page or a picture."""
    return _MARKUP.search(begin) is not None


def is_utf8(content: Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_encoded(content: Content) -> bool:
    return is_utf8(content) or not any(_HIGH_CONTROLS.search(one) for one in pieces(content))
