"""A PDF names nobody once it is kept, however its properties and remarks are packed."""

import base64
import io
import re
import time
import tracemalloc
import zlib

import pypdfium2
import pytest
from PIL import Image

from govmatch.files.checks import identify
from govmatch.files.cleaning import cleaned, names_left
from govmatch.files.cleaning.left import Left
from govmatch.files.kinds import Kind
from govmatch.files.refused import Refused
from govmatch.kit.spooled import Content
from tests.unit.files.pdfs import INFO, pdf, stream

NAME = b"Annegret Ahlers"
XMP = (
    b"<x:xmpmeta><rdf:Description pdf:Author='" + NAME + b"' pdfx:Company='Hafenscan'><dc:title>"
    b"Plan</dc:title><dc:creator><rdf:Seq><rdf:li>" + NAME + b"</rdf:li></rdf:Seq></dc:creator>"
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></x:xmpmeta>"
)
METADATA = b"/Type /Metadata /Subtype /XML "
FLATE = METADATA + b"/Filter /FlateDecode"
TITLE = b"<< /Title (Plan) /Author 15 0 R /Producer (A system, version 14.5) >>"


def clean(content: bytes) -> bytes:
    """Return the cleaned PDF: as long as before, still taken, clean for good, open to readers."""
    assert identify(content, "x", frozenset(Kind)) is Kind.PDF
    once = whole(cleaned(content, Kind.PDF))
    assert len(once) == len(content)
    assert identify(once, "x", frozenset(Kind)) is Kind.PDF
    assert whole(cleaned(once, Kind.PDF)) == once
    assert len(pypdfium2.PdfDocument(once)) == 1
    return once


def whole(content: Content) -> bytes:
    return content[: len(content)]


def said_in(content: bytes) -> bytes:
    """Return all that a PDF says, with everything unpacked as often as it is packed."""
    found = [content]
    for begin in re.finditer(rb"(?<!end)stream\n", content):
        data = content[begin.end() : content.index(b"endstream", begin.end())]
        while data:
            found.append(data)
            try:
                data = (
                    base64.a85decode(data.partition(b"~>")[0])
                    if b"~>" in data
                    else zlib.decompressobj().decompress(data)
                )
            except (zlib.error, ValueError):
                break
    return b"\n".join(found)


def packed_metadata(data: bytes, said: bytes) -> bytes:
    return pdf({8: stream(data, METADATA + said), INFO: b"<< /Title (Plan) >>"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zlib.compress(XMP), b"/Filter /FlateDecode"),
        (zlib.compress(XMP), b"/Filter[/FlateDecode]/DecodeParms[null]"),
        (zlib.compress(zlib.compress(XMP)), b"/Filter [ /FlateDecode /FlateDecode ]"),
        (
            base64.a85encode(zlib.compress(XMP)) + b"~>",
            b"/DecodeParms [null << /Predictor 1 >>] /Filter [/ASCII85Decode /FlateDecode]",
        ),
        (zlib.compress(XMP).hex().encode() + b">", b"/Filter [/ASCIIHexDecode /FlateDecode]"),
    ],
    ids=["once", "in-a-list", "twice", "as-letters", "as-digits"],
)
def test_packed_metadata_lose_the_names_and_keep_the_rest(data: bytes, said: bytes) -> None:
    written = packed_metadata(data, said)
    kept = said_in(clean(written))
    assert NAME not in kept
    assert b"Hafenscan" not in kept
    assert b"<pdfuaid:part>1</pdfuaid:part>" in kept, "what makes it accessible is still declared"
    assert names_left(written, Kind.PDF) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x80\x0b\x60\x50" + NAME, b"/Filter /LZWDecode"),
        (zlib.compress(b"\x02" + XMP), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
        (zlib.compress(XMP.decode().encode("utf-16-be")), b"/Filter /FlateDecode"),
        (zlib.compress(XMP.replace(b"</dc:creator>", b" " * 5000)), b"/Filter /FlateDecode"),
        (zlib.compress(XMP)[:-9], b"/Filter /FlateDecode"),
    ],
    ids=["lzw", "predictor", "wide", "long", "cut"],
)
def test_packed_metadata_that_cannot_be_read_become_blanks(data: bytes, said: bytes) -> None:
    written = packed_metadata(data, said)
    kept = clean(written)
    at = kept.index(b"stream\n") + len(b"stream\n")
    assert not kept[at : kept.index(b"endstream")].strip()
    assert b"/Filter" not in kept[kept.index(METADATA) : at]
    assert pypdfium2.PdfDocument(kept).get_metadata_dict()["Title"] == "Plan"
    assert names_left(written, Kind.PDF) is None


