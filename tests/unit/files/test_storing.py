"""An upload is on disk before its row is committed, and goes when nothing needs it any more."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from govmatch.files import handlers, storage
from govmatch.files.actions import UPLOADS, Owner, keep, remove, store
from govmatch.files.kinds import Kind
from govmatch.files.models import StoredFile
from govmatch.files.personal import erase, export
from govmatch.files.queries import of_owner, of_owner_by_id
from govmatch.files.refused import Refused
from govmatch.kit.actor import Actor
from govmatch.kit.background import Background
from govmatch.kit.clock import real_now
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.errors import TooMany
from govmatch.kit.ids import digest
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from govmatch.web.visit import Upload
from tests.unit.files import samples
from tests.web.applications.world import person

NOW = real_now()
TEXT = b"a plan\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def bo(session: Session) -> Actor:
    return Actor(person_id=person(session, "bo", NOW).id)


def take(session: Session, settings: Settings, actor: Actor, **more: Any) -> StoredFile:
    given: dict[str, Any] = {
        "upload": Upload("plan.txt", TEXT),
        "owner": Owner("application", 7),
        "slot": "plan",
        "allowed": ["txt", "pdf"],
        "max_mb": 1,
        "now": NOW,
        **more,
    }
    upload = given.pop("upload")
    return store(session, upload, settings=settings, actor=actor, **given)


def test_a_stored_file_lies_under_its_hash_and_keeps_its_facts(
    session: Session, settings: Settings, bo: Actor
) -> None:
    file = take(session, settings, bo)
    path = settings.files_dir / digest(TEXT)[:2] / digest(TEXT)
    assert path.read_bytes() == TEXT
    assert storage.read(settings.files_dir, file.sha256) == TEXT
    assert (file.name, file.size, file.media_type) == ("plan.txt", 7, "text/plain; charset=utf-8")
    assert [p for p in path.parent.iterdir() if p != path] == []
    assert path.parent.stat().st_mode & 0o077 == 0


def test_everything_is_synced_before_the_row_is_there(
    session: Session, settings: Settings, bo: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fsync is told: the content, then the folder that names it, and new folders' parents."""
    synced: list[str] = []

    def note(number: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{number}").readlink()))

    monkeypatch.setattr(os, "fsync", note)
    file = take(session, settings, bo)
    folder = str(settings.files_dir / file.sha256[:2])
    assert synced[:2] == [str(settings.files_dir), str(settings.data_dir)]
    assert synced[2].startswith(folder)
    assert synced[2].endswith(".part")
    assert synced[3:] == [folder]


def test_the_same_content_in_the_same_slot_is_one_file(
    session: Session, settings: Settings, bo: Actor
) -> None:
    first = take(session, settings, bo)
    assert take(session, settings, bo, upload=Upload("other.txt", TEXT)) is first
    elsewhere = take(session, settings, bo, slot="annex")
    assert elsewhere is not first
    assert elsewhere.sha256 == first.sha256


def test_a_file_is_found_for_its_own_thing_only(
    session: Session, settings: Settings, bo: Actor
) -> None:
    file = take(session, settings, bo)
    assert of_owner_by_id(session, "application", 7, file.public_id) is file
    assert of_owner_by_id(session, "application", 8, file.public_id) is None
    assert of_owner_by_id(session, "pilot", 7, file.public_id) is None
    remove(session, file, now=NOW)
    assert of_owner_by_id(session, "application", 7, file.public_id) is None


@pytest.mark.parametrize(
    ("size", "max_mb", "limit"), [(1_000_001, 1, 1), (2_000_001, 2, 2), (1_048_577, 9, 1)]
)
def test_a_file_that_is_too_large_is_refused_with_the_limit(
    session: Session, tmp_path: Path, bo: Actor, size: int, max_mb: int, limit: int
) -> None:
    settings = Settings(data_dir=tmp_path, max_upload_mb=1 if max_mb == 9 else 25)
    with pytest.raises(Refused) as refusal:
        take(session, settings, bo, upload=Upload("x.txt", b"x" * size), max_mb=max_mb)
    assert refusal.value.reason.values == {"limit": limit}
    assert not settings.files_dir.exists()


def test_nothing_of_a_refused_file_is_kept(session: Session, settings: Settings, bo: Actor) -> None:
    with pytest.raises(Refused):
        take(session, settings, bo, upload=Upload("plan.pdf", b"<html>"))
    with pytest.raises(Refused):
        take(session, settings, bo, upload=Upload("a.png", samples.png()))
    assert not settings.files_dir.exists()
    assert of_owner(session, "application", 7) == []


def test_uploads_of_one_person_are_limited(session: Session, settings: Settings, bo: Actor) -> None:
    for number in range(UPLOADS.count):
        take(session, settings, bo, upload=Upload("x.txt", str(number).encode()))
    with pytest.raises(TooMany):
        take(session, settings, bo)
    ida = Actor(person_id=person(session, "ida", NOW).id)
    assert take(session, settings, ida).uploaded_by == ida.person_id
    later = take(session, settings, bo, slot="annex", now=NOW + timedelta(hours=1))
    assert later.uploaded_by == bo.person_id


def test_refused_uploads_count_too(session: Session, settings: Settings, bo: Actor) -> None:
    for _ in range(UPLOADS.count):
        with pytest.raises(Refused):
            take(session, settings, bo, upload=Upload("plan.pdf", b"<html>"))
    with pytest.raises(TooMany):
        take(session, settings, bo)


def test_papers_that_come_with_content_files_are_not_limited(
    session: Session, settings: Settings
) -> None:
    for number in range(UPLOADS.count + 1):
        paper = Upload("x.txt", str(number).encode())
        assert take(session, settings, FILES, upload=paper).uploaded_by is None


# Sweeping


def sweep(session: Session, settings: Settings, *, after: timedelta, sha256: str) -> None:
    """Run the due work as it will be when the folder of this content has its turn."""
    moment = NOW + after
    shard = int(sha256[:2], 16)
    minutes = (shard - int(moment.timestamp()) // 60) % storage.FOLDERS
    later = moment + timedelta(minutes=minutes)
    background = Background(settings, Signer("x" * 40), later, later)
    for work in handlers.DUE:
        work(background, session)


def test_what_a_crash_left_behind_is_swept_after_a_day(
    session: Session, settings: Settings
) -> None:
    sha256 = storage.keep(settings.files_dir, TEXT)
    part = storage.path_of(settings.files_dir, sha256).with_name("unfinished.part")
    part.write_bytes(b"half")
    sweep(session, settings, after=timedelta(hours=12), sha256=sha256)
    assert storage.read(settings.files_dir, sha256) == TEXT
    sweep(session, settings, after=timedelta(hours=26), sha256=sha256)
    assert storage.shard(settings.files_dir, int(sha256[:2], 16)) == []


def test_a_content_with_a_row_is_never_swept(
    session: Session, settings: Settings, bo: Actor
) -> None:
    file = keep(
        session, TEXT, settings=settings, owner=Owner("challenge", 1), slot="paper",
        name="plan.txt", kind=Kind.TXT, actor=bo, now=NOW,
    )  # fmt: skip
    sweep(session, settings, after=timedelta(days=400), sha256=file.sha256)
    assert storage.read(settings.files_dir, file.sha256) == TEXT


def test_a_removed_file_goes_when_no_other_needs_its_content(
    session: Session, settings: Settings, bo: Actor
) -> None:
    first, second = take(session, settings, bo), take(session, settings, bo, slot="annex")
    remove(session, first, now=NOW)
    sweep(session, settings, after=timedelta(days=2), sha256=first.sha256)
    assert of_owner(session, "application", 7) == [second]
    assert storage.read(settings.files_dir, second.sha256) == TEXT
    remove(session, second, now=NOW + timedelta(days=2))
    sweep(session, settings, after=timedelta(days=4), sha256=second.sha256)
    assert storage.shard(settings.files_dir, int(second.sha256[:2], 16)) == []


def test_a_content_that_comes_again_is_not_swept_under_its_new_row(
    session: Session, settings: Settings, bo: Actor
) -> None:
    sha256 = storage.keep(settings.files_dir, TEXT)
    path = storage.path_of(settings.files_dir, sha256)
    old = (NOW - timedelta(days=3)).timestamp()
    os.utime(path, (old, old))
    storage.keep(settings.files_dir, TEXT)
    sweep(session, settings, after=timedelta(), sha256=sha256)
    assert path.read_bytes() == TEXT


def test_work_that_is_due_does_no_harm_twice(
    session: Session, settings: Settings, bo: Actor
) -> None:
    file = take(session, settings, bo)
    remove(session, file, now=NOW)
    for _ in range(2):
        sweep(session, settings, after=timedelta(days=2), sha256=file.sha256)
    assert session.get(StoredFile, file.id) is None


# A person's share


def test_a_person_takes_along_what_was_uploaded_and_is_forgotten(
    session: Session, settings: Settings, bo: Actor
) -> None:
    file = take(session, settings, bo)
    assert bo.person_id is not None
    assert export(session, bo.person_id) == {
        "files": [
            {
                "name": "plan.txt",
                "media_type": "text/plain; charset=utf-8",
                "size": 7,
                "sha256": digest(TEXT),
                "uploaded_at": NOW.isoformat(),
                "for": "application",
            }
        ]
    }
    erase(session, bo.person_id, now=NOW)
    session.refresh(file)
    assert file.uploaded_by is None
    assert export(session, bo.person_id) == {"files": []}
