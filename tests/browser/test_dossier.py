"""An auditor takes the file of a case and checks it; one changed byte is found and named."""

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.meeting import FILE, Meeting, make_meeting
from tests.browser.running import MAIL_WITHIN
from tests.browser.selecting_people import Somebody, cast_of


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    made = make_meeting(tmp_path, "da")
    yield made
    made.site.stop()


def test_an_auditor_finds_the_file_whole_and_one_changed_byte_in_it(
    browser: Browser, meeting: Meeting, tmp_path: Path
) -> None:
    with cast_of(browser, meeting, with_scripts=True) as cast:
        jens = cast["jens"]
        jens.visit("/audit/challenges/labels")
        jens.follow(f'main a[href*="{FILE}"]')
        jens.post("/dossier")
        place = _take(jens, tmp_path)
        assert cast.problems == {}
    said = meeting.site.command("dossier", "verify", str(place))
    assert "the archive is whole" in said
    assert "submissions: 5" in said
    facts = dict(line.split(": ", 1) for line in said.splitlines())
    length = facts["journal rows"].split(" of ")[1]
    assert meeting.site.command("audit", "root", length).strip() == facts["journal root"]
    changed = _with_one_byte_changed(place, "applications/A-weser.json")
    found = meeting.site.refused("dossier", "verify", str(changed))
    assert "changed: applications/A-weser.json" in found
    assert "case.html" not in found


def _take(jens: Somebody, folder: Path) -> Path:
    """Save the file once the worker has made it."""
    link = jens.page.locator("main table a[download]")
    end = time.monotonic() + MAIL_WITHIN
    while not link.count():
        assert time.monotonic() < end, "no file was made"
        jens.page.wait_for_timeout(250)
        jens.visit(FILE)
    with jens.page.expect_download() as coming:
        link.first.click()
    place = folder / coming.value.suggested_filename
    coming.value.save_as(place)
    return place


def _with_one_byte_changed(place: Path, name: str) -> Path:
    """Return a copy of an archive in which one byte of one file is another."""
    other = place.with_name("changed.zip")
    with zipfile.ZipFile(place) as whole, zipfile.ZipFile(other, "w") as made:
        for one in whole.namelist():
            content = bytearray(whole.read(one))
            if one == name:
                content[len(content) // 2] ^= 1
            made.writestr(one, bytes(content))
    return other
