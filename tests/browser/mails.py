"""Every mail of a journey: who got which, that nobody else got one, and whereto it leads."""

import re
import time
from dataclasses import dataclass, field

from sqlalchemy import select

from govmatch.kit import jobs
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.notifications.models import Mail
from tests.browser.running import MAIL_WITHIN

COPY = "applications/receipt_copy"
BESIDE = ("organisations/lapses",)
"""What falls due beside any journey: papers of shipped firms that lapse."""


def address_of(name: str) -> str:
    return f"{name}@journey.example.org"


@dataclass
class Mails:
    """What the site at `base` sent, read from where it keeps it; each mail is expected once."""

    base: str
    database: Database
    _read: set[int] = field(default_factory=set)
    _newest: dict[tuple[str, str], Mail] = field(default_factory=dict)

    def expect(self, kind: str, *names: str) -> None:
        """Wait until exactly these people got this mail since the last look, and nobody else."""
        self.expect_all({(address_of(name), kind) for name in names})

    def expect_all(self, wanted: set[tuple[str, str]]) -> None:
        """Wait until exactly these mails, as (address, kind), came, and read each of them."""
        end = time.monotonic() + MAIL_WITHIN
        new = self._new()
        while wanted - {(one.address, one.kind) for one in new} and time.monotonic() < end:
            time.sleep(0.1)
            new = self._new()
        got = sorted((one.address, one.kind) for one in new)
        assert got == sorted(wanted), f"these mails came: {got}"
        for one in new:
            self._read.add(one.id)
            self._newest[one.kind, one.address] = one
            self.look_at(one)

    def expect_none(self) -> None:
        """Wait until the worker has nothing left to do, and find that nobody was written to."""
        end = time.monotonic() + MAIL_WITHIN
        while self._is_busy() and time.monotonic() < end:
            time.sleep(0.1)
        assert not self._is_busy()
        self.expect_all(set())

    def said(self, kind: str, name: str) -> str:
        """Return subject and text of the newest mail of this kind to this person."""
        mail = self._newest[kind, address_of(name)]
        return f"{mail.subject}\n{mail.body}"

    def link(self, kind: str, name: str) -> str:
        """Return where the newest mail of this kind leads this person first."""
        return (self._links(self._newest[kind, address_of(name)]) or [""])[0]

    def look_at(self, mail: Mail) -> None:
        """Find that a mail leads to this site, unless its reader may be a stranger."""
        assert self._links(mail) or mail.kind == COPY, f"{mail.subject}\n{mail.body}"

    def _links(self, mail: Mail) -> list[str]:
        return re.findall(rf"{re.escape(self.base)}(/\S+)", mail.body)

    def _is_busy(self) -> bool:
        with self.database.reading() as session:
            return jobs.has_undispatched(session) or jobs.has_open(session, now=real_now())

    def _new(self) -> list[Mail]:
        with self.database.reading() as session:
            unread = Mail.id.not_in(self._read), Mail.kind.not_in(BESIDE)
            found = session.scalars(select(Mail).where(*unread))
            mails = list(found)
            session.expunge_all()
            return mails
