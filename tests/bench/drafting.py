"""Many firms type at once: what a save costs, how long it takes then, and whether one is lost.

python -m tests.bench.drafting FOLDER [--firms 200 --seconds 60] makes a small world of its own in a
new folder, measures, and takes it away again. Every firm has its own account, address and draft; it
types into four fields of one section, is saved a few seconds after it paused, and says every 20 s
that it is there, as static/js/drafting.js does.
"""

import argparse
import asyncio
import random
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import select

from govmatch import settings as settings_module
from govmatch.applications.models import Application
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.migrations.run import migrate
from govmatch.settings import Settings
from tests.bench import costs
from tests.bench.applicant import Applicant, add_applicant
from tests.bench.challenges import add_challenges, frame
from tests.bench.figures import Figure, table
from tests.bench.lines import Lines, address_of
from tests.bench.loading import load_frame, load_taxonomy
from tests.bench.saving import SHARED
from tests.bench.server import Server, environment
from tests.bench.texts import gathered
from tests.bench.world import dice
from tests.site import hidden

PAUSES = (2.5, 7.0)  # seconds between two saves of somebody who types
THERE = 20.0
SAVES = 200


@dataclass
class Typist:
    """One firm's person at one section; `sent` is the text of the last save that was answered."""

    lines: Lines
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    sent: str = ""
    saves: int = 0
    seconds: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    async def type_until(self, end: float, pauses: random.Random) -> None:
        """Type until the time is over."""
        here = time.monotonic()
        while time.monotonic() < end:
            await asyncio.sleep(pauses.uniform(*PAUSES))
            await self._save()
            if time.monotonic() - here > THERE:
                here = time.monotonic()
                await self.lines.post(f"{self.path}/here", {}, by_script=True)

    async def open(self) -> None:
        page = await self.lines.get(self.path)
        if page.status != 200:
            raise costs.Failed(f"{self.path} answered {page.status}")
        self.fields = hidden(page.text, self.path) | costs.texts_in(page.text)

    async def _save(self) -> None:
        count = self.saves + 1
        name = next(name for name, text in self.fields.items() if " " in text)
        text = f"{self.fields[name]}\n\nParagraph {count} of {self.lines.address}."
        fields = self.fields | {name: text, "sequence": str(count)}
        began = time.monotonic()
        answer = await self.lines.post(self.path, fields, by_script=True)
        self.seconds.append(time.monotonic() - began)
        if answer.status != 200:
            self.refused.append(answer.status)
            return
        self.saves, self.sent = count, text
        self.fields = fields | costs.renewed(answer.text)


async def type_together(typists: list[Typist], seconds: float) -> None:
    """Let everybody type for so many seconds, and finish the save that they are at.

    Their pages are opened before, one after the other: firms do not begin at the same second.
    """
    for typist in typists:
        await typist.open()
    end = time.monotonic() + seconds
    await asyncio.gather(
        *(typist.type_until(end, random.Random(n)) for n, typist in enumerate(typists))
    )


def figures(server: Server, database: Database, typists: list[Typist]) -> list[Figure]:
    """Return how long saves took, and how many of them are not there afterwards."""
    seconds = sorted(one for typist in typists for one in typist.seconds)
    refused = sum(len(typist.refused) for typist in typists)
    how = f"{len(seconds):,} saves by {len(typists)} firms, median {median(seconds) * 1000:.0f} ms"
    return [
        Figure(
            name="save while all type, 99 of 100 within",
            value=seconds[int(len(seconds) * 0.99)] * 1000,
            unit="ms",
            limit=500,
            how=f"{how}, at most {seconds[-1] * 1000:.0f} ms",
        ),
        Figure(
            name="saves refused or lost",
            value=refused + lost(database, typists),
            unit="",
            limit=0,
            how=f"CPU of the site {server.cpu():.0f} s in all",
        ),
    ]


def lost(database: Database, typists: list[Typist]) -> int:
    """Count the firms whose last answered save is not what stands in the database."""
    with database.reading() as session:
        kept = {
            f"/applications/{one.public_id}": one.answers
            for one in session.scalars(select(Application))
        }
    return sum(
        typist.sent not in kept[typist.path.partition("/sections")[0]].values()
        for typist in typists
        if typist.saves
    )


def build(settings: Settings, database: Database, firms: int) -> tuple[list[Applicant], str]:
    """Fill an empty database with firms that have a draft each; return them and the section."""
    migrate(database)
    texts, _ = gathered(SHARED, settings.content_dir, dice())
    now = real_now()
    with database.writing() as session:
        content = Folder(settings.content_dir)
        load_taxonomy(session, content, now=now)
        load_frame(session, content, now=now)
        about = frame(session, now=now)
        (open_id, *_) = add_challenges(session, 40, about, texts, now=now)
        found = [
            add_applicant(session, [open_id], texts, now=now, number=n + 1) for n in range(firms)
        ]
        section = about.programme.form["sections"][1]["id"]
        commit(session)
    return found, section


def main() -> int:
    """Print the figures; the status is 1 when one is over its limit."""
    parser = argparse.ArgumentParser(prog="tests.bench.drafting", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--firms", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    folder.mkdir(parents=True)
    settings = settings_module.load(environment(folder))
    database = Database(settings.database)
    applicants, section = build(settings, database, asked.firms + 1)
    with Server(folder) as server:
        alone = applicants.pop()
        path = f"/applications/{alone.drafts[0]}/sections/{section}"
        cost = costs.saving_by_itself(server, alone.token, path, SAVES)
        how = f"{SAVES} saves as typed, 4 changed answers"
        found = [Figure(name="save by itself, CPU", value=cost, unit="ms", limit=15, how=how)]
        typists = [
            Typist(
                Lines(server.port, address_of(n), one.token),
                f"/applications/{one.drafts[0]}/sections/{section}",
            )
            for n, one in enumerate(applicants)
        ]
        asyncio.run(type_together(typists, asked.seconds))
        found += figures(server, database, typists)
    print(table(found))
    database.close()
    shutil.rmtree(folder)
    return 1 if any(one.is_over for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
