"""Office files: what is passive is taken; what acts, loads, hides or bursts is refused."""

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from govmatch.files import refused
from govmatch.files.checks import identify
from govmatch.files.kinds import Kind
from govmatch.files.refused import Refused
from govmatch.kit.i18n import Message
from tests.unit.files import samples
from tests.unit.files.samples import odf, office, relations, zipped

EVERY = frozenset(Kind)
EXTERNAL = True


def reason(content: bytes) -> Message:
    with pytest.raises(Refused) as refusal:
        identify(content, "x.docx", EVERY)
    return refusal.value.reason


def override(declared: str) -> str:
    return f'<Override PartName="/x" ContentType="{declared}"/>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (office(more={"word/vbaProject.bin": b"\x00"}), refused.PROGRAM),
        (office(types=override("application/vnd.ms-office.vbaProject")), refused.PROGRAM),
        (
            office(types=override("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
            refused.PROGRAM,
        ),
        (office("xlsx", more={"xl/macrosheets/sheet1.xml": "<x/>"}), refused.PROGRAM),
        (office(more={"word/activeX/activeX1.xml": "<x/>"}), refused.PROGRAM),
        (
            office("pptx", more={"ppt/slides/slide1.xml": '<a action="ppaction://program"/>'}),
            refused.PROGRAM,
        ),
        (office(more={"word/embeddings/oleObject1.bin": b"MZ"}), refused.OTHER_FILES),
        (office(more={"word/embeddings/letter.pdf": b"%PDF-1.7"}), refused.OTHER_FILES),
        (
            office("xlsx", more={"xl/externalLinks/externalLink1.xml": "<x/>"}),
            refused.FROM_ELSEWHERE,
        ),
        (office("xlsx", more={"xl/connections.xml": "<x/>"}), refused.FROM_ELSEWHERE),
        (
            office(main="<d><instrText>DD</instrText><instrText>EAUTO c:\\x</instrText></d>"),
            refused.FROM_ELSEWHERE,
        ),
        (
            office(main='<d><fldSimple instr="INCLUDEPICTURE http://x.example/a.png"/></d>'),
            refused.FROM_ELSEWHERE,
        ),
        (office(main='<!DOCTYPE x [<!ENTITY a "b">]><d/>'), None),
        (office(more={"word/_rels/x.rels": "<!DOCTYPE x><x/>"}), refused.UNCLEAR),
        (office(more={"word/_rels/x.rels": "<x>"}), refused.DAMAGED),
    ],
)
def test_an_office_file_that_does_more_than_show_is_refused(
    content: bytes, why: Message | None
) -> None:
    if why is None:  # a document type in the text itself is the reader's to refuse, and harmless
        assert identify(content, "x", EVERY) is Kind.DOCX
    else:
        assert reason(content) == why


@pytest.mark.parametrize(
    ("kind", "target", "why"),
    [
        ("attachedTemplate", "https://evil.example/t.dotm", refused.FROM_ELSEWHERE),
        ("attachedTemplate", "file://server/share/t.dotm", refused.FROM_ELSEWHERE),
        ("image", "https://evil.example/pixel.png", refused.FROM_ELSEWHERE),
        ("frame", "https://evil.example/", refused.FROM_ELSEWHERE),
        ("hyperlink", "javascript:x()", refused.PROGRAM),
        ("oleObject", "https://evil.example/x", refused.OTHER_FILES),
    ],
)
def test_an_office_file_that_loads_something_is_refused(
    kind: str, target: str, why: Message
) -> None:
    part = relations((kind, target, EXTERNAL))
    assert reason(office(more={"word/_rels/document.xml.rels": part})) == why


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://example.org/a?b=c#d"),
        ("hyperlink", "mailto:a@example.org"),
        ("attachedTemplate", "file:///C:/Users/anna/Letter.dotx"),
    ],
)
def test_links_that_a_person_presses_may_stay(kind: str, target: str) -> None:
    part = relations((kind, target, EXTERNAL))
    content = office(more={"word/_rels/document.xml.rels": part})
    assert identify(content, "x", EVERY) is Kind.DOCX


