"""What the scanner has not passed is given to nobody; what came while it was down had come."""

from datetime import timedelta
from pathlib import Path

import pytest

from govmatch import settings as settings_module
from govmatch.files import findings, scanner
from govmatch.files.actions import Owner, store
from govmatch.files.models import FileContent, Scan, StoredFile
from govmatch.files.queries import content_of, with_content
from govmatch.files.refused import INFECTED, Refused
from govmatch.files.scanner import Found, ScannerAway, Verdict
from govmatch.files.showing import states
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.journal import JournalRow
from govmatch.settings import Settings, SettingsError
from govmatch.web.visit import Upload
from govmatch.worker import Worker
from govmatch.worker.examining import Examiner
from tests.site import Postbox, settings_for
from tests.unit.files import clamd
from tests.web.applications.world import person

NOW = real_now()


def kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_the_scanner_is_sent_the_whole_content_and_its_word_is_understood(tmp_path: Path) -> None:
    with clamd.running() as server:
        assert scanner.is_there(server.address)
        clean = kept(tmp_path / "a", b"x" * 200_000)
        assert scanner.scan(server.address, clean) == Found(Verdict.CLEAN)
        assert server.seen == [200_000]
        bad = kept(tmp_path / "b", b"y" * 70_000 + clamd.VIRUS)
        assert scanner.scan(server.address, bad) == Found(Verdict.INFECTED, "Test.Virus")
        odd = kept(tmp_path / "c", clamd.SILLY)
        assert scanner.scan(server.address, odd).verdict is Verdict.FAILED


def test_a_scanner_that_takes_less_says_so_and_is_not_away(tmp_path: Path) -> None:
    with clamd.running(most=100_000) as server:
        large = kept(tmp_path / "a", b"x" * 5_000_000)
        assert scanner.scan(server.address, large).verdict is Verdict.FAILED


def test_nobody_there_is_said_and_not_taken_for_a_verdict(tmp_path: Path) -> None:
    content = kept(tmp_path / "a", b"x")
    for address in (f"tcp://127.0.0.1:{clamd.closed_port()}", f"unix:{tmp_path}/none.sock"):
        assert not scanner.is_there(address)
        with pytest.raises(ScannerAway):
            scanner.scan(address, content)


@pytest.mark.parametrize("address", ["localhost:3310", "http://a", "tcp://", "unix:clamd", "tcp:x"])
def test_an_address_that_is_none_stops_the_start(address: str) -> None:
    with pytest.raises(SettingsError, match=r"^scanner:"):
        settings_module.load({"GOVMATCH_MODE": "test", "GOVMATCH_CONFIG": "-"}, scanner=address)


class Case:
    """A person's files on a site with a scanner."""

    def __init__(self, database: Database, folder: Path, address: str) -> None:
        self.database = database
        self.settings = settings_for(database, folder, scanner=address)
        self.examiner = Examiner(self.settings, database)
        with database.writing() as session:
            self.bo = Actor(person_id=person(session, "bo", NOW).id)
            commit(session)

    def add(self, content: bytes, *, settings: Settings | None = None) -> str:
        """Add a file and return the SHA-256 of its content."""
        with self.database.writing() as session:
            file = store(
                session, Upload("plan.txt", content), settings=settings or self.settings,
                owner=Owner("application", 7), slot="plan", allowed=(), max_mb=1,
                actor=self.bo, now=NOW,
            )  # fmt: skip
            commit(session)
            return file.sha256

    def scan_of(self, sha256: str) -> Scan:
        with self.database.reading() as session:
            found = content_of(session, sha256)
            assert found is not None
            return Scan(found.scan)

    def is_held(self, sha256: str) -> bool:
        with self.database.reading() as session:
            content = content_of(session, sha256)
            assert content is not None
            files = with_content(session, content.id)
            return states(session, files)[files[0].public_id].is_held

    def events(self) -> list[str]:
        with self.database.reading() as session:
            rows = session.query(JournalRow).order_by(JournalRow.id)
            return [row.event for row in rows if row.subject_kind == "content"]


