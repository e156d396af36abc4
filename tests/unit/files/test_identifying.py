"""A file is what its content says; what could do something, or is something else, is refused."""

import contextlib

import pytest

from govmatch.files import refused
from govmatch.files.checks import identify
from govmatch.files.cleaning import cleaned
from govmatch.files.kinds import Kind
from govmatch.files.refused import Refused
from govmatch.kit.i18n import Message
from govmatch.kit.spooled import PIECE
from tests.timing import soonest
from tests.unit.files import samples

EVERY = frozenset(Kind)

WHOLE = {
    Kind.PDF: samples.pdf(b"1 0 obj << /Type /Catalog >> endobj"),
    Kind.DOCX: samples.office("docx"),
    Kind.XLSX: samples.office("xlsx"),
    Kind.PPTX: samples.office("pptx"),
    Kind.ODT: samples.odf("text"),
    Kind.ODS: samples.odf("spreadsheet"),
    Kind.ODP: samples.odf("presentation"),
    Kind.PNG: samples.png(),
    Kind.JPEG: samples.jpeg(),
    Kind.TXT: "Blåbærgrød\tund Straße\r\n".encode(),
}


def reason(content: bytes, name: str = "x.pdf") -> Message:
    with pytest.raises(Refused) as refusal:
        identify(content, name, EVERY)
    return refusal.value.reason


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("name", ["x", "x.exe", "x.html"])
def test_each_kind_is_told_by_its_content_whatever_its_name(kind: Kind, name: str) -> None:
    assert identify(WHOLE[kind], name, EVERY) is kind


@pytest.mark.parametrize("kind", WHOLE)
def test_a_kind_that_is_not_asked_for_is_refused_and_the_others_are_named(kind: Kind) -> None:
    allowed = frozenset({Kind.PNG if kind is not Kind.PNG else Kind.ODS})
    with pytest.raises(Refused) as refusal:
        identify(WHOLE[kind], "x", allowed)
    assert refusal.value.reason.values["kinds"] == ("PNG" if kind is not Kind.PNG else "ODS")


def test_a_text_is_a_table_when_its_name_says_so_and_tables_are_taken() -> None:
    table = b"a;b\n1;2\n"
    assert identify(table, "x.CSV", EVERY) is Kind.CSV
    assert identify(table, "x.csv", frozenset({Kind.TXT})) is Kind.TXT
    with pytest.raises(Refused):
        identify(table, "x.txt", frozenset({Kind.CSV}))


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <html>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"<svg onload=x()>",
        b"Hello\n<script>x()</script>",
        b"#!/bin/sh\nrm -rf /",
        b"%!PS-Adobe-3.0\n",
        b"{\\rtf1\\ansi}",
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"a text with a NUL \x00 in it",
        b"a text with \x1b[31m in it",
        b"\x8d\x8f\x90 no text in any code",
        samples.zipped({"a.txt": "plain archive"}),
        samples.zipped({"word/document.xml": "<x/>"}),
    ],
)
def test_pages_programs_and_foreign_kinds_are_refused(content: bytes) -> None:
    assert reason(content, "harmless.txt").text.startswith("This kind of file is not taken")


def test_an_empty_file_is_refused() -> None:
    assert reason(b"") == refused.EMPTY


def test_an_old_office_file_is_refused_with_the_way_out() -> None:
    assert reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.doc") == refused.OLD_OFFICE


def test_latin_text_is_taken() -> None:
    assert identify("Smørrebrød, Straße".encode("cp1252"), "x.txt", EVERY) is Kind.TXT


# Pictures


@pytest.mark.parametrize("make", [samples.png, samples.jpeg])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(make: object) -> None:
    found = reason(make(30_000, 30_000))  # type: ignore[operator]
    assert found.values == {"limit": 100}
    assert reason(make(20_001, 1)).values == {"limit": 100}  # type: ignore[operator]
    assert identify(make(10_000, 10_000), "x", EVERY) in {Kind.PNG, Kind.JPEG}  # type: ignore[operator]


def test_a_picture_that_is_cut_or_changed_is_refused() -> None:
    whole = samples.png()
    assert reason(whole[:-3]) == refused.DAMAGED
    assert reason(whole.replace(b"IDAT", b"IDAX")) == refused.DAMAGED
    assert reason(samples.jpeg()[:-2]) == refused.DAMAGED
    assert reason(b"\xff\xd8\xff\xe0\x00") == refused.DAMAGED


def test_a_picture_with_something_behind_it_is_refused() -> None:
    hidden = samples.zipped({"evil.js": "x()"})
    assert reason(samples.png(after=hidden)) == refused.UNCLEAR
    assert reason(samples.jpeg(after=hidden)) == refused.UNCLEAR
    assert reason(samples.jpeg(after=bytes(1_000_001))) == refused.UNCLEAR


def test_the_second_small_picture_of_a_telephone_may_stay() -> None:
    assert identify(samples.jpeg(after=samples.jpeg()), "x", EVERY) is Kind.JPEG


