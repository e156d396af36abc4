"""Every mail of the journey: who got which, when nobody else did, and what it may not say."""

import re
import time
from dataclasses import dataclass, field

from sqlalchemy import select

from govmatch.decisions.models import Outcome
from govmatch.decisions.showing import OUTCOMES
from govmatch.kit import jobs
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database
from govmatch.kit.i18n import say
from govmatch.notifications.models import Mail
from tests.browser.running import MAIL_WITHIN
from tests.browser.selecting import Case, address_of

RECEIPT, COPY, ROLE = (
    "applications/receipt",
    "applications/receipt_copy",
    "accounts/role_given",
)


@dataclass
class Mails:
    """What the site sent, read from where it keeps it; each mail is expected once."""

    case: Case
    database: Database
    _read: set[int] = field(default_factory=set)
    _links: dict[tuple[str, str], str] = field(default_factory=dict)

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
            self._look_at(one)

    def expect_none(self) -> None:
        """Wait until the worker has nothing left to do, and find that nobody was written to."""
        end = time.monotonic() + MAIL_WITHIN
        while self._is_busy() and time.monotonic() < end:
            time.sleep(0.1)
        assert not self._is_busy()
        self.expect_all(set())

    def _is_busy(self) -> bool:
        with self.database.reading() as session:
            return jobs.has_undispatched(session) or jobs.has_open(session, now=real_now())

    def link(self, kind: str, name: str) -> str:
        """Return where the newest mail of this kind leads this person."""
        return self._links[kind, address_of(name)]

    def _new(self) -> list[Mail]:
        with self.database.reading() as session:
            found = session.scalars(select(Mail).where(Mail.id.not_in(self._read)))
            mails = list(found)
            session.expunge_all()
            return mails

    def _look_at(self, mail: Mail) -> None:
        """Read a mail: in whose language it is, whereto it leads, and nothing that leaks."""
        self._read.add(mail.id)
        said = f"{mail.subject}\n{mail.body}"
        if mail.kind not in {RECEIPT, COPY, ROLE}:
            assert mail.lang == self.case.lang
            assert self.case.title in said
            for word in self._secrets():
                assert word.casefold() not in said.casefold(), (mail.kind, word)
        for firm in self.case.names.values():
            assert firm not in said, (mail.kind, firm)
        base = re.escape(self.case.site.base)
        links = re.findall(rf"{base}(/\S+)", mail.body)
        assert links or mail.kind == COPY, said
        self._links[mail.kind, mail.address] = links[0] if links else ""

    def _secrets(self) -> list[str]:
        """Return what no mail says: the results, in the language of the reader."""
        return [say(OUTCOMES[one][0], self.case.lang) for one in Outcome]