def test_while_the_scanner_is_down_files_wait_and_are_released_after_it(
    database: Database, tmp_path: Path
) -> None:
    port = clamd.closed_port()
    case = Case(database, tmp_path, f"tcp://127.0.0.1:{port}")
    good, bad = case.add(b"a plan"), case.add(b"a plan with " + clamd.VIRUS)
    assert case.examiner.finish() == 0
    assert (case.scan_of(good), case.scan_of(bad)) == (Scan.WAITING, Scan.WAITING)
    assert case.is_held(good) and case.is_held(bad)
    with clamd.running(port):
        case.examiner.finish()
    assert (case.scan_of(good), case.scan_of(bad)) == (Scan.CLEAN, Scan.INFECTED)
    assert not case.is_held(good)
    assert case.is_held(bad)
    assert sorted(case.events()) == ["ContentBlocked", "ContentRead", "ContentReleased"]
    with case.database.reading() as session:
        times = {file.uploaded_at for file in session.query(StoredFile)}
    assert times == {NOW}


def test_nothing_is_read_out_of_a_content_before_it_is_released(
    database: Database, tmp_path: Path
) -> None:
    case = Case(database, tmp_path, f"tcp://127.0.0.1:{clamd.closed_port()}")
    sha256 = case.add(b"the plan")
    case.examiner.finish()
    with database.reading() as session:
        content = content_of(session, sha256)
        assert content is not None
        assert (content.text, content.looked_at) == ("", None)


def test_a_known_virus_is_refused_at_once(database: Database, tmp_path: Path) -> None:
    with clamd.running() as server:
        case = Case(database, tmp_path, server.address)
        case.add(clamd.VIRUS)
        case.examiner.finish()
    with pytest.raises(Refused) as refusal:
        case.add(clamd.VIRUS)
    assert refusal.value.reason == INFECTED


def test_who_added_it_is_told_by_mail_once(database: Database, tmp_path: Path) -> None:
    with clamd.running() as server:
        case = Case(database, tmp_path, server.address)
        case.add(clamd.VIRUS)
        case.examiner.finish()
    postbox = Postbox()
    worker = Worker(case.settings, database, postbox, lambda: 0)
    worker.drain()
    worker.drain()
    [letter] = postbox.letters
    assert letter.subject == "A file of yours contains harmful software"
    assert "plan.txt" in letter.body


def test_what_the_scanner_can_say_nothing_of_is_blocked_after_five_tries(
    database: Database, tmp_path: Path
) -> None:
    case = Case(database, tmp_path, "tcp://127.0.0.1:1")
    sha256 = case.add(b"odd")
    for number in range(1, findings.MOST_TRIES + 1):
        assert case.scan_of(sha256) == Scan.WAITING
        with database.writing() as session:
            content = session.query(FileContent).one()
            findings.note_scan(
                session, content, Verdict.FAILED, now=NOW + timedelta(minutes=number)
            )
            commit(session)
    assert case.scan_of(sha256) == Scan.UNCHECKABLE
    assert case.is_held(sha256)


def test_one_odd_file_does_not_keep_the_others_waiting(database: Database, tmp_path: Path) -> None:
    with clamd.running() as server:
        case = Case(database, tmp_path, server.address)
        odd, good = case.add(clamd.SILLY), case.add(b"a plan")
        case.examiner.finish()
    assert (case.scan_of(odd), case.scan_of(good)) == (Scan.WAITING, Scan.CLEAN)


def test_what_came_before_there_was_a_scanner_is_scanned_when_there_is_one(
    database: Database, tmp_path: Path
) -> None:
    with clamd.running() as server:
        case = Case(database, tmp_path, server.address)
        without = settings_for(database, tmp_path)
        sha256 = case.add(clamd.VIRUS, settings=without)
        assert case.scan_of(sha256) == Scan.NOT_ASKED
        assert not case.is_held(sha256)
        case.examiner.finish()
    assert case.scan_of(sha256) == Scan.INFECTED


def test_an_operator_without_a_scanner_leaves_nothing_in_quarantine(
    database: Database, tmp_path: Path
) -> None:
    case = Case(database, tmp_path, f"tcp://127.0.0.1:{clamd.closed_port()}")
    sha256 = case.add(b"a plan")
    Examiner(settings_for(database, tmp_path), database).finish()
    assert case.scan_of(sha256) == Scan.NOT_ASKED
    assert not case.is_held(sha256)


def test_the_worker_does_other_things_while_a_content_is_examined(
    database: Database, tmp_path: Path
) -> None:
    """A step hands out and comes back; what was found is written in a later one."""
    with clamd.running() as server:
        case = Case(database, tmp_path, server.address)
        sha256 = case.add(b"a plan")
        assert case.examiner.step() == 0
        thread = case.examiner._thread
        assert thread is not None
        thread.join()
        assert case.scan_of(sha256) == Scan.WAITING
        assert case.examiner.step() == 1
    assert case.scan_of(sha256) == Scan.CLEAN