# PDF


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<< /S /JavaScript /JS (app.alert(1)) >>", refused.PROGRAM),
        (b"<< /S /J#61va#53cript /JS (x) >>", refused.PROGRAM),
        (b"<< /S/Launch /F (cmd.exe) >>", refused.PROGRAM),
        (b"<< /AcroForm << /XFA 3 0 R >> >>", refused.PROGRAM),
        (b"<< /S /SubmitForm /F (https://x.example) >>", refused.PROGRAM),
        (b"<< /Subtype /RichMedia >>", refused.PROGRAM),
        (b"<< /Names << /EmbeddedFiles 4 0 R >> >>", refused.OTHER_FILES),
        (b"trailer << /Encrypt 6 0 R >>", refused.LOCKED),
        (samples.object_stream(b"<< /S /JavaScript >>"), refused.PROGRAM),
        (samples.object_stream(b"<< /S /JavaScript >>", announced=False), refused.PROGRAM),
        (samples.object_stream(b"<< /S /Launch >>", packed=False), refused.PROGRAM),
        (samples.object_stream(b"<< /EmbeddedFile 1 >>" + b" " * 300_000), refused.OTHER_FILES),
    ],
)
def test_a_pdf_that_can_do_something_is_refused(body: bytes, why: Message) -> None:
    assert reason(samples.pdf(body)) == why


def test_a_name_across_two_pieces_of_a_stream_is_found() -> None:
    before = 256 * 1024 - len(b"1 0 ") - 6
    inside = b"<" + b" " * (before - 1) + b"/JavaScript"
    assert reason(samples.pdf(samples.object_stream(inside))) == refused.PROGRAM


@pytest.mark.parametrize(
    "body",
    [
        samples.object_stream(b"<< /Type /Page >>"),
        b"<< /JSX /Launched /EncryptMetadata false >>",
        b"BT (JavaScript, Launch and EmbeddedFile are words) Tj ET",
        b"stream\n" + b"\x78\x9c broken" + b"\nendstream",
    ],
)
def test_a_pdf_that_only_shows_something_is_taken(body: bytes) -> None:
    assert identify(samples.pdf(body), "x", EVERY) is Kind.PDF


def test_a_pdf_that_cannot_be_looked_into_is_refused() -> None:
    hidden = b"5 0 obj << /Type /ObjStm /Filter /LZWDecode >> stream\n\x80\x0b\x60\nendstream"
    assert reason(samples.pdf(hidden)) == refused.UNCLEAR
    assert reason(samples.pdf(b"<< /Type /ObjStm >>")) == refused.UNCLEAR
    bomb = samples.object_stream(b"<" + b" " * 33_000_000)
    assert len(bomb) < 50_000
    assert reason(samples.pdf(bomb)) == refused.UNCLEAR


def test_a_pdf_that_is_also_a_page_or_an_archive_is_refused() -> None:
    assert reason(samples.pdf(b"<html><script>x()</script>")) == refused.UNCLEAR
    archive = samples.zipped({"x.js": "x()"})
    assert reason(samples.pdf() + archive) == refused.DAMAGED
    assert reason(samples.pdf(archive)) == refused.UNCLEAR


def test_a_pdf_without_its_end_is_refused() -> None:
    assert reason(samples.pdf()[:-8]) == refused.DAMAGED


@pytest.mark.parametrize(
    "piece",
    [
        b"stream\n", b"/#4a", b"/J", b"/ObjStm ", b"1 0 ", b"<<", b"%PDF",
        b"/Author (", b"/Author(" + b"(a)" * 300, b"<dc:creator>", b"rdf: dc:creator='",
        b"endstream",
    ],
)  # fmt: skip
def test_ten_megabytes_of_anything_are_looked_through_within_a_second(piece: bytes) -> None:
    hostile = samples.pdf(piece * (10_000_000 // len(piece)))

    def look() -> None:
        with contextlib.suppress(Refused):
            identify(hostile, "x.pdf", EVERY)
            cleaned(hostile, Kind.PDF)

    assert soonest(look, under=1)[1] < 1


@pytest.mark.parametrize("before", range(-24, 4, 3))
def test_a_name_across_two_windows_is_found_and_found_once(before: int) -> None:
    """A content is looked through in windows; what hides on the edge of one is seen in the next."""
    padding = b"%" + b"-" * (PIECE - len(samples.pdf()) + before) + b"\n"
    hidden = samples.pdf(padding + b"<< /S /J#61vaScript /JS (x) >>")
    assert reason(hidden) == refused.PROGRAM
    packed = samples.pdf(padding + samples.object_stream(b"<< /S /Launch >>"))
    assert reason(packed) == refused.PROGRAM
    harmless = samples.pdf(padding + samples.object_stream(b"<< /Type /Page >>"))
    assert identify(harmless, "x", EVERY) is Kind.PDF
