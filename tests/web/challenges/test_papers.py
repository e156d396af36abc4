"""The papers of a challenge: listed on its page, given to be saved, and only to its readers."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from govmatch.challenges.content import sync
from govmatch.challenges.queries import find_by_slug
from govmatch.files.actions import Owner, store
from govmatch.kit.clock import real_now
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.web.visit import Upload
from tests.site import Site, text_of
from tests.unit.challenges.world import change_files, content_with
from tests.web.challenges.desk_world import Desk

SLUG = "scanning-technology"
PLAN = b"Ten inspections, ten photos of each.\n" * 100


@dataclass
class Shelf:
    """A site whose challenge has one paper, and the folder that the content came from."""

    site: Site
    folder: Path

    def load(self) -> None:
        now = real_now()
        report = sync(
            self.site.database, self.folder, settings=self.site.settings, now=now, real_now=now
        )
        assert report.problems == []

    def link(self, lang: str = "en") -> str:
        """Return the address of the paper that the page links to."""
        page = self.site.visit(lang=lang).get(f"/challenges/{SLUG}").text
        (found,) = re.findall(rf'href="(/challenges/{SLUG}/papers/[^"]+)"', page)
        return str(found)


@pytest.fixture
def shelf(site: Site, tmp_path: Path) -> Shelf:
    folder = content_with(tmp_path / "content", SLUG)
    papers = folder / "challenges" / SLUG
    papers.mkdir()
    (papers / "plan.txt").write_bytes(PLAN)
    change_files(
        folder, SLUG, "attachments: []", 'attachments: [{file: plan.txt, title: "The plan"}]'
    )
    made = Shelf(site, folder)
    made.load()
    return made


def test_the_page_lists_each_paper_with_its_kind_and_size(shelf: Shelf) -> None:
    browser = shelf.site.visit(lang="da")
    assert "Bilag The plan (TXT, 4 kB)" in text_of(browser.get(f"/challenges/{SLUG}").text)
    (told,) = browser.get(f"/challenges/{SLUG}.json").json()["papers"]
    assert told["title"] == "The plan"
    assert told["url"].endswith(shelf.link())


def test_a_paper_can_only_be_saved(shelf: Shelf) -> None:
    answer = shelf.site.visit().get(shelf.link())
    assert (answer.status_code, answer.content) == (200, PLAN)
    assert answer.headers["content-disposition"].startswith('attachment; filename="plan.txt"')
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_paper_that_the_files_no_longer_name_is_gone(shelf: Shelf) -> None:
    link = shelf.link()
    change_files(shelf.folder, SLUG, 'attachments: [{file: plan.txt, title: "The plan"}]', "")
    reason = 'status: draft\namendment: "The plan was taken back."'
    change_files(shelf.folder, SLUG, "status: draft", reason)
    shelf.load()
    browser = shelf.site.visit()
    assert link not in browser.get(f"/challenges/{SLUG}").text
    assert browser.get(link).status_code == 404


def put_paper(desk: Desk, slug: str) -> str:
    """Put the plan beside a draft, and return its address."""

    def act(session: Session) -> str:
        challenge = find_by_slug(session, slug)
        assert challenge is not None
        file = store(
            session,
            Upload("plan.txt", PLAN),
            settings=desk.site.settings,
            owner=Owner("challenge", challenge.id),
            slot="attachment",
            allowed=(),
            max_mb=10,
            actor=FILES,
            now=desk.now,
        )
        title = {"en": "The plan"}
        challenge.attachments = [{"name": file.name, "title": title, "sha256": file.sha256}]
        return f"/challenges/{slug}/papers/{file.public_id}"

    return str(desk.change(act))


def test_a_paper_of_a_draft_is_there_for_its_authority_and_for_nobody_else(desk: Desk) -> None:
    slug = desk.draft()
    link = put_paper(desk, slug)
    assert desk.as_("astrid").get(link).content == PLAN
    assert "The plan" in text_of(desk.as_("astrid").get(f"/challenges/{slug}").text)
    for browser in (desk.site.visit(), desk.as_("bo"), desk.as_("ida")):
        assert browser.get(link).status_code == 404


def test_a_paper_is_not_given_under_another_challenge(desk: Desk, shelf: Shelf) -> None:
    name = shelf.link().rpartition("/")[2]
    slug = desk.draft()
    assert desk.as_("astrid").get(f"/challenges/{slug}/papers/{name}").status_code == 404
