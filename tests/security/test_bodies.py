"""Bodies made to keep a server busy, or to slip past a reader: refused, and soon."""

from collections.abc import Iterator

import pytest

from tests.security.asking import FORM, Got
from tests.security.forms import form_for
from tests.security.house import House
from tests.timing import soonest
from tests.unit.files.samples import pdf

pytestmark = pytest.mark.security(18)

MEGABYTE = 1_000_000
SOON = 1.0  # seconds of processor time
MULTIPART = "multipart/form-data; boundary=zx"


def part(head: str, body: str = "x") -> bytes:
    return f"--zx\r\n{head}\r\n\r\n{body}\r\n".encode("utf-8", "surrogateescape")


def named(name: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}'


END = b"--zx--\r\n"
MANY_HEADERS = "\r\n".join(f"X-{n}: y" for n in range(20_000))
REFUSED: dict[str, tuple[str, bytes]] = {
    "5,000 fields": (MULTIPART, b"".join(part(named(f"f{n}")) for n in range(5_000)) + END),
    "5,000 files": (MULTIPART, part(named("f", '; filename="a.txt"')) * 5_000 + END),
    "20,000 headers": (MULTIPART, part(f"{named('f')}\r\n{MANY_HEADERS}") + END),
    "a header of 1 MB": (MULTIPART, part(f"{named('f')}\r\nX: {'y' * MEGABYTE}") + END),
    "a preamble of 5 MB": (MULTIPART, b"y" * 5 * MEGABYTE + b"\r\n" + part(named("f")) + END),
    "a field of 5 MB": (MULTIPART, part(named("f"), "y" * 5 * MEGABYTE) + END),
    "an epilogue of 5 MB": (MULTIPART, part(named("f")) + END + b"y" * 5 * MEGABYTE),
    "boundaries and nothing else": (MULTIPART, b"--zx\r\n" * 200_000 + END),
    "200,000 names": (FORM, b"&".join(b"a%d=" % n for n in range(200_000))),
    "1 MB of separators": (FORM, b"&=" * (MEGABYTE // 2) + b"&a=1" * 2000),
    "no boundary": ("multipart/form-data", part(named("f")) + END),
    "an empty boundary": ("multipart/form-data; boundary=", part(named("f")) + END),
    "another boundary": ("multipart/form-data; boundary=yy", part(named("f")) + END),
    "a part without a name": (MULTIPART, part("Content-Disposition: form-data") + END),
    "a part without a disposition": (MULTIPART, part("X-Header: y") + END),
    "not a form": ("application/octet-stream", b"\x00" * 1000),
}


def send(house: House, path: str, kind: str, body: bytes, who: str = "bo") -> tuple[Got, float]:
    headers = [
        ("origin", house.door.origin),
        ("content-type", kind),
        ("content-length", str(len(body))),
    ]
    return soonest(lambda: house.ask(who, "POST", path, headers=headers, body=body), under=SOON)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("where", ["/login", "/applications/{}/sections/attachments"])
def test_a_body_made_to_hurt_is_refused_soon(house: House, name: str, where: str) -> None:
    path, (kind, body) = where.format(house.ids["application draft"]), REFUSED[name]
    before = house.changes()
    got, took = send(house, path, kind, body)
    takes_files = where != "/login" and name in {"a preamble of 5 MB", "an epilogue of 5 MB"}
    assert 400 <= got.status < 500 or takes_files, got.status
    assert took < SOON
    assert house.changes() == before or takes_files


@pytest.mark.parametrize("name", ["5,000 fields", "a field of 5 MB", "200,000 names"])
def test_no_length_given_helps(house: House, name: str) -> None:
    """In pieces, and with a length that is not true: what comes is counted."""
    kind, body = REFUSED[name]

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(body), 65_536):
            yield body[at : at + 65_536]

    for length in ([], [("content-length", "10")]):
        headers = [("origin", house.door.origin), ("content-type", kind), *length]
        got = house.ask("visitor", "POST", "/login", headers=headers, body=pieces())
        assert got.status in {400, 413}


def test_a_text_too_long_beside_files_is_said_to_be_too_large(house: House) -> None:
    path = f"/applications/{house.ids['application draft']}/sections/attachments"
    got, _ = send(house, path, *REFUSED["a field of 5 MB"])
    assert got.status == 413


NAMES = [
    "../../../etc/passwd.pdf", "..\\..\\windows\\system.pdf", "a\r\nSet-Cookie: x=y.pdf",
    "a\\r\\nSet-Cookie: x=y.pdf", "%0d%0aSet-Cookie:x=y.pdf", "x.pdf\x00.html.pdf", ".htaccess.pdf",
    "con.pdf", "\u202efdp.exe.pdf", "a" * 900 + ".pdf", "-rf.pdf", "=cmd.pdf", "~.pdf", "a;b=c.pdf",
    "/etc/passwd.pdf", "C:\\x.pdf", "\u0130\u017f.pdf", " .pdf", "'.pdf", "<b>.pdf", "ø.pdf",
]  # fmt: skip


def upload(house: House, name: str, content: bytes, kind: str) -> tuple[Got, float]:
    """Add a file to Bo's draft, with everything that his page sends along."""
    path = f"/applications/{house.ids['application draft']}/sections/attachments"
    form = form_for(house.get("bo", path).text, path)
    head = named("q-documents", f'; filename="{name}"') + f"\r\nContent-Type: {kind}"
    body = part(head, "").removesuffix(b"\r\n") + content + b"\r\n"
    return send(
        house, path, MULTIPART, b"".join(part(named(n), v) for n, v in form.fields) + body + END
    )


@pytest.mark.security(22)
def test_the_name_of_a_file_names_nothing_but_the_file(house: House) -> None:
    """It is kept bare, and stands whole in one header when the file is fetched."""
    taken = []
    for name in NAMES:
        house.put_back()
        known = {row[0] for row in house.rows("SELECT public_id FROM files")}
        got, took = upload(house, name, pdf(name.encode("utf-8", "replace")), "text/html")
        assert got.status in {303, 400, 422} and took < SOON, (name[:40], got.status)
        for public_id, kept in house.rows("SELECT public_id, name FROM files"):
            if public_id not in known:
                taken.append(name)
                assert not set("/\\\r\n\0\u202e") & set(kept) and not kept.startswith(".")
                assert len(kept) <= 255
                assert_bare(house, public_id)
    assert len(taken) > 10


def assert_bare(house: House, public_id: str) -> None:
    fetched = house.get("bo", f"/applications/{house.ids['application draft']}/files/{public_id}")
    assert fetched.status == 200
    assert fetched.header("set-cookie") == ""
    assert fetched.header("content-type") == "application/pdf"
    disposition = fetched.header("content-disposition")
    assert disposition.startswith('attachment; filename="') and disposition.isascii()
    assert not set("\r\n\\/<>") & set(disposition)


@pytest.mark.security(7)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='zxrun()'/>"),
        ("a.html", b"<script>zxrun()</script>"),
        ("a.pdf", b"<html><script>zxrun()</script></html>"),
        ("a.pdf", b"<script>zxrun()</script>%PDF-1.7\n%%EOF\n"),
        ("a.png", b"GIF89a=1;zxrun()/*"),
        ("a.xml", b"<?xml version='1.0'?><?xml-stylesheet href='javascript:zxrun()'?><a/>"),
        ("a.pdf.html", b"%PDF-1.7\n<script>zxrun()</script>\n%%EOF\n"),
        ("a.js", b"zxrun()"),
        ("a.docx", b"PK\x03\x04not an archive"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_what_a_browser_would_run_is_not_taken(house: House, name: str, content: bytes) -> None:
    before = len(house.rows("SELECT id FROM files"))
    got, _ = upload(house, name, content, "application/pdf")
    assert got.status == 422
    assert len(house.rows("SELECT id FROM files")) == before