def test_metadata_whose_packing_stands_elsewhere_stay_and_their_owner_is_told() -> None:
    said = METADATA + b"/DecodeParms [<< /A << /B 1 >> >>] /Filter 12 0 R"
    written = pdf({8: stream(zlib.compress(XMP), said), 12: b"/FlateDecode", INFO: b"<< >>"})
    assert names_left(written, Kind.PDF) is Left.PACKED
    assert clean(written) == written


def test_a_name_in_an_object_of_its_own_goes() -> None:
    texts = {15: b"(" + NAME + b")", 16: b"(Kept by " + NAME + b")"}
    together = {INFO: TITLE, **texts}
    for written in (pdf({8: stream(b""), **together}), pdf({8: stream(b"")}, together=together)):
        kept = clean(written)
        found = pypdfium2.PdfDocument(kept).get_metadata_dict()
        assert (found["Title"], found["Author"].strip()) == ("Plan", "")
        assert b"(Kept by " + NAME + b")" in said_in(kept)
        assert names_left(written, Kind.PDF) is None


def test_properties_in_one_place_may_name_a_text_in_another() -> None:
    text = {15: b"<" + NAME.hex().encode() + b">"}
    info = {INFO: TITLE, 8: stream(b"")}
    assert NAME.hex().encode() not in said_in(clean(pdf(info, together=text)))
    packed = pdf({8: stream(b""), **text}, together={INFO: TITLE})
    assert NAME.hex().encode() not in said_in(clean(packed))


REMARK = (
    b"<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /Popup << /Open true >> /T ("
    + NAME
    + b") /Contents (Ask /T \\(" + NAME + b"\\) or (" + NAME + b")) >>"
)  # fmt: skip
FIELD = b"<< /Subtype /Widget /FT /Tx /T (Contact) /TU (Your /Subtype /Text) >>"


def test_who_commented_is_not_named_and_remarks_and_fields_stay() -> None:
    objects = {20: REMARK, 21: FIELD, INFO: b"<< /Producer (A system, version 14.5) >>"}
    for written in (pdf({8: stream(b""), **objects}), pdf({8: stream(b"")}, together=objects)):
        kept = said_in(clean(written))
        assert b"/T (" + b" " * len(NAME) + b")" in kept
        assert kept.count(NAME) == 2, "what somebody wrote stays as it is"
        assert b"/T (Contact)" in kept
        assert names_left(written, Kind.PDF) is None


@pytest.mark.parametrize(
    "together",
    [
        {INFO: b"<< /Author (" + NAME + b") >>", 70: b"0 " * 2_100_000},
        {INFO: b"<< >>", 20: REMARK, 70: b"0 " * 1_000_000},
        {INFO: b"<< >>", 20: REMARK.replace(b"(" + NAME, b"15 0 R /X (", 1)},
        {INFO: b"<< /Title (" + NAME + b") /Author (" + NAME + b") >>"},
    ],
    ids=["long", "long-remarks", "remark-elsewhere", "no-room"],
)
def test_what_cannot_be_read_or_written_again_stays_and_its_owner_is_told(
    together: dict[int, bytes],
) -> None:
    written = pdf({8: stream(b"")}, together=together)
    assert names_left(written, Kind.PDF) is Left.PACKED


