"""/receipts/verify and `govmatch receipt verify`: a receipt is checked by whoever holds it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from govmatch.applications.views.verifying import CHECKS
from tests.site import SECRET, Browser, Site, text_of
from tests.web.applications.doing import begin, fill, save, submit
from tests.web.applications.world import World

PAGE = "/receipts/verify"


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


@pytest.fixture
def application(bo: Browser) -> str:
    """Submit an application with a text file, and return its address."""
    address = begin(bo)
    fill(bo, address)
    note = [("q-papers", ("notes.txt", b"what we have done before\n", "text/plain"))]
    assert save(bo, address, "team", {"q-skills": "Optics"}, files=note).status_code == 303
    assert submit(bo, address).status_code == 303
    return address


def saved(bo: Browser, application: str) -> str:
    return str(bo.get(f"{application}/receipts/1.txt").text)


def asked(site: Site, receipt: str) -> Any:
    return site.visit().post(PAGE, files=[("receipt", ("r.txt", receipt.encode(), "text/plain"))])


def test_whoever_holds_a_receipt_learns_that_it_is_genuine(
    site: Site, bo: Browser, application: str
) -> None:
    receipt = saved(bo, application)
    sha256 = hashlib.sha256(b"what we have done before\n").hexdigest()
    for answer in (asked(site, receipt), site.visit().post(PAGE, {"text": receipt})):
        assert answer.status_code == 200
        said = text_of(answer.text)
        assert "This receipt is genuine" in said
        assert receipt.partition("sha256: ")[2][:64] in said
        assert sha256 in said


def test_it_says_no_more_than_that_where_a_receipt_was_changed(
    site: Site, bo: Browser, application: str
) -> None:
    receipt = saved(bo, application).replace("\nversion: 1\n", "\nversion: 9\n")
    said = text_of(asked(site, receipt).text)
    assert "This receipt was changed" in said
    assert "What it says" not in said
    assert receipt.partition("sha256: ")[2][:64] not in said


@pytest.mark.parametrize("text", ["no receipt", "\x00\ud800".encode("utf-8", "replace").decode()])
def test_what_is_no_receipt_is_told_so(site: Site, text: str) -> None:
    assert "This is no whole receipt" in text_of(asked(site, text).text)


def test_nothing_at_all_is_asked_for_again(site: Site) -> None:
    answer = site.visit().post(PAGE, {"text": "  "})
    assert answer.status_code == 422
    assert 'href="#f-receipt"' in answer.text


def test_switching_the_language_checks_nothing_and_keeps_the_text(site: Site) -> None:
    answer = site.visit().post(PAGE, {"text": "half a receipt", "switch_lang": "de"})
    assert "half a receipt" in answer.text


def test_one_client_checks_so_many_receipts_an_hour(site: Site) -> None:
    browser = site.visit()
    for _ in range(CHECKS.count):
        assert browser.post(PAGE, {"text": "x"}).status_code == 200
    assert browser.post(PAGE, {"text": "x"}).status_code == 429


def test_the_page_of_a_receipt_names_each_file_with_its_hash(bo: Browser, application: str) -> None:
    page = bo.get(f"{application}/receipts/1")
    said = text_of(page.text)
    assert "1 file with its SHA-256" in said
    assert "notes.txt" in said
    assert hashlib.sha256(b"what we have done before\n").hexdigest() in said
    assert f'href="{PAGE}"' in page.text


def test_the_command_checks_a_receipt_and_what_was_sent_with_it(
    bo: Browser, application: str, tmp_path: Path
) -> None:
    receipt, note, other = (tmp_path / name for name in ("r.txt", "notes.txt", "other.txt"))
    receipt.write_text(saved(bo, application), "utf-8")
    note.write_bytes(b"what we have done before\n")
    other.write_bytes(b"what we have done since\n")
    good = verified(receipt, note)
    assert good.returncode == 0, good.stderr
    assert "the receipt is genuine" in good.stdout
    assert "notes.txt: was sent with it" in good.stdout
    assert "version: 1" in good.stdout
    strange = verified(receipt, note, other)
    assert strange.returncode == 1
    assert "other.txt: was not sent with it" in strange.stdout
    receipt.write_text(receipt.read_text("utf-8").replace("Optics", "Law"), "utf-8")
    bad = verified(receipt)
    assert (bad.returncode, "altered" in bad.stderr) == (1, True)


def verified(*paths: Path) -> subprocess.CompletedProcess[str]:
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GOVMATCH_")},
        "GOVMATCH_MODE": "test", "GOVMATCH_SECRET_KEY": SECRET, "GOVMATCH_CONFIG": "-",
    }  # fmt: skip
    words = [sys.executable, "-m", "govmatch", "receipt", "verify", *map(str, paths)]
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=False)
