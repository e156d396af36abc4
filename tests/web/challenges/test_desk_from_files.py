"""What lives in files is read-only at the desk, on every page; there it can be saved as files."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from govmatch.challenges.content import check
from govmatch.challenges.content.exporting import as_files
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.statement import Words
from tests.site import Browser, text_of
from tests.unit.challenges.world import content_with
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import _Forms

WRITERS = ("astrid", "hanne", "eva")
PLACE = "content/challenges/from-file"
KEEPS = frozenset({"form_key", "revision", "at", "when"})
ENDS = ("/delete", "/cancel")
"""What ends it on the site; files say nothing of that."""


def from_file(desk: Desk, slug: str) -> str:
    desk.set_challenge(slug, source_path="challenges/from-file", source_digest="0")
    return slug


def pages(browser: Browser, slug: str) -> dict[str, str]:
    """Return every page of the desk that its own page leads to."""
    first = f"/desk/challenges/{slug}"
    found: dict[str, str] = {}
    waiting = [first, f"{first}/edit", f"{first}/amend", f"{first}/versions", f"{first}/remarks"]
    while waiting:
        path = waiting.pop()
        if path in found or path.endswith(".zip"):
            continue
        found[path] = browser.get(path).text
        links = re.findall(rf'href="({first}[^"?#]*)', found[path])
        waiting += [link for link in links if link not in found]
    return found


def forms(html: str) -> dict[str, dict[str, list[str]]]:
    parser = _Forms()
    parser.feed(html)
    return parser.forms


@pytest.mark.parametrize("who", WRITERS)
@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "published"])
def test_no_button_of_any_page_changes_what_it_says(desk: Desk, state: str, who: str) -> None:
    slug = from_file(desk, getattr(desk, state)())
    before = desk.says(slug)
    browser = desk.as_(who)
    sent = []
    for html in pages(browser, slug).values():
        for action, fields in forms(html).items():
            if action.startswith(f"/desk/challenges/{slug}") and not action.endswith(ENDS):
                typed = {
                    name: values if name in KEEPS else ["Other words" for _ in values]
                    for name, values in fields.items()
                }
                browser.post(action, typed)
                sent.append(action)
    assert desk.says(slug) == before
    assert desk.kept(slug).source_path == "challenges/from-file"


@pytest.mark.parametrize("path", ["edit", "edit/problem", "edit/timeline", "edit/translations"])
def test_its_sections_are_shut_and_say_where_it_lives(desk: Desk, path: str) -> None:
    slug = from_file(desk, desk.draft())
    browser = desk.as_("astrid")
    here = f"/desk/challenges/{slug}/{path}"
    for answer in (browser.get(here), browser.post(here, {"problem-en": "Other"})):
        assert answer.status_code in {403, 405}
        if answer.status_code == 403:
            assert PLACE in text_of(answer.text)


def test_changing_what_is_published_is_shut_and_says_where_it_lives(desk: Desk) -> None:
    slug = from_file(desk, desk.published())
    answer = desk.as_("hanne").get(f"/desk/challenges/{slug}/amend")
    assert (answer.status_code, PLACE in text_of(answer.text)) == (403, True)


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "published"])
def test_its_own_page_says_where_it_lives(desk: Desk, state: str) -> None:
    slug = from_file(desk, getattr(desk, state)())
    for who in WRITERS:
        text = text_of(desk.as_(who).get(f"/desk/challenges/{slug}").text)
        assert "content/challenges/" in text
        assert "read-only here" in text


def archive(desk: Desk, slug: str, who: str = "astrid") -> zipfile.ZipFile:
    answer = desk.as_(who).get(f"/desk/challenges/{slug}/files.zip")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert f'filename="{slug}.zip"' in answer.headers["content-disposition"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_whoever_works_on_it_saves_it_as_files_that_are_right(desk: Desk, tmp_path: Path) -> None:
    words = {
        lang: Words(title="Read <b>it</b>", summary="---", body="---\nslug: x\n---\n\n<i>a</i>  ")
        for lang in ("en", "da")
    }
    slug = desk.draft(words=words)
    folder = content_with(tmp_path / "content")
    with archive(desk, slug) as found:
        assert found.namelist() == [f"challenges/{slug}.da.md", f"challenges/{slug}.en.md"]
        found.extractall(folder)
    with desk.site.database.reading() as session:
        challenge = find_by_slug(session, slug)
        assert challenge is not None
        for lang, text in as_files(challenge).items():
            assert (folder / "challenges" / f"{slug}.{lang}.md").read_bytes() == text.encode()
    assert check(folder).problems == []


def test_the_same_challenge_is_the_same_archive(desk: Desk) -> None:
    slug = desk.draft()
    path = f"/desk/challenges/{slug}/files.zip"
    assert desk.as_("astrid").get(path).content == desk.as_("hanne").get(path).content


@pytest.mark.parametrize(("who", "status"), [("ida", 404), ("pia", 404), ("bo", 403), ("gro", 403)])
def test_nobody_else_saves_a_draft_as_files(desk: Desk, who: str, status: int) -> None:
    slug = desk.draft()
    assert desk.as_(who).get(f"/desk/challenges/{slug}/files.zip").status_code == status


def test_its_page_leads_to_the_files(desk: Desk) -> None:
    slug = desk.draft()
    html = desk.as_("astrid").get(f"/desk/challenges/{slug}").text
    assert f'href="/desk/challenges/{slug}/files.zip"' in html
