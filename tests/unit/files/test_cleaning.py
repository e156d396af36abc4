"""What files tell about who made them is gone once they are kept; what they show is not touched."""

import io
import re
import struct
import zipfile
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from govmatch.files.checks import identify
from govmatch.files.cleaning import cleaned, names_left
from govmatch.files.cleaning.inner_pictures import MOST as MOST_PICTURES
from govmatch.files.cleaning.left import Left
from govmatch.files.cleaning.people import LONGEST, MOST
from govmatch.files.kinds import Kind
from govmatch.kit.spooled import Content
from tests.unit.files import samples

NAME = b"Annegret Ahlers"


def whole(content: Content) -> bytes:
    return content[: len(content)]


def clean(content: bytes, kind: Kind) -> bytes:
    """Return the cleaned content, which is still of its kind, and clean for good."""
    assert identify(content, "x", frozenset(Kind)) is kind
    once = whole(cleaned(content, kind))
    assert identify(once, "x", frozenset(Kind)) is kind
    assert whole(cleaned(once, kind)) == once
    return once


def picture(kind: str, **said: object) -> bytes:
    target = io.BytesIO()
    made = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(made).rectangle((5, 5, 20, 15), fill="red")
    made.save(target, kind, **said)
    return target.getvalue()


def exif(*, turn: int = 1) -> Image.Exif:
    """Return what a telephone writes: who, with what, where."""
    found = Image.Exif()
    found[0x013B] = NAME.decode()
    found[0x010F] = "Telephone of Annegret Ahlers"
    found[0x0112] = turn
    found.get_ifd(0x8825)[2] = (53.0, 4.0, 30.0)
    return found


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_loses_name_place_and_comment_and_looks_the_same(
    progressive: bool,
) -> None:
    taken = picture(
        "JPEG", exif=exif(), comment=NAME, xmp=b"<x>" + NAME + b"</x>", progressive=progressive
    )
    assert NAME in taken
    kept = clean(taken, Kind.JPEG)
    assert NAME not in kept
    assert b"Exif" not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(taken)).tobytes()


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_photograph_that_was_held_sideways_still_says_which_side_is_up(turn: int) -> None:
    kept = clean(picture("JPEG", exif=exif(turn=turn)), Kind.JPEG)
    assert NAME not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {0x0112: turn}


def test_the_second_picture_of_a_telephone_goes_with_its_place() -> None:
    second = picture("JPEG", exif=exif())
    kept = clean(picture("JPEG") + second, Kind.JPEG)
    assert NAME not in kept
    assert kept == picture("JPEG")


def test_a_drawing_loses_its_texts_and_keeps_its_colours() -> None:
    chunk = samples._chunk(b"tEXt", b"Author\x00" + NAME) + samples._chunk(b"prVt", NAME)
    drawn = picture("PNG", exif=exif(), dpi=(300, 300))
    drawn = drawn.replace(b"\x00\x00\x00\x00IEND", chunk + b"\x00\x00\x00\x00IEND")
    kept = clean(drawn, Kind.PNG)
    assert NAME not in kept
    there, before = Image.open(io.BytesIO(kept)), Image.open(io.BytesIO(drawn))
    assert there.tobytes() == before.tobytes()
    assert there.info["dpi"] == before.info["dpi"]


CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Labels &amp; scans'
    b"</dc:title><dc:creator>" + NAME + b"</dc:creator><cp:lastModifiedBy>" + NAME + b"</cp:"
    b"lastModifiedBy></cp:coreProperties>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX, Kind.PPTX])
