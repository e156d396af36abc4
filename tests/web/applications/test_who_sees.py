"""/account/privacy: what it says of an application, to whoever wrote it and to everybody else."""

from datetime import timedelta

import pytest

from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import applied, begin, fill, submit
from tests.web.applications.test_partners import ask, mailed_link, say_yes
from tests.web.applications.world import World

SEALED = "Challenge long Your firm and its partners; nobody else before the opening"
READ = (
    "Challenge long The authority, the staff of the programme and, without names at first, its"
    " reviewers"
)
WITH_WESER = (
    "Your application, with a partner Challenge long (Weser) Everybody who belongs to the partner"
)


@pytest.fixture
def bo(site: Site, world: World) -> Browser:
    return site.as_(world.bo)


def ledger(browser: Browser) -> str:
    return text_of(browser.get("/account/privacy").text)


def open_it(site: Site) -> None:
    """Let the applications be opened, as the opening leaves its challenge."""
    with site.database.writing() as session:
        challenge = session.query(Challenge).filter(Challenge.slug == "long").one()
        challenge.closes = challenge.opened_at = real_now() + timedelta(seconds=1)
        commit(session)


def test_a_draft_and_what_is_submitted_are_sealed_until_the_opening(
    site: Site, world: World, bo: Browser
) -> None:
    assert "Your application" not in ledger(bo)
    address = begin(bo)
    assert SEALED in ledger(bo)
    fill(bo, address)
    assert submit(bo, address).status_code == 303
    assert SEALED in ledger(bo)
    open_it(site)
    assert READ in ledger(bo)
    assert "Read already: cannot be taken back" in ledger(bo)
    assert SEALED not in ledger(bo)
    assert READ in ledger(site.as_(world.carla)), "a colleague sees it as their own"
    for name in ("dieter", "gro", "astrid", "finn"):
        assert "Challenge long" not in ledger(site.as_(world.people[name])), name


def test_a_draft_that_was_never_submitted_is_read_by_nobody(
    site: Site, bo: Browser, world: World
) -> None:
    begin(bo)
    open_it(site)
    assert SEALED in ledger(bo)
    assert READ not in ledger(bo)


def test_what_was_withdrawn_before_the_opening_is_read_by_nobody(
    site: Site, bo: Browser, world: World
) -> None:
    address = applied(bo)
    assert bo.submit(address, f"{address}/withdraw", {}).status_code == 303
    open_it(site)
    assert SEALED in ledger(bo)
    assert READ not in ledger(bo)


def test_a_partner_stands_there_once_it_has_agreed(site: Site, world: World, bo: Browser) -> None:
    address = begin(bo)
    ask(bo, address)
    dieter = site.as_(world.dieter)
    assert "(Weser)" not in ledger(bo)
    assert "Challenge long" not in ledger(dieter)
    assert say_yes(dieter, mailed_link(site, "dieter@example.org")).status_code == 303
    assert WITH_WESER in ledger(bo)
    assert SEALED in ledger(dieter)
    assert f'href="{address}/partners"' in bo.get("/account/privacy").text
