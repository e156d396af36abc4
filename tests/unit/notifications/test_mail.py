"""Mails are rows: one per key, sent until taken or refused, secret ones emptied."""

from dataclasses import replace
from pathlib import Path

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.mail import Letter, MailRefused, MailServerAway, Transport, transport
from govmatch.kit.notices import Notice
from govmatch.notifications.actions import deliver, written
from govmatch.notifications.models import Mail
from govmatch.settings import Mode, Settings
from govmatch.worker import Worker
from tests.site import settings_for


class Server:
    """A mail server that can be away, refuse, or take a mail and break off."""

    def __init__(self) -> None:
        self.mode = "up"
        self.got: list[Letter] = []

    def send(self, letter: Letter) -> None:
        if self.mode == "away":
            raise MailServerAway("gone")
        if self.mode == "refuses":
            raise MailRefused("550")
        self.got.append(letter)
        if self.mode == "breaks off":
            raise MailServerAway("line broke")


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def worker(database: Database, settings: Settings, server: Server) -> Worker:
    return Worker(settings, database, server, lambda: 0)


def notice(key: str = "n1", **changes: object) -> Notice:
    given: dict[str, object] = {
        "key": key,
        "mail": "accounts/sign_in",
        "address": "a@example.org",
        "lang": "de",
        "values": {"name": "Ann", "minutes": 15},
        "links": {"link": "/login/abc"},
    }
    return Notice(**(given | changes))  # type: ignore[arg-type]


def post(database: Database, settings: Settings, *notices: Notice) -> None:
    with database.writing() as session:
        for one in notices:
            deliver(session, one, settings=settings, now=real_now())
        commit(session)


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        found = session.query(Mail).order_by(Mail.id).all()
        session.expunge_all()
        return found


def test_a_notice_is_one_mail_however_often_it_is_delivered(
    database: Database, settings: Settings
) -> None:
    post(database, settings, notice(), notice(), notice("n2"))
    assert [mail.key for mail in mails(database)] == ["n1", "n2"]


def test_a_mail_is_sent_once(
    database: Database, settings: Settings, worker: Worker, server: Server
) -> None:
    post(database, settings, notice(), notice("n2", address="b@example.org"))
    worker.drain()
    worker.drain()
    assert sorted(letter.to for letter in server.got) == ["a@example.org", "b@example.org"]
    assert len({letter.message_id for letter in server.got}) == 2


def test_while_the_server_is_away_mails_wait_and_lose_nothing(
    database: Database, settings: Settings, worker: Worker, server: Server
) -> None:
    post(database, settings, notice(), notice("n2"))
    server.mode = "away"
    worker.drain()
    assert server.got == [] and [m.sent_at for m in mails(database)] == [None, None]
    server.mode = "up"
    assert not worker.turn(), "the sender pauses after a failure"
    worker._mail_again_at = 0
    worker.drain()
    assert len(server.got) == 2


def test_a_mail_whose_answer_is_lost_goes_out_again_as_the_same(
    database: Database, settings: Settings, worker: Worker, server: Server
) -> None:
    post(database, settings, notice())
    server.mode = "breaks off"
    worker.drain()
    server.mode = "up"
    worker._mail_again_at = 0
    worker.drain()
    assert len(server.got) == 2
    assert server.got[0].message_id == server.got[1].message_id


def test_a_refused_mail_is_not_tried_again(
    database: Database, settings: Settings, worker: Worker, server: Server
) -> None:
    post(database, settings, notice())
    server.mode = "refuses"
    worker.drain()
    server.mode = "up"
    worker.drain()
    assert server.got == [] and mails(database)[0].refused_at is not None


def test_a_secret_mail_is_emptied_in_production_once_sent(
    database: Database, tmp_path: Path, server: Server
) -> None:
    settings = settings_for(database, tmp_path)
    production = replace(settings, mode=Mode.PRODUCTION, base_url="https://govmatch.example")
    post(database, production, notice(secret=True), notice("n2"))
    Worker(production, database, server, lambda: 0).drain()
    assert [bool(mail.body) for mail in mails(database)] == [False, True]
    assert all("https://govmatch.example/login/abc" in letter.body for letter in server.got)


def test_values_in_a_mail_stay_plain(settings: Settings) -> None:
    trick = "Click https://evil.example\r\nBcc: x@example.org {account}"
    values = {"role": "reviewer", "object": trick}
    given = notice(mail="accounts/role_given", values=values, links={"account": "/account"})
    subject, body = written(given, settings)
    assert "\n" not in subject and "https://evil" not in subject + body
    assert "Click https: evil.example Bcc: x@example.org {account}" in body
    assert body.count("http://127.0.0.1:8000/account") == 1


def test_without_a_mail_server_mails_are_readable_files(
    database: Database, settings: Settings
) -> None:
    post(database, settings, notice())
    outbox: Transport = transport(settings)
    Worker(settings, database, outbox, lambda: 0).drain()
    [file] = settings.outbox_dir.glob("*.eml")
    assert b"To: a@example.org" in file.read_bytes()