def test_an_office_file_names_neither_its_author_nor_the_firm(kind: Kind) -> None:
    written = samples.office(
        kind.value,
        more={
            "docProps/core.xml": CORE,
            "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"><Company>'
            "Hafenscan</Company></Properties>",
            "docProps/custom.xml": b"<Properties><property>" + NAME + b"</property></Properties>",
            "word/zz.xml": "<stays/>",
        },
    )
    before, after = members(written), members(clean(written, kind))
    changed = {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == changed
    assert b"Hafenscan" not in after["docProps/app.xml"]
    assert NAME not in b"".join(after.values())
    assert b"<dc:title>Labels &amp; scans</dc:title>" in after["docProps/core.xml"]


def test_an_opendocument_file_names_nobody_and_stays_one() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    meta = (
        f'<office:document-meta xmlns:office="{space}:office:1.0" xmlns:meta="{space}:meta:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Plan</dc:title>'
        f"<meta:keyword>scan</meta:keyword><meta:initial-creator>{NAME.decode()}"
        "</meta:initial-creator></office:meta></office:document-meta>"
    )
    after = members(clean(samples.odf(more={"meta.xml": meta}), Kind.ODT))
    assert NAME not in after["meta.xml"]
    assert b"<dc:title>Plan</dc:title><meta:keyword>scan</meta:keyword>" in after["meta.xml"]


DATA = b"<pc:UserInfo xmlns:pc='urn:p'><pc:DisplayName>" + NAME + b"</pc:DisplayName></pc:UserInfo>"


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX, Kind.PPTX])
def test_data_that_programs_keep_beside_the_text_go_whoever_they_name(kind: Kind) -> None:
    kept: dict[str, bytes | str] = {
        "customXml/itemProps1.xml": b"<ds:datastoreItem xmlns:ds='urn:ds' ds:itemID='{1}'/>",
        "customXml/_rels/item1.xml.rels": samples.relations(("customXmlProps", "a.xml", False)),
    }
    gone: dict[str, bytes | str] = {
        "customXml/item1.xml": DATA,
        "customXml/other/data.bin": NAME,
        "docMetadata/LabelInfo.xml": DATA,
        "package/services/metadata/core-properties/9a.psmdcp": CORE,
    }
    written = samples.office(kind.value, more={**kept, **gone})
    before, after = members(written), members(clean(written, kind))
    assert before.keys() == after.keys(), "whatever points to a part still finds it"
    assert {name for name in before if before[name] != after[name]} == gone.keys()
    assert NAME not in b"".join(after.values())
    core = after["package/services/metadata/core-properties/9a.psmdcp"]
    assert b"<dc:title>Labels &amp; scans</dc:title>" in core


def test_a_photograph_in_a_text_does_not_tell_where_it_was_taken() -> None:
    taken, drawn = picture("JPEG", exif=exif()), picture("PNG", exif=exif())
    name = "word/media/image1.jpeg"
    written = samples.office(more={name: taken, "word/media/b.png": drawn, "word/media/c.png": "?"})
    after = members(clean(written, Kind.DOCX))
    assert NAME not in b"".join(after.values())
    looks = Image.open(io.BytesIO(after[name])).tobytes()
    assert looks == Image.open(io.BytesIO(taken)).tobytes()
    assert after["word/media/c.png"] == b"?"
    slides = samples.odf(more={"Pictures/1.jpg": taken})
    assert NAME not in members(clean(slides, Kind.ODT))["Pictures/1.jpg"]


def test_properties_that_are_no_xml_go_and_a_signed_file_is_left_alone() -> None:
    broken = samples.office(more={"docProps/core.xml": NAME + b"<"})
    assert NAME not in members(clean(broken, Kind.DOCX))["docProps/core.xml"]
    signed = samples.office(more={"docProps/core.xml": CORE, "_xmlsignatures/sig1.xml": "<s/>"})
    assert clean(signed, Kind.DOCX) == signed


WORD = (
    '<w:document xmlns:w="urn:w"><w:t>By Annegret Ahlers, w:author="Annegret Ahlers"</w:t>'
    '<w:ins w:id="1" w:author="Annegret Ahlers" w:date="2026-01-02T03:04:05Z"><w:t>in</w:t></w:ins>'
    "<w:del w:id='2' w:author='J&#xF8;rn Juul'><w:t>out</w:t></w:del>"
    '<!-- <w:ins w:author="kept"/> --><w:ins w:author="Annegret Ahlers"/></w:document>'
)
COMMENTS = (
    '<w:comments xmlns:w="urn:w"><w:comment w:id="0" w:author="Jørn Juul" w:initials="JJ">'
    "<w:t>Ask Annegret Ahlers</w:t></w:comment></w:comments>"
)
PEOPLE = (
    '<w15:people xmlns:w15="urn:p"><w15:person w15:author="Annegret Ahlers"><w15:presenceInfo '
    'w15:providerId="AD" w15:userId="S::annegret@hafenscan.example::12"/></w15:person></w15:people>'
)


