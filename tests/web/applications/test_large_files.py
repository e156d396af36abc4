"""Twenty megabytes go through a served site without staying in its memory."""

import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from copy import deepcopy
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from govmatch.files import storage
from govmatch.files.models import StoredFile
from govmatch.kit.db import Database, commit
from govmatch.kit.ids import digest
from govmatch.migrations.run import migrate
from govmatch.programmes.models import Programme
from tests.bench.server import Server
from tests.site import Site, hidden
from tests.unit.files import samples
from tests.web.applications.doing import begin
from tests.web.applications.world import make_world

SIZE = 20_000_000
BORDER = "----zxborder"
NOISE = random.Random(6).randbytes(SIZE - 10_000)


def pdf() -> bytes:
    info = b"9 0 obj << /Author (Annegret) >> endobj\n"
    stream = b"5 0 obj << /Length %d >> stream\n%s\nendstream endobj" % (len(NOISE), NOISE)
    return samples.pdf(info + stream)


def jpeg() -> bytes:
    """Return a picture with EXIF to be taken out, and a scan without markers in it."""
    exif = samples._segment(0xE1, b"Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x00\x00")
    head, end = samples.jpeg()[:-2], samples.jpeg()[-2:]
    return head[:2] + exif + head[2:] + NOISE.replace(b"\xff", b"\xfe") + end


def png() -> bytes:
    whole = samples.png()
    text = samples._chunk(b"tEXt", b"Author\x00Annegret") + samples._chunk(b"IDAT", NOISE)
    at = whole.index(b"IDAT") - 4
    return whole[:at] + text + whole[at:]


def docx() -> bytes:
    target = io.BytesIO(samples.office(more={"docProps/core.xml": "<a><creator>A</creator></a>"}))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/media/image1.png", NOISE)
    return target.getvalue()


def text() -> bytes:
    return zlib.crc32(b"").to_bytes(4).hex().encode() * (SIZE // 8)


def taking_all(form: dict[str, Any]) -> dict[str, Any]:
    """Return the form with a question for papers that takes nine of every kind."""
    mine = deepcopy(form)
    for section in mine["sections"]:
        for question in section["questions"]:
            if question["id"] == "papers":
                question |= {"accept": ["pdf", "jpg", "png", "docx", "txt"], "maximum": 9}
    return mine


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, machine_clock: None
) -> Iterator[tuple[Server, Database, str, str]]:
    """A served site, its database, somebody's cookie, and a section that takes files."""
    folder: Path = tmp_path_factory.mktemp("large")
    database = Database(f"sqlite:///{folder / 'govmatch.db'}")
    migrate(database)
    world = make_world(database)
    with database.writing() as session:
        for programme in session.query(Programme):
            programme.limits = {"file_mb": 24, "files_mb": 500, "files": 20}
            programme.form = taking_all(programme.form)
        commit(session)
    bo = Site(database, folder).as_(world.bo)
    address = begin(bo)
    cookie = "; ".join(f"{name}={value}" for name, value in bo.client.cookies.items())
    with Server(folder) as server:
        yield server, database, cookie, f"{address}/sections/team"
    database.close()


def send(served: tuple[Server, Database, str, str], content: bytes, name: str) -> int:
    """Send a form with one file, in pieces as a browser would, and return the status."""
    server, _, cookie, path = served
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", path, headers={"cookie": cookie})
    fields = {**hidden(line.getresponse().read().decode(), path), "q-skills": "x"}
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    before = "".join(parts) + (
        f'--{BORDER}\r\nContent-Disposition: form-data; name="q-papers"; filename="{name}"\r\n\r\n'
    )
    body = before.encode() + content + f"\r\n--{BORDER}--\r\n".encode()
    line.request(
        "POST", path, body=io.BytesIO(body),
        headers={
            "cookie": cookie, "origin": f"http://127.0.0.1:{server.port}",
            "content-type": f"multipart/form-data; boundary={BORDER}",
            "content-length": str(len(body)),
        },
    )  # fmt: skip
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def test_twenty_megabytes_add_less_than_twenty_megabytes_to_the_process(
    served: tuple[Server, Database, str, str],
) -> None:
    """Of each kind, since each is checked, cleaned and kept in another way."""
    server, database, _, _ = served
    assert send(served, samples.pdf(), "small.pdf") == 303
    before = server.most_resident()
    makers = {"a.pdf": pdf, "a.jpg": jpeg, "a.png": png, "a.docx": docx, "a.txt": text}
    for name, make in makers.items():
        content = make()
        assert SIZE - 20_000 < len(content) < SIZE + 20_000, name
        assert send(served, content, name) == 303, name
        grown = server.most_resident() - before
        assert grown < SIZE / 1e6, f"{name} added {grown:.1f} MB"
    with database.reading() as session:
        files = session.query(StoredFile).filter(StoredFile.size > 1_000_000).all()
        folder = server.data / "files"
        kept = {
            file.name for file in files if digest(storage.read(folder, file.sha256)) == file.sha256
        }
    assert kept == set(makers)
