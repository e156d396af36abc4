"""From a need to the last days of its challenge: twice, with and without scripts.

Every mail is read: who gets which at which step, and that nobody else gets one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from govmatch.kit.db import Database
from govmatch.kit.i18n import Lang
from tests.browser import publishing_desk as desk
from tests.browser import publishing_open as opened
from tests.browser.mails import Mails
from tests.browser.publishing import Story, make_story
from tests.browser.running import make_site
from tests.browser.selecting_people import cast_of

WAYS: list[tuple[Lang, str]] = [("da", "with scripts"), ("de", "without scripts")]


@pytest.fixture
def story(tmp_path: Path, way: tuple[Lang, str]) -> Iterator[Story]:
    """A site of its own, since the clock moves."""
    site = make_site(tmp_path, "")
    made = make_story(site, way[0])
    site.start()
    made.begin_at_ten()
    yield made
    site.stop()


@pytest.fixture
def mails(story: Story) -> Iterator[Mails]:
    database = Database(story.settings.database)
    yield Mails(story.site.base, database)
    database.close()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}, {way[1]}")
def test_a_need_becomes_a_challenge_that_is_asked_about_and_amended(
    browser: Browser, story: Story, mails: Mails, way: tuple[Lang, str]
) -> None:
    with cast_of(browser, story, with_scripts=way[1] == "with scripts") as cast:
        desk.receive_roles(mails)
        need = desk.propose(cast, mails)
        desk.support(cast, mails, need)
        slug = desk.take_up(cast, mails, need)
        desk.write(cast, mails, slug)
        desk.submit(cast, mails, slug)
        desk.return_(cast, mails, slug)
        desk.correct(cast, mails, slug)
        desk.approve(cast, mails, slug)
        desk.publish(cast, mails, slug)
        desk.show_trace(cast, need, slug)
        opened.follow(cast, mails, slug)
        opened.ask(cast, mails, slug)
        opened.answer(cast, mails, slug)
        application = opened.send_application(story, mails, slug)
        opened.amend(cast, mails, slug)
        opened.find_in_feed(cast, slug)
        opened.confirm_again(cast, mails, application)
        opened.stop_following(cast, mails)
        assert cast.problems == {}
    story.site.command("audit", "verify")