def test_who_commented_or_changed_a_text_becomes_a_number_and_the_words_stay() -> None:
    written = samples.office(
        main=WORD,
        more={
            "word/comments.xml": COMMENTS,
            "word/people.xml": PEOPLE,
            "word/_rels/settings.xml.rels": samples.relations(
                ("attachedTemplate", "file:///C:\\Users\\annegret\\Plan.dotx", True)
            ),
        },
    )
    after = members(clean(written, Kind.DOCX))
    text = after["word/document.xml"].decode()
    assert '<w:t>By Annegret Ahlers, w:author="Annegret Ahlers"</w:t>' in text
    assert '<!-- <w:ins w:author="kept"/> -->' in text
    # Annegret stands in one part after the other and is one person in all of them.
    assert re.findall(r'<w:(ins|del)[^>]* w:author=["\']([^"\']*)', text) == [
        ("ins", "Person 2"), ("del", "Person 1"), ("ins", "kept"), ("ins", "Person 2"),
    ]  # fmt: skip
    assert 'w:date="2026-01-02T03:04:05Z"' in text
    comment = after["word/comments.xml"].decode()
    assert 'w:author="Person 1" w:initials="P"' in comment
    assert "Ask Annegret Ahlers" in comment
    people = after["word/people.xml"].decode()
    assert 'w15:author="Person 2"' in people
    assert "annegret" not in people
    assert b"annegret" not in after["word/_rels/settings.xml.rels"]


@pytest.mark.parametrize(
    ("kind", "part", "said", "left"),
    [
        (Kind.XLSX, "xl/comments1.xml",
         "<comments><authors><author>{}</author><author/></authors><t>{}</t></comments>", 1),
        (Kind.XLSX, "xl/persons/person.xml",
         '<list><person displayName="{}" id="{{1}}" userId="{}" providerId="AD"/></list>', 0),
        (Kind.PPTX, "ppt/commentAuthors.xml",
         '<p:list xmlns:p="urn:p"><p:cmAuthor name="{}" initials="AA"/><p:t>{}</p:t></p:list>', 1),
        (Kind.PPTX, "ppt/authors.xml",
         '<a:authorLst xmlns:a="urn:a"><a:author name="{}" userId="{}"/></a:authorLst>', 0),
    ],
)  # fmt: skip
def test_sheets_and_slides_do_not_name_who_commented(
    kind: Kind, part: str, said: str, left: int
) -> None:
    name = NAME.decode()
    written = samples.office(kind.value, more={part: said.format(name, name)})
    after = members(clean(written, kind))[part]
    assert after.count(NAME) == left, "what is written stays, names of who wrote it go"
    assert b"Person 1" in after


def test_a_workbook_does_not_tell_in_which_folder_it_lay() -> None:
    main = (
        '<workbook><fileSharing userName="Annegret Ahlers"/><x:absPath xmlns:x="urn:x" '
        'url="C:\\Users\\Annegret Ahlers\\"/><sheet name="Annegret Ahlers" url="kept"/></workbook>'
    )
    after = members(clean(samples.office("xlsx", main=main), Kind.XLSX))["xl/workbook.xml"]
    assert b'userName="Person 1"' in after
    assert b'url=""' in after
    assert b'<sheet name="Annegret Ahlers" url="kept"/>' in after


def test_an_opendocument_text_does_not_name_who_changed_it() -> None:
    note = f"<text:p>{NAME.decode()}<office:annotation><dc:creator>{NAME.decode()}</dc:creator>"
    body = f'<x xmlns:dc="urn:dc">{note}</office:annotation></text:p></x>'
    after = members(clean(samples.odf(body=body), Kind.ODT))["content.xml"]
    assert after.count(NAME) == 1
    assert b"<dc:creator>Person 1</dc:creator>" in after


def test_a_table_in_a_chart_is_cleaned_like_a_file_of_its_own() -> None:
    table = samples.office("xlsx", more={"docProps/core.xml": CORE})
    written = samples.office(more={"word/embeddings/table.xlsx": table})
    inside = members(clean(written, Kind.DOCX))["word/embeddings/table.xlsx"]
    assert NAME not in members(inside)["docProps/core.xml"]


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (samples.office(more={"_xmlsignatures/sig1.xml": "<s/>"}), Kind.DOCX, Left.SIGNED),
        (samples.office(more={"word/comments.xml": "<a>" + " " * LONGEST + "</a>"}, stored=
         frozenset({"word/comments.xml"})), Kind.DOCX, Left.TOO_LONG),
        (samples.office(main='<w:ins w:author="a"/>' * (MOST + 1)), Kind.DOCX, Left.TOO_LONG),
        (samples.office(more={"word/media/1.png": b"x" * (MOST_PICTURES + 1)}, stored=
         frozenset({"word/media/1.png"})), Kind.DOCX, Left.PICTURES),
        (samples.office(more={"word/media/1.jpg": b"\xff\xd8\xff cut"}), Kind.DOCX, Left.PICTURES),
        (samples.office(more={"ppt/media/1.tif": b"II*\0" + NAME}), Kind.DOCX, Left.PICTURES),
        (samples.office(more={"word/media/1.png": b"drawn by hand"}), Kind.DOCX, None),
        (samples.office(main=WORD), Kind.DOCX, None),
        (samples.pdf(b"7 0 obj << /ByteRange [0 10 20 30] >> endobj"), Kind.PDF, Left.SIGNED),
        (samples.pdf(), Kind.PDF, None),
    ],
    ids=["signed", "long", "full", "pictures", "cut-picture", "other-picture", "no-picture",
         "clean", "signed-pdf", "pdf"],
)  # fmt: skip
def test_what_cannot_be_cleaned_is_known(content: bytes, kind: Kind, why: Left | None) -> None:
    assert names_left(content, kind) is why


