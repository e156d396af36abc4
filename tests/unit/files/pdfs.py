"""Whole PDFs, with the tables that readers need, made of objects and packed as programs do it."""

import struct
import zlib
from collections.abc import Mapping

PAGE = {
    1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 8 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Annots [] >>",
}
INFO = 9
"""The number of the object that holds the properties of the file."""


def stream(data: bytes, said: bytes = b"") -> bytes:
    """Return a stream; `said` is what its dictionary says beside its length."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (said, len(data), data)


def pdf(objects: Mapping[int, bytes], *, together: Mapping[int, bytes] | None = None) -> bytes:
    """Return a PDF of these objects and a page; `together` stand in one packed stream of objects.

    Its table is a stream too (ISO 32000-2, 7.5.8), as every such file has it.
    """
    plain = {**PAGE, **objects}
    if together:
        plain[50] = _packed_objects(together)
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, content in plain.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = {number: (1, place, 0) for number, place in places.items()}
    rows |= {number: (2, 50, index) for index, number in enumerate(together or {})}
    rows[60] = (1, len(body), 0)
    table = b"".join(struct.pack(">BIB", *rows.get(number, (0, 0, 0))) for number in range(61))
    said = b"/Type /XRef /Size 61 /W [1 4 1] /Root 1 0 R /Info %d 0 R" % INFO
    return body + b"60 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        stream(table, said),
        len(body),
    )


def _packed_objects(together: Mapping[int, bytes]) -> bytes:
    inside, pairs = b"", b""
    for number, content in together.items():
        pairs += b"%d %d " % (number, len(inside))
        inside += content + b"\n"
    said = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(together), len(pairs))
    return stream(zlib.compress(pairs + inside), said)