def test_a_chart_keeps_its_table_and_the_table_is_checked_too() -> None:
    name = "word/embeddings/Table.xlsx"
    assert identify(office(more={name: office("xlsx")}), "x", EVERY) is Kind.DOCX
    active = office("xlsx", more={"xl/vbaProject.bin": b"\x00"})
    assert reason(office(more={name: active})) == refused.PROGRAM
    nested = office("xlsx", more={"xl/embeddings/Again.xlsx": office("xlsx")})
    assert reason(office(more={name: nested})) == refused.OTHER_FILES


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<script:event-listener script:language="ooo:script"/>', refused.PROGRAM),
        ('<presentation:event-listener presentation:action="execute"/>', refused.PROGRAM),
        ("<draw:plugin/>", refused.PROGRAM),
        ('<text:a xlink:href="vnd.sun.star.script:x"/>', refused.PROGRAM),
        ('<draw:image xlink:href="https://evil.example/p.png"/>', refused.FROM_ELSEWHERE),
        ('<draw:image xlink:href="../../secret.png"/>', refused.FROM_ELSEWHERE),
        ("<office:dde-source/>", refused.FROM_ELSEWHERE),
        ('<draw:object-ole xlink:href="./Object 1"/>', refused.OTHER_FILES),
    ],
)
def test_an_opendocument_file_that_acts_or_loads_is_refused(body: str, why: Message) -> None:
    assert reason(odf(body=body)) == why


@pytest.mark.parametrize(
    "body",
    [
        '<draw:image xlink:href="Pictures/1.png"/><draw:object xlink:href="./Object 1"/>',
        '<text:a xlink:href="https://example.org/">x</text:a>',
        '<presentation:event-listener presentation:action="next-page"/>',
    ],
)
def test_an_opendocument_file_that_only_shows_is_taken(body: str) -> None:
    assert identify(odf(body=body), "x", EVERY) is Kind.ODT


def test_macros_and_encryption_of_opendocument_files_are_refused() -> None:
    assert reason(odf(more={"Basic/Standard/Module1.xml": "<x/>"})) == refused.PROGRAM
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    assert reason(odf(more=locked)) == refused.LOCKED


# Archives


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(office())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(mark, found + 4)
    assert reason(bytes(content)) == refused.LOCKED


def test_an_archive_that_bursts_is_refused_quickly_and_without_memory() -> None:
    bomb = office(more={"word/media/x.bin": b"\x00" * 101_000_000})
    tall = office(more={f"word/media/{n}.bin": b"\x00" * 5_000_000 for n in range(15)})
    many = office(more={f"word/media/{n}": b"" for n in range(2_000)})
    tracemalloc.start()
    started = time.process_time()
    assert [reason(content) for content in (bomb, tall, many)] == [refused.BOMB] * 3
    assert time.process_time() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_a_directory_that_lies_about_its_size_is_refused_before_it_is_read() -> None:
    content = bytearray(office())
    struct.pack_into("<HH", content, len(content) - 14, 60_000, 60_000)
    assert reason(bytes(content)) == refused.BOMB
    struct.pack_into("<HH", content, len(content) - 14, 3, 4)
    assert reason(bytes(content)) == refused.UNCLEAR


def test_a_member_that_is_longer_than_it_says_is_refused() -> None:
    content = office(more={"word/media/x.bin": b"\x00" * 5_000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("word/media/x.bin")
    lying = bytearray(content)
    directory = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"word/media/x.bin"))
    struct.pack_into("<I", lying, directory + 24, 10)
    assert info.file_size == 5_000
    assert reason(bytes(lying)) == refused.DAMAGED


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "word\\x.xml", "c:x.xml"])
def test_a_path_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert reason(office(more={name: "<x/>"})) == refused.UNCLEAR


