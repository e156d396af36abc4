"""What the page of a copy says, for everybody of the demonstration."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select, update

from govmatch.accounts.models import Person, RoleRow
from govmatch.applications.models import Application
from govmatch.demonstration.stage import Stage
from govmatch.files.models import StoredFile
from govmatch.privacy import archive, readable
from govmatch.privacy.labels import LABELS, PARTS
from govmatch.privacy.queries.own_files import own_files
from govmatch.worker.personal import kept_about
from govmatch.worker.registry import personal_rooms


def names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from names_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from names_in(one)


def test_everything_that_stands_in_a_copy_has_a_name_in_words(stage: Stage) -> None:
    found: set[str] = set()
    for number in stage.session.scalars(select(Person.id)):
        for part in kept_about(stage.session, number).values():
            found |= set(names_in(part))
    # Topics of mail are named by their key: what was chosen for each stands beside it.
    assert found - set(LABELS) - {"requests", "messages", "tasks", "events", "followed"} == set()
    assert set(personal_rooms()) - set(PARTS) == set()


def test_what_people_wrote_is_text_on_the_page_and_no_markup(stage: Stage) -> None:
    data = {"needs": {"needs": [{"title": "<script>alert(1)</script> & more"}]}}
    made = readable.page(
        data, site_name="<b>", made_at=stage.now, zone="Europe/Berlin", lang="de",
        names=("a.json", "files"),
    )  # fmt: skip
    assert "<script>" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in made
    assert "<b>" not in made


def test_files_go_along_as_long_as_their_uploader_may_open_them(stage: Stage) -> None:
    bo = stage.person("bo")
    own = stage.session.scalars(select(Application).where(Application.created_by == bo.id)).first()
    assert own is not None
    for kind, number in (("application", own.id), ("pilot", 0), ("challenge", 1)):
        stage.session.add(
            StoredFile(
                public_id=f"file-{kind}", owner_kind=kind, owner_id=number, name=f"{kind}.txt",
                media_type="text/plain", size=1, sha256="0" * 64, uploaded_by=bo.id,
                uploaded_at=stage.now,
            )
        )  # fmt: skip
    stage.session.flush()
    mine = own_files(stage.session, bo, real_now=stage.now)
    assert [file.name for file in mine] == ["application.txt"]
    left = update(RoleRow).where(RoleRow.person_id == bo.id).values(until=stage.now)
    stage.session.execute(left)
    assert own_files(stage.session, bo, real_now=stage.now) == []


def test_a_name_that_leads_out_of_the_archive_stays_inside(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.write_bytes(b"words")
    names = ["../../etc/passwd", "/etc/passwd", "..", "a" * 500, "C:\\x.txt"]
    made = archive.write(
        tmp_path / "exports" / "x.zip", "page", {}, [(name, content) for name in names]
    )
    inside = zipfile.ZipFile(tmp_path / "exports" / "x.zip")
    files = [name for name in inside.namelist() if name.startswith("files/")]
    assert len(files) == len(names)
    assert [name for name in files if name.count("/") != 1 or "\\" in name] == []
    assert max(len(name) for name in files) < 140
    assert made.size == (tmp_path / "exports" / "x.zip").stat().st_size
    assert inside.read(files[0]) == b"words"


def test_a_lost_file_is_left_out_and_the_rest_is_there(tmp_path: Path) -> None:
    place = tmp_path / "exports" / "x.zip"
    archive.write(place, "page", {"a": 1}, [("gone.pdf", tmp_path / "nowhere")])
    assert zipfile.ZipFile(place).namelist() == ["about-you.html", "about-you.json"]
