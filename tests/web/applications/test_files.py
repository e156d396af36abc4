"""Files of an application on its pages: held back until scanned, shown as pictures, saved."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from govmatch.applications.models import Application
from govmatch.files.models import FileContent, Look, Scan
from govmatch.kit.db import commit
from govmatch.worker.examining import Examiner
from tests.site import Browser, Site, text_of
from tests.unit.files import samples
from tests.unit.files.test_looking import written
from tests.web.applications.doing import begin, fill, save, submit, versions
from tests.web.applications.world import World


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


@pytest.fixture
def address(bo: Browser) -> str:
    return begin(bo)


def add(bo: Browser, address: str, content: bytes, name: str = "plan.pdf") -> str:
    """Add a file and return the address of its download."""
    upload = {"q-papers": (name, content, "application/pdf")}
    assert save(bo, address, "team", {"q-skills": "x"}, files=upload).status_code == 303
    page = bo.get(f"{address}/sections/team").text
    [public_id] = re.findall(r'name="[^"]*remove[^"]*"[^>]*value="(\w+)"', page) or re.findall(
        rf"{address}/files/(\w+)", page
    )
    return f"{address}/files/{public_id}"


def find_out(site: Site, **what: Any) -> None:
    """Have it found out, of all contents, what the background would."""
    with site.database.writing() as session:
        session.execute(update(FileContent).values(**what))
        commit(session)


def test_a_pdf_is_shown_as_pictures_of_its_first_pages(
    site: Site, bo: Browser, address: str
) -> None:
    file = add(bo, address, written([f"Page {n}" for n in range(7)]))
    assert "Preview" not in text_of(bo.get(f"{address}/sections/team").text)
    assert bo.get(f"{file}/preview").status_code == 404
    Examiner(site.settings, site.database).finish()
    assert f'href="{file}/preview"' in bo.get(f"{address}/sections/team").text
    page = bo.get(f"{file}/preview").text
    assert "The first 5 of 7 pages" in text_of(page)
    assert re.findall(r'alt="(Page \d of plan\.pdf)"', page) == [
        f"Page {n} of plan.pdf" for n in range(1, 6)
    ]
    answer = bo.get(f"{file}/preview?picture=2")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert Image.open(io.BytesIO(answer.content)).format == "WEBP"
    for wrong in ("0", "6", "-1", "1.0", "x", "../1"):
        assert bo.get(f"{file}/preview?picture={wrong}").status_code == 404, wrong


def test_nobody_else_is_shown_its_pictures(
    site: Site, world: World, bo: Browser, address: str
) -> None:
    file = add(bo, address, samples.pdf())
    find_out(site, pictures=1)
    assert bo.get(f"{file}/preview").status_code == 200
    for who in (world.dieter, world.astrid):
        assert site.as_(who).get(f"{file}/preview").status_code == 404
        assert site.as_(who).get(f"{file}/preview?picture=1").status_code == 404


@pytest.mark.parametrize(
    ("scan", "note", "status"),
    [
        (Scan.WAITING, "is being checked for viruses", 409),
        (Scan.INFECTED, "contains harmful software", 403),
        (Scan.UNCHECKABLE, "could not be checked for viruses", 403),
    ],
)
def test_what_is_held_back_is_named_with_the_reason_and_given_to_nobody(
    site: Site, bo: Browser, address: str, scan: Scan, note: str, status: int
) -> None:
    file = add(bo, address, samples.pdf())
    find_out(site, scan=scan, pictures=1)
    page = bo.get(f"{address}/sections/team").text
    assert note in text_of(page)
    assert "plan.pdf" in text_of(page)
    assert file not in page
    for end in ("", "/preview", "/preview?picture=1"):
        answer = bo.get(file + end)
        assert answer.status_code == status
        assert b"%PDF" not in answer.content


@pytest.mark.parametrize(
    ("scan", "said"),
    [
        (Scan.INFECTED, "plan.pdf contains harmful software. Remove it here"),
        (Scan.UNCHECKABLE, "plan.pdf could not be checked for viruses, and nobody would get it."),
    ],
)
def test_an_application_with_a_harmful_file_is_not_submitted_until_it_is_removed(
    site: Site, bo: Browser, address: str, scan: Scan, said: str
) -> None:
    fill(bo, address)
    file = add(bo, address, samples.pdf())
    find_out(site, scan=scan)
    page = bo.get(f"{address}/check").text
    assert said in text_of(page)
    assert f'href="{address}/sections/team?show=gaps#f-q-papers"' in page
    assert f'action="{address}/submit"' not in page
    answer = bo.post(f"{address}/submit", {"confirmed": "yes", "revision": revision(site)})
    assert (answer.status_code, versions(site)) == (422, [])
    assert said in text_of(answer.text)

    section = bo.get(f"{address}/sections/team").text
    [name] = set(re.findall(r'name="([^"]*remove[^"]*)"', section))
    fields = {"q-skills": "x", name: file.rpartition("/")[2]}
    assert save(bo, address, "team", fields).status_code == 303
    assert submit(bo, address).status_code == 303


def revision(site: Site) -> str:
    with site.database.reading() as session:
        return str(session.query(Application.revision).scalar())


def test_a_file_that_waits_for_the_scanner_counts_from_when_it_came(
    site: Site, bo: Browser, address: str
) -> None:
    fill(bo, address)
    file = add(bo, address, samples.pdf())
    find_out(site, scan=Scan.WAITING)
    assert "is being checked for viruses" in text_of(bo.get(f"{address}/check").text)
    assert submit(bo, address).status_code == 303
    [version] = versions(site)
    assert version.answers["papers"] == [file.rpartition("/")[2]]


def test_a_file_that_cannot_be_opened_is_said_where_it_was_added(
    site: Site, bo: Browser, address: str
) -> None:
    file = add(bo, address, samples.pdf())
    find_out(site, look=Look.BROKEN)
    assert "cannot be opened here; please check it" in text_of(
        bo.get(f"{address}/sections/team").text
    )
    assert bo.get(file).status_code == 200


def test_the_limits_are_said_before_a_file_is_chosen(bo: Browser, address: str) -> None:
    page = text_of(bo.get(f"{address}/sections/team").text)
    assert "at most 10 MB each, at most 5 in an application, and 30 MB together" in page
    assert "Files: at most" not in text_of(bo.get(f"{address}/sections/idea").text)


def test_a_download_answers_parts_of_it_and_is_not_worn_down_by_many(
    bo: Browser, address: str
) -> None:
    file = add(bo, address, samples.pdf())
    whole = bo.get(file).content
    part = bo.get(file, range="bytes=0-4")
    assert (part.status_code, part.content) == (206, whole[:5])
    many = "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 3000, 2))
    answer = bo.get(file, range=many)
    assert len(answer.content) < 200 * len(whole)


def test_the_author_of_a_file_is_not_in_what_is_kept(
    site: Site, bo: Browser, address: str, tmp_path: Path
) -> None:
    file = add(bo, address, samples.pdf(b"9 0 obj << /Author (Annegret Ahlers) >> endobj"))
    assert b"Annegret" not in bo.get(file).content
