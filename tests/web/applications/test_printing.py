"""All answers to be read, printed or taken away, at any time."""

import pytest

from tests.site import Browser, Site, text_of
from tests.web.applications.doing import applied, begin, close, save
from tests.web.applications.world import World


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def test_a_draft_can_be_read_and_taken_away_before_it_is_complete(bo: Browser) -> None:
    address = begin(bo)
    save(bo, address, "idea", {"q-solution": "## How\n\nBy *scanning*.", "q-days": "about ten"})
    text = text_of(bo.get(f"{address}/print").text)
    assert "This is what is saved now. It counts once it is submitted." in text
    assert "Not answered" in text
    answer = bo.get(f"{address}/answers.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    lines = answer.text.splitlines()
    assert lines[0] == "# Challenge long"
    assert "- Firm: Nordlys" in lines
    assert "## Your idea" in lines
    where = lines.index("### How would you solve it?")
    assert lines[where + 2 : where + 5] == ["## How", "", "By *scanning*."]
    assert "about ten" in lines
    assert "*Not answered*" in lines


def test_after_the_deadline_it_is_what_was_submitted(site: Site, bo: Browser) -> None:
    address = applied(bo)
    save(bo, address, "idea", {"q-solution": "Changed and not submitted"})
    assert "Changed and not submitted" in bo.get(f"{address}/answers.md").text
    close(site, "long")
    for path in (f"{address}/print", f"{address}/answers.md"):
        text = bo.get(path).text
        assert "Scan the label and look it up" in text
        assert "Changed and not submitted" not in text
        assert "It counts once it is submitted" not in text


def test_the_pages_on_which_one_writes_lead_there(bo: Browser) -> None:
    address = begin(bo)
    for page in (address, f"{address}/check", f"{address}/sections/idea"):
        assert f'href="{address}/print"' in bo.get(page).text


def test_nobody_else_reads_it(site: Site, world: World, bo: Browser) -> None:
    address = begin(bo)
    for name in ("dieter", "astrid", "eva", "jens", "kim"):
        browser = site.as_(world.people[name])
        for path in (f"{address}/print", f"{address}/answers.md"):
            assert browser.get(path).status_code == 404