def test_something_before_behind_or_between_the_members_is_refused() -> None:
    whole = office()
    assert reason(whole + b"x") == refused.DAMAGED
    commented = io.BytesIO(whole)
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = b"a page could stand here"
    assert reason(commented.getvalue()) == refused.DAMAGED
    shifted = whole[:4] + b"x" + whole[4:]
    assert reason(shifted) == refused.DAMAGED


def test_two_members_of_one_name_are_refused() -> None:
    target = io.BytesIO(office())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")
    assert reason(target.getvalue()) == refused.UNCLEAR


def test_an_archive_that_calls_itself_two_kinds_is_none() -> None:
    both = office(
        more={"xl/workbook.xml": "<x/>"},
        types=f'<Override PartName="/xl/workbook.xml" ContentType="{samples.MAIN["xlsx"][1]}"/>',
    )
    assert reason(both).text.startswith("This kind of file is not taken")


def test_a_plain_archive_within_an_archive_is_none_of_ours() -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": "x"})})})
    assert reason(deep).text.startswith("This kind of file is not taken")


def test_members_that_share_bytes_are_refused() -> None:
    """A member may hold another's bytes: so a small file unpacks to many times what it says."""
    inner = zipped({"b.xml": "<b/>"}, stored=frozenset({"b.xml"}))
    directory = inner.index(b"PK\x01\x02")
    record, entry = inner[:directory], bytearray(inner[directory:-22])
    whole = office(more={"a.bin": record}, stored=frozenset({"a.bin"}))
    struct.pack_into("<I", entry, 42, whole.index(record))
    end = bytearray(whole[-22:])
    count, size = struct.unpack_from("<HI", end, 10)
    struct.pack_into("<HHI", end, 8, count + 1, count + 1, size + len(entry))
    overlapping = whole[:-22] + bytes(entry) + bytes(end)
    with zipfile.ZipFile(io.BytesIO(overlapping)) as archive:
        assert archive.read("b.xml") == b"<b/>"
    assert reason(overlapping) == refused.UNCLEAR


def packed_again(content: bytes, *, layers: int, copies: int) -> bytes:
    """Return zips in zips, as in 42.zip: each layer holds the one below several times."""
    for _ in range(layers):
        content = zipped({f"lib {n}.zip": content for n in range(copies)})
    return content


def test_zips_in_zips_are_refused_under_any_name_and_never_unpacked() -> None:
    nest = packed_again(zipped({"0.dll": bytes(4_000_000)}), layers=4, copies=16)
    begin = time.monotonic()
    tracemalloc.start()
    assert reason(nest).text.startswith("This kind of file is not taken")
    assert reason(office(more={"word/embeddings/a.zip": nest})) == refused.OTHER_FILES
    assert reason(office(more={"word/media/a.zip": bytes(120_000_000)})) == refused.BOMB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000, "what the test itself made"
    assert time.monotonic() - begin < 20


def test_a_document_that_loads_from_elsewhere_is_refused_whatever_it_loads() -> None:
    for kind in ("attachedTemplate", "image", "frame", "subDocument", "hyperlinkBase"):
        part = relations((kind, "https://collect.example/x", EXTERNAL))
        assert reason(office(more={"word/_rels/document.xml.rels": part})) == refused.FROM_ELSEWHERE


@pytest.mark.parametrize("first", ["pdf", "png", "jpeg", "docx"])
@pytest.mark.parametrize("second", ["page", "archive"])
def test_what_is_two_kinds_at_once_is_refused(first: str, second: str) -> None:
    """A page before the mark of a PDF, or an archive behind a picture: two programs disagree."""
    whole = {
        "pdf": samples.pdf(), "png": samples.png(), "jpeg": samples.jpeg(), "docx": office()
    }[first]  # fmt: skip
    page, archive = b"<!DOCTYPE html><script>x()</script>", zipped({"x.js": "x()"})
    both = page + whole if second == "page" else whole + archive
    with pytest.raises(Refused):
        identify(both, f"x.{first}", EVERY)
