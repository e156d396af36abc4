"""The closing hour: many firms add an attachment, check and submit, all in one minute.

python -m tests.bench.closing FOLDER [--firms 500 --seconds 60] makes a small world of its own in a
new folder, measures, and takes it away again. Every firm has its own account, address and complete
draft of one challenge. It opens the section with the attachments, sends a picture of its own, opens
the check, and submits; each third one presses twice. Afterwards the database and the folder of
files are compared with what each was told.
"""

import argparse
import asyncio
import random
import shutil
import struct
import sys
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import select

from govmatch import settings as settings_module
from govmatch.applications.models import Application, Version
from govmatch.files.models import StoredFile
from govmatch.files.storage import path_of
from govmatch.kit.db import Database, ReadSession
from govmatch.kit.spooled import digest_of
from govmatch.settings import Settings
from tests.bench.drafting import build
from tests.bench.figures import Figure, table
from tests.bench.lines import Lines, address_of
from tests.bench.server import Server, environment
from tests.site import hidden

SECTION, QUESTION = "attachments", "documents"
SIDE = 200  # pixels; a picture of noise has about 120 KB
TWICE = 3


@dataclass
class Sender:
    """One firm's person with a complete draft; `receipts` is where each press has led."""

    lines: Lines
    path: str
    presses: int
    receipts: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    problem: str = ""

    async def send(self, after: float, picture: bytes) -> None:
        """Add the picture and submit, so many seconds from now; notes what did not work."""
        await asyncio.sleep(after)
        try:
            await self._attach(picture)
            await self._submit()
        except (OSError, AssertionError, ValueError, IndexError) as error:
            self.problem = f"{type(error).__name__}: {error}"[:200]

    async def _attach(self, picture: bytes) -> None:
        section = f"{self.path}/sections/{SECTION}"
        page = await self.lines.get(section)
        fields = hidden(page.text, section) | {"then": "list"}
        file = (f"q-{QUESTION}", "sketch.png", picture)
        began = time.monotonic()
        answer = await self.lines.post_file(section, fields, file)
        self.seconds.append(time.monotonic() - began)
        assert answer.status == 303, f"the file was answered with {answer.status}"

    async def _submit(self) -> None:
        page = await self.lines.get(f"{self.path}/check")
        fields = hidden(page.text, f"{self.path}/submit") | {"confirmed": "on"}
        began = time.monotonic()
        answers = await asyncio.gather(
            *(self.lines.post(f"{self.path}/submit", fields) for _ in range(self.presses))
        )
        self.seconds.append(time.monotonic() - began)
        assert {one.status for one in answers} == {303}, [one.status for one in answers]
        self.receipts = [one.location for one in answers]


def picture(dice: random.Random) -> bytes:
    """Return a PNG of noise, another one each time."""
    line = 3 * SIDE
    pixels = b"".join(b"\0" + dice.randbytes(line) for _ in range(SIDE))

    def part(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(pixels, 1))
        + part(b"IEND", b"")
    )


async def send_all(senders: list[Sender], seconds: float) -> float:
    """Let everybody send at some instant within so many seconds; return how long it took."""
    dice = random.Random(4)
    began = time.monotonic()
    await asyncio.gather(*(one.send(dice.uniform(0, seconds), picture(dice)) for one in senders))
    return time.monotonic() - began


def figures(
    server: Server, settings: Settings, database: Database, senders: list[Sender], took: float
) -> list[Figure]:
    """Return what was lost, what is there twice, and how long people waited."""
    with database.reading() as session:
        lost = sum(_is_lost(session, settings, one) for one in senders)
        doubled = sum(_is_doubled(session, one) for one in senders)
    waits = sorted(one for sender in senders for one in sender.seconds)
    problems = sorted({one.problem for one in senders if one.problem})[:3]
    presses = sum(one.presses for one in senders)
    how = f"{len(senders)} firms, {presses} presses, {took:.0f} s; {'; '.join(problems)}"
    return [
        Figure(name="submissions lost or refused", value=lost, unit="", limit=0, how=how),
        Figure(name="submissions doubled", value=doubled, unit="", limit=0),
        Figure(
            name="wait for a file or a receipt, 99 of 100 within",
            value=waits[int(len(waits) * 0.99)] * 1000,
            unit="ms",
            how=f"median {median(waits) * 1000:.0f} ms, at most {waits[-1] * 1000:.0f} ms; "
            f"CPU of the site {server.cpu():.0f} s in all",
        ),
    ]


def _is_lost(session: ReadSession, settings: Settings, sender: Sender) -> bool:
    """True where there is no receipt, or not what it stands for, to the last byte of its file."""
    versions = _versions(session, sender)
    if sender.problem or not sender.receipts or not versions:
        return True
    names = versions[-1].answers.get(QUESTION) or []
    found = select(StoredFile).where(StoredFile.public_id.in_(names))
    files = [one for one in session.scalars(found) if one.removed_at is None]
    return len(files) != 1 or not _is_on_disk(settings, files[0])


def _is_on_disk(settings: Settings, file: StoredFile) -> bool:
    path = path_of(settings.files_dir, file.sha256)
    return path.is_file() and digest_of(path.read_bytes()) == file.sha256


def _is_doubled(session: ReadSession, sender: Sender) -> bool:
    return len(_versions(session, sender)) > 1 or len(set(sender.receipts)) > 1


def _versions(session: ReadSession, sender: Sender) -> list[Version]:
    found = (
        select(Version)
        .join(Application, Application.id == Version.application_id)
        .where(Application.public_id == sender.path.rpartition("/")[2])
    )
    return list(session.scalars(found.order_by(Version.number)))


def main() -> int:
    """Print the figures; the status is 1 when one is over its limit."""
    parser = argparse.ArgumentParser(prog="tests.bench.closing", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--firms", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    folder.mkdir(parents=True)
    settings = settings_module.load(environment(folder))
    database = Database(settings.database)
    applicants, _ = build(settings, database, asked.firms)
    with Server(folder) as server:
        senders = [
            Sender(
                Lines(server.port, address_of(n), one.token),
                f"/applications/{one.drafts[0]}",
                presses=1 if n % TWICE else 2,
            )
            for n, one in enumerate(applicants)
        ]
        took = asyncio.run(send_all(senders, asked.seconds * 0.95))
        found = figures(server, settings, database, senders, took)
    print(table(found))
    database.close()
    shutil.rmtree(folder)
    return 1 if any(one.is_over for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
