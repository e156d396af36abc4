"""What stands in files is read in a process of its own, within limits that hold for all."""

import io
import json
import os
import resource
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from govmatch.files import looking
from govmatch.files.checks import identify
from govmatch.files.kinds import MEDIA_TYPES, Kind
from govmatch.files.looking import BROKEN, Seen, look
from tests.unit.files import samples


def seen(folder: Path, content: bytes, kind: Kind) -> Seen:
    path = folder / "content"
    path.write_bytes(content)
    return look(path, MEDIA_TYPES[kind])


def written(pages: list[str], *, size: str = "0 0 300 200") -> bytes:
    """Return a PDF whose pages say these texts, from the least that readers need."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, text in enumerate(pages):
        shown = b"BT /F 20 Tf 20 100 Td (%s) Tj ET" % text.encode("latin-1")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (size.encode(), 5 + 2 * number),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(shown), shown),
        ]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    body, places = io.BytesIO(), []
    body.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for number, one in enumerate(objects, start=1):
        places.append(body.tell())
        body.write(b"%d 0 obj %s endobj\n" % (number, one))
    at = body.tell()
    body.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    body.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    body.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    body.write(b"startxref\n%d\n%%%%EOF\n" % at)
    return body.getvalue()


def picture(kind: str, size: tuple[int, int], **how: object) -> bytes:
    target = io.BytesIO()
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
    made.save(target, kind, **how)
    return target.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXTS = {
    Kind.TXT: "Blåbærgrød und Straße".encode(),
    Kind.CSV: "Blåbærgrød;Straße".encode("cp1252"),
    Kind.DOCX: samples.office(
        main=f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>Blåbærgrød</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Straße</w:t></w:r></w:p></w:document>"
    ),
    Kind.XLSX: samples.office(
        "xlsx",
        more={
            "xl/sharedStrings.xml": "<sst><si><t>Blåbærgrød</t></si><si><t>Straße</t></si></sst>"
        },
    ),
    Kind.PPTX: samples.office(
        "pptx", more={"ppt/slides/slide1.xml": "<s><p><t>Blåbærgrød</t></p><p>Straße</p></s>"}
    ),
    Kind.ODT: samples.odf(body="<text:p>Blåbærgrød</text:p><text:p>Straße</text:p>"),
    Kind.PDF: written(["Bl\xe5b\xe6rgr\xf8d", "Stra\xdfe"]),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_the_text_of_each_kind_is_read(tmp_path: Path, kind: Kind) -> None:
    assert identify(TEXTS[kind], "x.csv" if kind is Kind.CSV else "x", frozenset(Kind)) is kind
    text = seen(tmp_path, TEXTS[kind], kind).text
    assert "Blåbærgrød" in text
    assert "Straße" in text
    assert "BlåbærgrødStraße" not in text


def test_the_first_pages_of_a_pdf_are_shown_as_pictures(tmp_path: Path) -> None:
    found = seen(tmp_path, written([f"Page {n}" for n in range(8)]), Kind.PDF)
    assert found.pages == 8
    assert len(found.pictures) == looking.MOST_PICTURES
    shown = Image.open(io.BytesIO(found.pictures[0]))
    assert (shown.format, shown.size) == ("WEBP", (1200, 800))
    assert min(shown.convert("L").tobytes()) < 100, "the words are black on white"


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.JPEG])
def test_a_picture_is_shown_smaller_and_made_anew(tmp_path: Path, kind: Kind) -> None:
    found = seen(tmp_path, picture(kind.value, (4000, 2000)), kind)
    [made] = found.pictures
    shown = Image.open(io.BytesIO(made))
    assert (shown.format, shown.size) == ("WEBP", (1200, 600))
    red, green, _ = shown.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert red > 200 > green


def test_a_sideways_photograph_is_shown_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    found = seen(tmp_path, picture("JPEG", (400, 200), exif=turned), Kind.JPEG)
    assert Image.open(io.BytesIO(found.pictures[0])).size == (200, 400)


def test_what_cannot_be_opened_is_broken_and_nothing_else_happens(tmp_path: Path) -> None:
    cut = picture("JPEG", (400, 200))
    assert seen(tmp_path, cut[:200] + b"\xff\xd9", Kind.JPEG) == BROKEN
    assert seen(tmp_path, samples.pdf(b"1 0 obj << >> endobj"), Kind.PDF) == BROKEN
    assert seen(tmp_path, b"PK\x03\x04 nothing", Kind.DOCX) == BROKEN
    assert seen(tmp_path, b"", Kind.PDF) == BROKEN


def test_a_picture_of_900_million_pixels_is_neither_taken_nor_opened(tmp_path: Path) -> None:
    bomb = samples.png(30_000, 30_000)
    assert seen(tmp_path, bomb, Kind.PNG) == BROKEN


def test_a_pdf_of_100000_pages_is_read_in_part_and_in_time(tmp_path: Path) -> None:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << >> >>"
    )
    count = 100_000
    kids = b" ".join([b"5 0 R"] * count)
    many = assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        b"<< >>",
        b"<< /Length 0 >> stream\n\nendstream",
        page,
        *[page] * 50_000,
    ])  # fmt: skip
    assert identify(many, "x.pdf", frozenset({Kind.PDF})) is Kind.PDF
    begin = time.monotonic()
    found = seen(tmp_path, many, Kind.PDF)
    assert time.monotonic() - begin < 2 * looking.SECONDS
    assert found.is_broken or found.pages == count


def test_a_text_is_cut_to_what_the_index_takes(tmp_path: Path) -> None:
    long = ("å" * 99 + "\n").encode() * 20_000
    found = seen(tmp_path, long, Kind.TXT)
    assert len(found.text) == looking.LONGEST_TEXT
    assert "\ufffd" not in found.text
    part = f"<w:p><w:t>{'word ' * 5_000_000}</w:t></w:p>"
    whole = samples.office(main=f'<w:document xmlns:w="{WORD}">{part}</w:document>')
    assert len(seen(tmp_path, whole, Kind.DOCX).text) <= looking.LONGEST_TEXT


def test_the_process_knows_no_secret_and_cannot_grow(tmp_path: Path) -> None:
    """Ask the very process: its environment, and what it may use."""
    asked = (
        "import os, resource, json;"
        "from govmatch.files.looking.__main__ import _limit; _limit();"
        "limits = [resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE];"
        "most = [resource.getrlimit(one)[1] for one in limits];"
        "print(json.dumps([sorted(os.environ), *most]))"
    )
    os.environ["GOVMATCH_SECRET_KEY"] = "zxsecret"
    try:
        said = subprocess.run(
            [sys.executable, "-P", "-c", asked], env=looking._environment(),
            capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
    finally:
        del os.environ["GOVMATCH_SECRET_KEY"]
    names, memory, seconds, output = json.loads(said)
    assert set(names) <= {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LC_ALL", "PATH", "LC_CTYPE"}
    assert (memory, seconds, output) == (looking.MEMORY, looking.SECONDS, looking.OUTPUT)


def test_what_needs_more_memory_than_allowed_is_broken_and_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row = b"\x00" + bytes(3 * 6_000)
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row) for _ in range(6_000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 6_000, 6_000, 8, 2, 0, 0, 0)
    large = b"\x89PNG\r\n\x1a\n" + b"".join(
        samples._chunk(name, body)
        for name, body in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    )
    assert identify(large, "x.png", frozenset({Kind.PNG})) is Kind.PNG
    found = seen(tmp_path, large, Kind.PNG)
    assert found.is_broken or Image.open(io.BytesIO(found.pictures[0])).size == (1200, 1200)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000, "kilobytes; the 108 MB of the picture were the other process's"


def test_a_process_that_writes_something_else_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "fake"
    fake.write_text(
        '#!/bin/sh\necho \'{"text": "a", "pages": 1, "pictures": [5]}\'; echo -n "<svg>"\n'
    )
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert seen(tmp_path, b"x", Kind.TXT) == BROKEN