INFO = (
    b"9 0 obj << /Title (Plan) /Author (Annegret \\(Ahlers\\) (Hafenscan)) /Producer (P) >> endobj"
)


def test_a_pdf_loses_its_author_in_place_and_keeps_its_title() -> None:
    written = samples.pdf(INFO + b"\n8 0 obj << /Author <416e6e65> /Company (Hafenscan) >> endobj")
    kept = clean(written, Kind.PDF)
    assert len(kept) == len(written)
    assert b"/Title (Plan)" in kept
    assert b"/Producer (P)" in kept
    for gone in (b"Annegret", b"Ahlers", b"Hafenscan", b"416e6e65"):
        assert gone not in kept


def test_a_pdf_loses_the_author_in_its_metadata() -> None:
    xmp = (
        b"<x:xmpmeta><rdf:Description pdf:Author='" + NAME + b"'><dc:title>Plan</dc:title>"
        b"<dc:creator><rdf:Seq><rdf:li>" + NAME + b"</rdf:li></rdf:Seq></dc:creator>"
    )
    kept = clean(samples.pdf(b"7 0 obj << >> stream\n" + xmp + b"\nendstream"), Kind.PDF)
    assert NAME not in kept
    assert b"<dc:title>Plan</dc:title>" in kept


def test_a_pdf_loses_the_author_that_is_packed_with_other_objects() -> None:
    inside = b"<< /Title (Plan) /Author (" + NAME + b") /Creator (" + bytes(range(65, 90)) + b") >>"
    written = samples.pdf(samples.object_stream(inside))
    kept = clean(written, Kind.PDF)
    assert len(kept) == len(written)
    objects = zlib.decompressobj().decompress(kept[kept.index(b"stream\n") + 7 :])
    assert NAME not in objects
    assert b"/Title (Plan)" in objects


def test_what_a_page_of_a_pdf_shows_is_never_touched() -> None:
    shown = b"6 0 obj << >> stream\nBT (/Author (" + NAME + b")) Tj ET\nendstream endobj"
    written = samples.pdf(shown)
    assert clean(written, Kind.PDF) == written


def test_a_signed_pdf_is_left_alone() -> None:
    written = samples.pdf(INFO + b"\n7 0 obj << /ByteRange [0 10 20 30] >> endobj")
    assert clean(written, Kind.PDF) == written


def test_a_cleaned_pdf_still_opens_and_reads_the_same() -> None:
    made = pypdfium2.PdfDocument.new()
    made.new_page(200, 200)
    target = io.BytesIO()
    made.save(target)
    written = target.getvalue()
    info = b"99 0 obj << /Author (" + NAME + b") >> endobj\n"
    at = written.rindex(b"xref")
    moved = written[:at] + info + written[at:]
    moved = moved.replace(b"startxref\r\n%d" % at, b"startxref\r\n%d" % (at + len(info)))
    kept = clean(moved, Kind.PDF)
    assert NAME not in kept
    assert len(pypdfium2.PdfDocument(kept)) == 1


def test_texts_and_tables_stay_as_they_are() -> None:
    assert clean(b"Author: " + NAME, Kind.TXT) == b"Author: " + NAME


def test_a_broken_orientation_is_none() -> None:
    body = b"Exif\x00\x00II\x2a\x00" + struct.pack("<I", 4_000_000_000)
    segment = struct.pack(">BBH", 0xFF, 0xE1, len(body) + 2) + body
    taken = samples.jpeg()
    kept = clean(taken[:2] + segment + taken[2:], Kind.JPEG)
    assert kept == taken
