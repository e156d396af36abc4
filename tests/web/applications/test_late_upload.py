"""The deadline passes while a file is on its way to a served site."""

import re
import time
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.files.models import StoredFile
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.migrations.run import migrate
from tests.bench.server import Server
from tests.site import Site, hidden, text_of
from tests.unit.files import samples
from tests.web.applications.doing import begin
from tests.web.applications.world import make_world

BORDER = "----zxborder"


@pytest.fixture
def served(tmp_path: Path, machine_clock: None) -> Iterator[tuple[Server, Database, str, str]]:
    """A served site, its database, somebody's cookie, and a section that takes files."""
    database = Database(f"sqlite:///{tmp_path / 'govmatch.db'}")
    migrate(database)
    world = make_world(database)
    bo = Site(database, tmp_path).as_(world.bo)
    address = begin(bo)
    cookie = "; ".join(f"{name}={value}" for name, value in bo.client.cookies.items())
    with Server(tmp_path) as server:
        yield server, database, cookie, f"{address}/sections/team"
    database.close()


def body_of(page: str, path: str) -> bytes:
    fields = {**hidden(page, path), "q-skills": "What was typed beside the file"}
    parts = [
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    named = 'name="q-papers"; filename="late.pdf"'
    parts.append(f"--{BORDER}\r\nContent-Disposition: form-data; {named}\r\n\r\n")
    return "".join(parts).encode() + samples.pdf() + f"\r\n--{BORDER}--\r\n".encode()


def close_now(database: Database, path: str) -> datetime:
    """Let the deadline be over; returns it."""
    with database.writing() as session:
        public_id = path.split("/")[2]
        found = session.query(Application).filter_by(public_id=public_id).one()
        challenge = session.get_one(Challenge, found.challenge_id)
        closes = challenge.closes = real_now()
        commit(session)
    return closes


def sent_slowly(
    served: tuple[Server, Database, str, str], *, late: bool
) -> tuple[int, str, datetime]:
    """Send half of a form, wait, send the rest; the deadline passes meanwhile, or behind it."""
    server, database, cookie, path = served
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", path, headers={"cookie": cookie})
    body = body_of(line.getresponse().read().decode(), path)
    line.putrequest("POST", path)
    for name, value in {
        "cookie": cookie,
        "origin": f"http://127.0.0.1:{server.port}",
        "content-type": f"multipart/form-data; boundary={BORDER}",
        "content-length": str(len(body)),
    }.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(body[: len(body) // 2])
    closes = close_now(database, path) if late else real_now()
    time.sleep(0.05)
    line.send(body[len(body) // 2 :])
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()
    return answer.status, said, closes


def kept_files(database: Database) -> int:
    with database.reading() as session:
        return session.query(StoredFile).count()


def test_a_file_that_is_whole_only_after_the_deadline_is_refused_with_the_time(
    served: tuple[Server, Database, str, str],
) -> None:
    status, said, closes = sent_slowly(served, late=True)
    assert status == 403
    told = re.search(r"what you sent was here at (\d\d:\d\d:\d\d)", text_of(said))
    assert told, text_of(said)
    with served[1].reading() as session:
        (zone,) = {one.zone for one in session.query(Challenge)}
    between = [closes, real_now()]
    first, last = (f"{one.astimezone(ZoneInfo(zone)):%H:%M:%S}" for one in between)
    assert first <= told[1] <= last or first > last, "midnight passed"
    assert "The deadline has passed. It was" in text_of(said)
    assert kept_files(served[1]) == 0


def test_the_same_file_counts_when_it_is_whole_before(
    served: tuple[Server, Database, str, str],
) -> None:
    status, _, _ = sent_slowly(served, late=False)
    assert status == 303
    assert kept_files(served[1]) == 1