@pytest.mark.parametrize(
    "piece", [b"stream endstream ", b"/Author 1 0 R 1 0 obj (a)\n"], ids=["streams", "names"]
)
def test_more_pieces_than_any_document_has_are_not_held_in_memory(piece: bytes) -> None:
    """Each would take some hundred bytes: five megabytes of them seventy of memory."""
    content = b"%PDF-1.7\n" + piece * (5_000_000 // len(piece)) + b"\n%%EOF\n"
    tracemalloc.start()
    kept = cleaned(content, Kind.PDF)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000
    assert len(kept) == len(content)
    assert names_left(content, Kind.PDF) is Left.PACKED


def photograph() -> bytes:
    """Return what a telephone took: its owner and the place stand beside the picture."""
    said = Image.Exif()
    said[0x013B] = NAME.decode()
    said[0x0112] = 6
    said.get_ifd(0x8825)[2] = (53.0, 4.0, 30.0)
    target = io.BytesIO()
    made = Image.linear_gradient("L").convert("RGB")
    made.save(target, "JPEG", exif=said, comment=NAME, xmp=b"<x>" + NAME + b"</x>")
    return target.getvalue()


def with_photograph(data: bytes, said: bytes) -> bytes:
    shown = b"/Type /XObject /Subtype /Image /Width 256 /Height 256 /BitsPerComponent 8 "
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 256 256] /Contents 21 0 R"
        b" /Resources << /XObject << /A 20 0 R >> >> >>"
    )
    return pdf({
        3: page,
        8: stream(b""),
        INFO: b"<< /Title (Plan) >>",
        20: stream(data, shown + b"/ColorSpace /DeviceRGB " + said),
        21: stream(b"q 256 0 0 256 0 0 cm /A Do Q"),
    })  # fmt: skip


def pixels(content: bytes) -> bytes:
    return bytes(pypdfium2.PdfDocument(content)[0].render().to_pil().tobytes())


@pytest.mark.parametrize("said", [b"/Filter /DCTDecode", b"/Filter [ /DCTDecode ]"])
def test_a_photograph_in_a_pdf_loses_name_and_place_and_looks_the_same(said: bytes) -> None:
    taken = photograph()
    written = with_photograph(taken, said)
    assert written.count(NAME) == 3
    kept = clean(written)
    assert NAME not in kept
    assert b"Exif" not in kept
    assert pixels(kept) == pixels(written)
    assert len(set(pixels(kept))) > 100, "the photograph is shown"
    assert names_left(written, Kind.PDF) is None


def test_a_photograph_that_is_packed_once_more_stays_and_its_owner_is_told() -> None:
    written = with_photograph(zlib.compress(photograph()), b"/Filter [/FlateDecode /DCTDecode]")
    clean(written)
    assert names_left(written, Kind.PDF) is Left.PICTURES


def test_a_stream_of_objects_that_is_packed_twice_is_refused() -> None:
    twice = stream(
        zlib.compress(zlib.compress(b"9 0 << /Author (" + NAME + b") >>")),
        b"/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]",
    )
    with pytest.raises(Refused):
        identify(pdf({8: stream(b""), 50: twice}), "x", frozenset(Kind))


@pytest.mark.parametrize(
    "piece",
    [
        b"1 0 obj << /Subtype /Text /T (a) >> endobj\n",
        b"/T (a /Subtype /Text ",
        b"/Author 1 0 R 1 0 obj (a)\n",
        b"1 0 obj <</Subtype /XML /Filter /FlateDecode>> stream\n" + zlib.compress(b"a" * 9_000_000)
        + b"\nendstream endobj\n",
        b"<< /Subtype /XML ",
        b"stream endstream ",
        b"/Filter /DCTDecode ",
        b"1 0 obj <</Filter /DCTDecode>> stream\n\xff\xd8\xff\xe1\0\2"
        + b"\xff\xfe\0\3a" * 1_000
        + b"\nendstream endobj\n",
    ],
    ids=[
        "remarks", "open-remarks", "names", "bombs", "metadata", "edges", "filters", "photographs"
    ],
)  # fmt: skip
def test_ten_megabytes_of_anything_are_cleaned_in_little_time(piece: bytes) -> None:
    content = b"%PDF-1.7\n" + piece * (10_000_000 // len(piece)) + b"\n%%EOF\n"
    begun = time.thread_time()
    whole(cleaned(content, Kind.PDF))
    assert time.thread_time() - begun < 5
